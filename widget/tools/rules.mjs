// Rules of the marketplace's upload and moderation that can be checked without it.
import { links } from './links.mjs';
import { repeatedRequests } from './requests.mjs';

const LOCATIONS = new Set(['lcard-0', 'lcard-1', 'ccard-0', 'ccard-1', 'comcard-0', 'comcard-1', 'settings', 'advanced_settings', 'widget_page']);
const LOGOS = {
  'images/logo_main.png': [400, 272],
  'images/logo_small.png': [108, 108],
  'images/logo.png': [130, 100],
  'images/logo_medium.png': [240, 84],
  'images/logo_min.png': [84, 84],
};
const TOUR_SIZE = [1188, 616];
const IMAGE_LIMIT = 300 * 1024;
const MANIFEST_FIELDS = ['name', 'description', 'short_description', 'version', 'interface_version', 'locale', 'installation', 'support'];
// What each area of the platform calls: an area without it would show nothing, and an unused area is refused.
const CALLBACKS = {
  lcard: ['render', 'init', 'bind_actions', 'destroy'],
  ccard: ['render', 'init', 'bind_actions', 'destroy'],
  comcard: ['render', 'init', 'bind_actions', 'destroy'],
  settings: ['settings', 'onSave'],
  advanced_settings: ['advancedSettings', 'destroy'],
  widget_page: ['initMenuPage', 'destroy'],
};
const MODULES = new Set(['jquery', 'underscore', 'backbone', 'twigjs', 'moment', 'chartjs', 'accounting', 'store', 'clipboard', 'quill', 'fullcalendar',
  'intl_tel_input', 'pubsub', 'lib/components/base/modal']);
const APP_WORDS = new Set(['constant', 'data', 'widgets', 'lang_id', 'isCard', 'getBaseEntity', 'getWidgetsArea', 'notifications', 'sdk']);
const MENU_SECTIONS = new Set(['dashboard', 'leads', 'customers', 'tasks', 'catalogs', 'mail', 'stats', 'settings']);
const MENU_HOSTS = new Set(['stats', 'settings']);
const MENU_GROUNDS = ['#ffffff', '#153043'];
const LEAST_MENU_CONTRAST = 3;
// A line that nobody wrote by hand.
const LONGEST_LINE = 200;
const FORBIDDEN = [
  [/\beval\s*\(/, 'eval'],
  [/new\s+Function\b/, 'new Function'],
  [/\b(alert|confirm|prompt)\s*\(/, 'a blocking dialogue'],
  [/\bconsole\.(?!debug\b)/, 'console other than console.debug'],
  [/async\s*:\s*false/, 'a synchronous request'],
  [/createElement\(\s*['"]script/, 'a script element'],
  [/document\.write/, 'document.write'],
  [/\b(inner|outer)HTML\b|insertAdjacentHTML|\.html\(/, 'HTML made of data'],
  [/\bimport\s*\(|^\s*import\s/m, 'import instead of define'],
  [/http:\/\/(?!www\.w3\.org\/2000\/svg)/, 'an address without https'],
  [/\b(APP|AMOCRM)(\.[\w.]+)?\s*=[^=]/, 'a write to the platform\'s object'],
  [/crm_post/, 'crm_post, which carries no identity'],
  [/\b(TODO|FIXME|debugger)\b/, 'unfinished work'],
  [/set(Timeout|Interval)\(\s*['"`]/, 'code in a string'],
  [/javascript:/i, 'code in an address'],
  [/\.(trigger|triggerHandler)\(\s*['"]click|js-widget-(install|save)|\.click\(\s*\)/, 'a click that nobody made'],
  [/switcher__(on|off)|card-widgets|#left_menu|notification-center/, 'the platform\'s own elements'],
  [/password|пароль/i, 'a question for a password'],
  [/localhost|127\.0\.0\.1/, 'an address of a trial'],
];
const VENDOR = /amo\s?crm|kommo|амо\s?срм/i;

/** Every broken rule as a sentence; an empty list means that the archive may be packed. */
export function check(files, edition = 'private') {
  const manifest = json(files, 'manifest.json');
  const problems = [...layout(files), ...texts(files), ...scripts(files), ...style(files)];
  return manifest === undefined
    ? [...problems, 'manifest.json is missing at the root of the archive or is no JSON.']
    : [...problems, ...manifestRules(manifest), ...callbacks(files, manifest), ...menu(files, manifest, edition), ...languages(files, manifest), ...links(files, manifest, edition), ...images(files, manifest)];
}

function json(files, name) {
  try {
    return JSON.parse(files.get(name).toString('utf8'));
  } catch {
    return undefined;
  }
}

function* layout(files) {
  if (!files.has('script.js')) yield 'script.js is missing at the root of the archive.';
  const known = /^(manifest\.json|script\.js|style\.css|i18n\/[a-z]{2}\.json|images\/[a-z0-9_]+\.(png|svg)|lib\/[a-z_]+\.js)$/;
  for (const name of files.keys()) {
    if (!known.test(name)) yield `${name} has no place in the archive.`;
  }
}

function* texts(files) {
  for (const [name, bytes] of files) {
    if (name.endsWith('.png')) continue;
    const text = bytes.toString('utf8');
    if (!Buffer.from(text, 'utf8').equals(bytes)) yield `${name} is not UTF-8.`;
    if (text.startsWith('\ufeff')) yield `${name} begins with a byte order mark.`;
    if (text.includes('\r')) yield `${name} has line ends other than LF.`;
    if (!text.endsWith('\n')) yield `${name} does not end with a line end.`;
  }
}

function* scripts(files) {
  for (const [name, bytes] of files) {
    if (!name.endsWith('.js')) continue;
    const text = bytes.toString('utf8');
    if (!/^define\(/m.test(text)) yield `${name} is no AMD module.`;
    const code = text.replace(/^\s*\/\/.*$/gm, '');
    if (/^\s*\/\/.*[;{}]\s*$/m.test(text)) yield `${name} has code in a comment.`;
    if (text.split('\n').some((line) => line.length > LONGEST_LINE)) yield `${name} has a line of more than ${LONGEST_LINE} characters: the code has to stay readable.`;
    yield* dependencies(name, text);
    for (const problem of repeatedRequests(text)) yield `${name} ${problem}.`;
    for (const [, word] of code.matchAll(/\b(?:APP|AMOCRM)\.(\w+)/g)) {
      if (!APP_WORDS.has(word)) yield `${name} reads APP.${word}, which is not documented.`;
    }
    for (const [pattern, what] of FORBIDDEN) {
      if (pattern.test(code)) yield `${name} has ${what}.`;
    }
    for (const [, module] of text.matchAll(/'\.\/(lib\/[\w-]+\.js)'/g)) {
      if (!files.has(module) && module !== 'lib/backend.js') yield `${name} asks for ${module}, which is not there.`;
    }
    if (name.startsWith('lib/') && !files.get('script.js')?.toString('utf8').includes(`'./${name}'`)) {
      yield `${name} is used by nobody.`;
    }
  }
}

// Nothing is loaded from elsewhere: modules of the archive, and those that the platform documents.
function* dependencies(name, text) {
  const [, list] = text.match(/^define\(\s*\[([^\]]*)\]/m) ?? [null, ''];
  for (const [, module] of list.matchAll(/'([^']*)'/g)) {
    if (!module.startsWith('./lib/') && !MODULES.has(module)) yield `${name} depends on ${module}, which the platform does not document.`;
    if (module.startsWith('./lib/') && !module.endsWith('.js')) yield `${name} depends on ${module}: a module of the archive is named with .js.`;
  }
}

function* style(files) {
  const css = files.get('style.css')?.toString('utf8').replace(/\/\*[\s\S]*?\*\//g, '') ?? '';
  for (const [, head] of css.matchAll(/([^{}]+)\{/g)) {
    const selector = head.trim();
    if (selector.startsWith('@media')) continue;
    for (const part of selector.split(',').map((one) => one.trim())) {
      if (!/^(\[data-color-scheme="dark"\] )?\.ltvw(-consent|-frame)?(?![\w-])/.test(part)) {
        yield `style.css: "${part}" reaches beyond the widget's own class.`;
      }
    }
  }
  for (const [, variable] of css.matchAll(/(--[\w-]+)\s*:/g)) {
    if (!variable.startsWith('--ltvw-')) yield `style.css: the variable ${variable} does not carry the widget's name.`;
  }
  if (/@import|url\(/.test(css)) yield 'style.css loads something from elsewhere.';
}

function* manifestRules(manifest) {
  const widget = manifest.widget ?? {};
  for (const field of MANIFEST_FIELDS) {
    if (widget[field] === undefined) yield `manifest.json: widget.${field} is missing.`;
  }
  if (widget.interface_version !== 2) yield 'manifest.json: widget.interface_version has to be 2.';
  if (!/^\d+\.\d+\.\d+$/.test(widget.version ?? '')) yield 'manifest.json: widget.version has to look like 1.0.0.';
  if (!widget.support?.link && !widget.support?.email) yield 'manifest.json: widget.support names neither a link nor an e-mail.';
  if ('code' in widget || 'secret_key' in widget) yield 'manifest.json: code and secret_key are given by the platform.';
  const areas = new Set();
  for (const location of manifest.locations ?? []) {
    if (!LOCATIONS.has(location)) yield `manifest.json: location ${location} is not one that this widget serves.`;
    const area = location.split('-')[0];
    if (areas.has(area)) yield `manifest.json: location ${area} is listed twice.`;
    areas.add(area);
  }
  if (areas.size === 0) yield 'manifest.json: no locations.';
  const fields = Object.entries(manifest.settings ?? {});
  if (widget.installation && fields.length === 0) yield 'manifest.json: settings are required when the widget is installed.';
  if (fields.filter(([, field]) => field.type === 'custom').length > 1) yield 'manifest.json: more than one custom setting.';
  if (manifest.tour?.is_tour !== true) yield 'manifest.json: tour.is_tour has to be true.';
}

/** Each area that is named is served by script.js. */
function* callbacks(files, manifest) {
  const script = files.get('script.js')?.toString('utf8') ?? '';
  for (const location of manifest.locations ?? []) {
    for (const callback of CALLBACKS[location.replace(/-[01]$/, '')] ?? []) {
      if (!new RegExp(`^ +${callback}:`, 'm').test(script)) yield `script.js has no callback ${callback}, which the area ${location} needs.`;
    }
  }
  if (manifest.locations?.includes('advanced_settings') !== (manifest.advanced?.title !== undefined)) {
    yield 'manifest.json: advanced.title and the location advanced_settings go together.';
  }
}

/** Places in the CRM's menu: in a public integration alone, beside what is there, with an icon of our own. */
function* menu(files, manifest, edition) {
  const isPage = manifest.locations?.includes('widget_page') ?? false;
  if (isPage !== (manifest.left_menu !== undefined)) yield 'manifest.json: left_menu and the location widget_page go together.';
  if (isPage !== (edition === 'public')) yield `manifest.json: the ${edition} edition ${isPage ? 'has' : 'lacks'} a page in the menu.`;
  for (const [section, item] of Object.entries(manifest.left_menu ?? {})) {
    if (MENU_HOSTS.has(section)) {
      if (Object.keys(item).join() !== 'submenu') yield `manifest.json: left_menu.${section} may only get sub-items.`;
      continue;
    }
    if (MENU_SECTIONS.has(section)) yield `manifest.json: left_menu.${section} is the CRM's own.`;
    if (item.is_hidden !== undefined) yield `manifest.json: left_menu.${section} hides something.`;
    if (item.sort?.after !== undefined && !MENU_SECTIONS.has(item.sort.after)) yield `manifest.json: left_menu.${section} stands after ${item.sort.after}, which is no section.`;
    if (!files.has(item.icon)) yield `manifest.json: left_menu.${section} has no icon.`;
  }
}

function* icon(name, bytes) {
  const text = bytes.toString('utf8');
  if (!/^<svg[^>]*\bviewBox=/.test(text)) yield `${name} is no SVG picture with a viewBox.`;
  if (/<(script|style|image|foreignObject|use|a|animate\w*|set)\b|\son\w+=|href=/i.test(text)) yield `${name} holds more than shapes.`;
  const colors = new Set([...text.matchAll(/(?:fill|stroke)="(?!none)([^"]*)"/g)].map(([, color]) => color.toLowerCase()));
  for (const color of colors) {
    if (!/^#[0-9a-f]{6}$/.test(color)) yield `${name}: the colour ${color} is not written as #rrggbb.`;
    else for (const ground of MENU_GROUNDS) {
      if (contrast(color, ground) < LEAST_MENU_CONTRAST) yield `${name}: ${color} is hard to see on ${ground}.`;
    }
  }
}

function contrast(one, other) {
  const [dark, light] = [one, other].map(luminance).sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color) {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function* languages(files, manifest) {
  const locales = manifest.widget?.locale ?? [];
  const trees = new Map();
  for (const locale of locales) {
    const words = json(files, `i18n/${locale}.json`);
    if (words === undefined) {
      yield `i18n/${locale}.json is missing or is no JSON.`;
      continue;
    }
    trees.set(locale, leaves(words));
    yield* wording(locale, trees.get(locale));
  }
  for (const name of files.keys()) {
    if (name.startsWith('i18n/') && !locales.includes(name.slice(5, 7))) yield `${name} is not among widget.locale.`;
  }
  const [[first, expected] = [], ...others] = trees;
  for (const [locale, found] of others) {
    for (const key of expected.keys()) if (!found.has(key)) yield `i18n/${locale}.json lacks ${key}, which ${first}.json has.`;
    for (const key of found.keys()) if (!expected.has(key)) yield `i18n/${first}.json lacks ${key}, which ${locale}.json has.`;
    for (const [key, text] of expected) {
      if (found.has(key) && placeholders(text) !== placeholders(found.get(key))) yield `i18n/${locale}.json: ${key} has other placeholders than in ${first}.json.`;
    }
  }
  for (const key of referenced(manifest)) {
    for (const [locale, found] of trees) if (!found.has(key)) yield `i18n/${locale}.json lacks ${key}, which manifest.json names.`;
  }
}

function* wording(locale, tree) {
  for (const [key, text] of tree) {
    if (text.trim() === '') yield `i18n/${locale}.json: ${key} is empty.`;
    if (locale !== 'ru' && /[а-яё]/i.test(text)) yield `i18n/${locale}.json: ${key} holds Russian text.`;
    if (locale !== 'ru' && /\.ru\b/.test(text)) yield `i18n/${locale}.json: ${key} names a .ru address.`;
    if (['description', 'short_description'].some((part) => key === `widget.${part}`)) yield* description(locale, key, text);
    if (['widget.name', 'card.title', 'advanced.title', 'menu.title', 'menu.report'].includes(key) && VENDOR.test(text)) yield `i18n/${locale}.json: ${key} holds the vendor's name.`;
  }
}

function* description(locale, key, text) {
  for (const [link] of text.matchAll(/<a\b[^>]*>/g)) {
    if (!/target="_blank"/.test(link) || !/referrerpolicy="no-referrer"/.test(link)) yield `i18n/${locale}.json: a link in ${key} lacks target="_blank" or referrerpolicy="no-referrer".`;
  }
  for (const [word] of text.matchAll(/amo\s?crm/gi)) if (word !== 'amoCRM') yield `i18n/${locale}.json: ${key} writes ${word}, it is amoCRM.`;
  if (/бесплатно|free of charge|for free/i.test(text)) yield `i18n/${locale}.json: ${key} promises a price.`;
}

function leaves(node, path = '', found = new Map()) {
  for (const [key, value] of Object.entries(node)) {
    const here = path ? `${path}.${key}` : key;
    if (value !== null && typeof value === 'object') leaves(value, here, found);
    else found.set(here, String(value));
  }
  return found;
}

function placeholders(text) {
  return (text.match(/\{\w+\}/g) ?? []).sort().join();
}

function referenced(manifest) {
  const widget = manifest.widget ?? {};
  return [widget.name, widget.description, widget.short_description, manifest.tour?.tour_description,
    manifest.advanced?.title,
    ...Object.values(manifest.left_menu ?? {}).flatMap((item) => [item.title, ...Object.values(item.submenu ?? {}).map((sub) => sub.title)]),
    ...Object.values(manifest.settings ?? {}).map((field) => field.name)].filter(Boolean);
}

function* images(files, manifest) {
  const expected = new Map(Object.entries(LOGOS));
  for (const locale of manifest.widget?.locale ?? []) {
    const tours = manifest.tour?.tour_images?.[locale] ?? [];
    if (tours.length < 1 || tours.length > 5) yield `manifest.json: 1 to 5 tour images are needed for ${locale}.`;
    for (const tour of tours) expected.set(tour.replace(/^\//, ''), TOUR_SIZE);
  }
  for (const [name, size] of expected) {
    const bytes = files.get(name);
    if (bytes === undefined) {
      yield `${name} is missing.`;
    } else if (!isPng(bytes)) {
      yield `${name} is no PNG picture.`;
    } else {
      const found = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
      if (found.join() !== size.join()) yield `${name} is ${found.join('×')}, and has to be ${size.join('×')}.`;
      if (bytes.length > IMAGE_LIMIT) yield `${name} has ${bytes.length} bytes; ${IMAGE_LIMIT} are allowed.`;
      if (bytes.includes('acTL')) yield `${name} is animated.`;
    }
  }
  const icons = new Set(Object.values(manifest.left_menu ?? {}).map((item) => item.icon));
  for (const [name, bytes] of files) {
    if (icons.has(name)) yield* icon(name, bytes);
    else if (name.startsWith('images/') && !expected.has(name)) yield `${name} is used by nobody.`;
  }
}

function isPng(bytes) {
  return bytes.length > 24 && bytes.subarray(0, 8).equals(Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]));
}
