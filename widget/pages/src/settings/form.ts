import { useCallback, useEffect, useState } from 'preact/hooks';
import { usePage } from '../app/context';
import type { Api } from '../session';
import { ApiProblem } from '../session/problem';
import { begun, discarded, edited, type FormState, merged, overtaken, refused, unsaved } from './form-state';
import type { Key, ValueOf } from './keys';
import type { AccountSettings, Catalog, Freshness, SavedSettings, SettingsDocument } from './model';

/** What was loaded, and the form over it. Kept while the page lives: whoever looks at another tab comes back to what was typed. */
interface Kept {
  readonly document: SettingsDocument;
  readonly catalog: Catalog;
  readonly form: FormState;
}

export interface SettingsForm {
  readonly document: SettingsDocument;
  readonly catalog: Catalog;
  readonly state: FormState;
  readonly settings: AccountSettings;
  /** Keys changed and not saved. */
  readonly changed: readonly Key[];
  readonly set: <K extends Key>(name: K, value: ValueOf<K>) => void;
  readonly replace: (settings: AccountSettings) => void;
  readonly discard: () => void;
  readonly merge: () => void;
  /** Null where it was not saved: `state` says why, or `problem` does. */
  readonly save: (comment: string) => Promise<Freshness | null>;
  readonly isSaving: boolean;
  readonly problem: ApiProblem | null;
  /** Reads anew what the service holds; what was typed is lost. */
  readonly reload: () => void;
}

class FormKeeper {
  kept: Kept | null = null;
  problem: ApiProblem | null = null;
  isSaving = false;
  private loading: Promise<void> | null = null;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly api: Api) {}

  listen(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  load(isAnew = false): void {
    if (this.loading !== null || (this.kept !== null && !isAnew)) return;
    this.problem = null;
    this.loading = Promise.all([this.api.get<SettingsDocument>('/api/settings'), this.api.get<Catalog>('/api/settings/catalog')])
      .then(
        ([document, catalog]) => { this.kept = { document, catalog, form: begun(document.saved) }; },
        (error: unknown) => { this.problem = problemOf(error); })
      .finally(() => {
        this.loading = null;
        this.tell();
      });
    this.tell();
  }

  change(next: (form: FormState) => FormState): void {
    if (this.kept === null) return;
    this.kept = { ...this.kept, form: next(this.kept.form) };
    this.tell();
  }

  async save(comment: string): Promise<Freshness | null> {
    const { kept } = this;
    if (kept === null || this.isSaving) return null;
    this.isSaving = true;
    this.problem = null;
    this.tell();
    try {
      const { saved, fresh } = await this.api.put<{ saved: SavedSettings; fresh: Freshness }>(
        '/api/settings', { settings: kept.form.draft, basedOn: kept.form.saved.version, comment: comment || null });
      const document = { ...kept.document, saved, isValued: fresh.when === 'unchanged' ? kept.document.isValued : false };
      this.kept = { ...kept, document, form: begun(saved) };
      return fresh;
    } catch (error) {
      const problem = problemOf(error);
      if (problem.code === 'stale') this.change((form) => overtaken(form, problem.body));
      else if (problem.code === 'invalid') this.change((form) => refused(form, problem.body));
      else this.problem = problem;
      return null;
    } finally {
      this.isSaving = false;
      this.tell();
    }
  }

  /** Between tabs nothing is lost; the browser asks before the page itself goes. */
  private guard(): void {
    const isNeeded = this.kept !== null && unsaved(this.kept.form).length > 0;
    if (isNeeded) window.addEventListener('beforeunload', ask);
    else window.removeEventListener('beforeunload', ask);
  }

  private tell(): void {
    this.guard();
    for (const listener of this.listeners) listener();
  }
}

function ask(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

function problemOf(error: unknown): ApiProblem {
  return error instanceof ApiProblem ? error : new ApiProblem(-1, 'page', String(error));
}

// One account a page: whose session it is decides whose form.
const keepers = new WeakMap<Api, FormKeeper>();

function keeperOf(api: Api): FormKeeper {
  const known = keepers.get(api) ?? new FormKeeper(api);
  keepers.set(api, known);
  return known;
}

/** The form of the settings; null with what hinders it while it is not loaded. */
export function useSettingsForm(): { form: SettingsForm | null; problem: ApiProblem | null; reload: () => void } {
  const { api } = usePage();
  const keeper = keeperOf(api);
  const [, setTurn] = useState(0);
  useEffect(() => keeper.listen(() => setTurn((old) => old + 1)), [keeper]);
  useEffect(() => keeper.load(), [keeper]);
  const reload = useCallback(() => keeper.load(true), [keeper]);
  const { kept } = keeper;
  const changed = kept === null ? [] : unsaved(kept.form);
  if (kept === null) return { form: null, problem: keeper.problem, reload };
  return {
    problem: keeper.problem,
    reload,
    form: {
      document: kept.document,
      catalog: kept.catalog,
      state: kept.form,
      settings: kept.form.draft,
      changed,
      set: (name, value) => keeper.change((form) => edited(form, name, value)),
      replace: (settings) => keeper.change((form) => ({ ...form, draft: settings, errors: {} })),
      discard: () => keeper.change(discarded),
      merge: () => keeper.change(merged),
      save: (comment) => keeper.save(comment),
      isSaving: keeper.isSaving,
      problem: keeper.problem,
      reload,
    },
  };
}
