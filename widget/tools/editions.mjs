// The two archives that one source makes: for a private integration, and for the marketplace's public one.

export const EDITIONS = ['private', 'public'];

/** Only a public integration has places in the CRM's menu; the platform ignores or refuses them elsewhere. */
const MENU_ICON = 'images/menu.svg';
const LEFT_MENU = {
  ltv_main: { title: 'menu.title', icon: MENU_ICON, sort: { after: 'leads' } },
  stats: { submenu: { ltv_report: { title: 'menu.report' } } },
};

/** The files of an edition, of those that the source holds. */
export function edition(files, name) {
  if (!EDITIONS.includes(name)) throw new Error(`--edition ${name}: private or public.`);
  const chosen = new Map(files);
  if (name === 'private') {
    chosen.delete(MENU_ICON);
    return chosen;
  }
  const manifest = JSON.parse(files.get('manifest.json').toString('utf8'));
  manifest.locations.push('widget_page');
  manifest.left_menu = LEFT_MENU;
  return chosen.set('manifest.json', Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`));
}
