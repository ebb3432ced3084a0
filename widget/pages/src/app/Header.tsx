import { Button, IconButton } from '../parts/Button';
import type { AreaId } from '../session/messages';
import { useAction } from '../session/query';
import { useFormat } from '../format';
import { useWords } from '../words';
import { useMe, usePage } from './context';
import { type Look, useLook } from './look';
import { hrefOf } from './route';

export interface HeaderProps {
  readonly areas: readonly AreaId[];
  readonly current: AreaId | null;
  /** Null in a frame: the CRM says how the page looks, and when it ends. */
  readonly own: OwnChoices | null;
}

/** What a page that stands alone lets one choose. */
export interface OwnChoices {
  readonly onLook: (look: Look) => void;
  readonly onLeave: () => void;
}

/** Where one is and of when the numbers are; the rest of what a page alone needs. */
export function Header({ areas, current, own }: HeaderProps) {
  const words = useWords();
  const format = useFormat();
  const { isFramed } = usePage();
  const { account, asOf, valuedAt } = useMe();
  return (
    <header class="top">
      {!isFramed && <p class="top__account"><span class="muted">{words.product}</span> <strong>{account.name}</strong></p>}
      {areas.length > 1 && (
        <nav class="top__areas" aria-label={words.areas.label}>
          <ul>
            {areas.map((area) => <li key={area}><a href={hrefOf(area)} aria-current={area === current ? 'true' : undefined}>{words.areas[area]}</a></li>)}
          </ul>
        </nav>
      )}
      <div class="top__side">
        {asOf !== null && <span class="muted" title={valuedAt === null ? undefined : words.valuedAt(format.moment(valuedAt))}>{words.asOf(format.day(asOf))}</span>}
        {/* A frame of the CRM may not print. */}
        {current === 'analytics' && !isFramed && <IconButton icon="print" label={words.print} onClick={() => window.print()} />}
        {own === null ? <OpenAlone /> : <Choices {...own} />}
      </div>
    </header>
  );
}

/** A single-use link of a minute, made at the click: it is never part of the page. */
function OpenAlone() {
  const words = useWords();
  const open = useAction<void, void>(async (api) => {
    const { url } = await api.post<{ url: string }>('/api/sessions/codes');
    // Beside this page, also where the service stands below a path of its host.
    window.open(`${new URL('.', document.baseURI).href}${url.slice(url.indexOf('#'))}&to=${encodeURIComponent(window.location.hash.slice(1))}`, '_blank', 'noopener');
  });
  return <IconButton icon="out" label={words.openAlone} onClick={() => void open.run()} />;
}

function Choices({ onLook, onLeave }: OwnChoices) {
  const words = useWords();
  const look = useLook();
  const other = look.language === 'ru' ? 'en' : 'ru';
  const isDark = look.theme === 'dark';
  const signOut = useAction<void, void>(async (api) => {
    await api.delete('/api/sessions/cookie');
    onLeave();
  });
  return (
    <>
      <IconButton icon={isDark ? 'light' : 'dark'} label={isDark ? words.theme.toLight : words.theme.toDark}
        onClick={() => onLook({ ...look, theme: isDark ? 'light' : 'dark' })} />
      <button type="button" class="icon-button" lang={other} title={words.language[other]} aria-label={`${other.toUpperCase()}, ${words.language[other]}`}
        onClick={() => onLook({ ...look, language: other })}>{other.toUpperCase()}</button>
      <Button look="plain" isBusy={signOut.isRunning} onClick={() => void signOut.run()}>{words.signOut}</Button>
    </>
  );
}
