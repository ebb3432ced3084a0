import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'vitest';
import { fileURLToPath } from 'node:url';
import { unzipSync } from 'fflate';
import { packageVersion, readCard } from '../tools/archive.mjs';
import { backendAddress, withBackend, zip } from '../tools/pack.mjs';
import { EDITIONS, edition } from '../tools/editions.mjs';
import { repeatedRequests } from '../tools/requests.mjs';
import { check } from '../tools/rules.mjs';

const pack = fileURLToPath(new URL('../tools/pack.mjs', import.meta.url));

function run(...args) {
  const options = typeof args.at(-1) === 'object' ? args.pop() : {};
  return new Promise((done) => {
    execFile(process.execPath, [pack, ...args], { ...options, env: { ...process.env, INIT_CWD: options.cwd ?? '' } }, (failure, stdout, stderr) => done({ status: failure?.code ?? 0, stdout, stderr }));
  });
}

for (const name of EDITIONS) {
  test(`The ${name} archive keeps every rule, packed too`, () => {
    const files = edition(readCard(), name);
    assert.deepEqual(check(files, name), []);
    assert.deepEqual(check(withBackend(files, '1.2.3', 'https://ltv.test', 'help@ltv.test', 'https://ltv.test/privacy'), name), []);
  });
}

test('Only the public archive has a page in the menu, and the rest is the same', () => {
  const [own, open] = EDITIONS.map((name) => edition(readCard(), name));
  const manifests = [own, open].map((files) => JSON.parse(files.get('manifest.json').toString('utf8')));
  assert.deepEqual([...open.keys()].filter((name) => !own.has(name)), ['images/menu.svg']);
  assert.deepEqual(manifests[1].locations.filter((location) => !manifests[0].locations.includes(location)), ['widget_page']);
  assert.equal(manifests[0].left_menu, undefined);
  assert.equal(manifests[1].left_menu.ltv_main.sort.after, 'leads');
  assert.deepEqual(Object.keys(manifests[1].left_menu.stats.submenu), ['ltv_report']);
  for (const [name, bytes] of own) if (name !== 'manifest.json') assert.ok(bytes.equals(open.get(name)), name);
});

const broken = [
  ['a top folder', (files) => files.set('widget/script.js', Buffer.from('\n')), /no place/],
  ['a byte order mark', (files) => files.set('style.css', Buffer.from('\ufeff.ltvw{}\n')), /byte order mark/],
  ['Windows line ends', (files) => files.set('style.css', Buffer.from('.ltvw {}\r\n')), /line ends/],
  ['bytes that are no UTF-8', (files) => files.set('style.css', Buffer.from([0xff, 0x0a])), /UTF-8/],
  ['a global selector', (files) => files.set('style.css', Buffer.from('input { margin: 0 }\n')), /beyond/],
  ['another widget\'s class', (files) => files.set('style.css', Buffer.from('.ltvwide { margin: 0 }\n')), /beyond/],
  ['eval', (files) => amend(files, 'script.js', (text) => `${text}eval('1');\n`), /eval/],
  ['a log line', (files) => amend(files, 'script.js', (text) => `${text}console.log(1);\n`), /console/],
  ['HTML of data', (files) => amend(files, 'lib/view.js', (text) => `${text}x.innerHTML = y;\n`), /HTML/],
  ['a module that nobody uses', (files) => files.set('lib/spare.js', Buffer.from('define([], function () {});\n')), /used by nobody/],
  ['a missing module', (files) => files.delete('lib/view.js'), /not there/],
  ['a key of one language only', (files) => amend(files, 'i18n/en.json', (text) => text.replace('"retry"', '"again"')), /lacks card\.retry/],
  ['Russian in English', (files) => amend(files, 'i18n/en.json', (text) => text.replace('Retry"', 'Повторить"')), /Russian/],
  ['the vendor in the name', (files) => amend(files, 'i18n/en.json', (text) => text.replace('"name": "Customer LTV"', '"name": "LTV for amoCRM"')), /vendor/],
  ['a manifest without a field', (files) => amend(files, 'manifest.json', (text) => text.replace('"installation": true,', '')), /installation is missing/],
  ['an unused area', (files) => amend(files, 'manifest.json', (text) => text.replace('"settings"', '"settings", "everywhere"')), /everywhere/],
  ['a missing logo', (files) => files.delete('images/logo_min.png'), /logo_min\.png is missing/],
  ['a request in a loop', (files) => amend(files, 'script.js', (text) => `${text}for (const id of ids) { $.ajax({ url: id }); }\n`), /requests in a loop/],
  ['a request for each element', (files) => amend(files, 'script.js', (text) => `${text}ids.forEach(function (id) { $.ajax({ url: id }); });\n`), /requests in a loop/],
  ['a function that asks and calls itself', (files) => amend(files, 'lib/names.js', (text) => text.replace('function askUsers() {', 'function askUsers(page) {\n      if (page > 1) {\n        askUsers(page - 1);\n      }')), /askUsers asks and calls itself/],
  ['a synchronous request', (files) => amend(files, 'script.js', (text) => `${text}$.ajax({ async: false });\n`), /synchronous/],
  ['a script element', (files) => amend(files, 'script.js', (text) => `${text}document.createElement('script');\n`), /script element/],
  ['code in a comment', (files) => amend(files, 'script.js', (text) => `${text}// open(card);\n`), /code in a comment/],
  ['code that nobody can read', (files) => amend(files, 'script.js', (text) => `${text}${'a();'.repeat(60)}\n`), /readable/],
  ['a click that nobody made', (files) => amend(files, 'script.js', (text) => `${text}$('button').trigger('click');\n`), /nobody made/],
  ['a word of the platform that is not documented', (files) => amend(files, 'script.js', (text) => `${text}APP.router.go();\n`), /APP\.router/],
  ['a module that the platform does not have', (files) => amend(files, 'lib/names.js', (text) => text.replace('define([]', 'define([\'https://cdn.test/x.js\']')), /does not document/],
  ['an area that nobody serves', (files) => amend(files, 'script.js', (text) => text.replace('advancedSettings:', 'advanced:')), /advancedSettings/],
  ['an area without its title', (files) => amend(files, 'manifest.json', (text) => text.replace('"advanced":', '"advance":')), /advanced\.title/],
  ['a page in the menu of a private integration', (files) => amend(files, 'manifest.json', (text) => text.replace('"settings"', '"settings", "widget_page"')), /left_menu/],
  ['a link in the description that takes the page along', (files) => amend(files, 'i18n/ru.json', (text) => text.replace('"description": "', '"description": "<a href=\\"https://ltv.test\\">LTV</a> ')), /target="_blank"/],
  ['the vendor misspelt', (files) => amend(files, 'i18n/ru.json', (text) => text.replace('"description": "', '"description": "AmoCRM: ')), /amoCRM/],
  ['a logo of another size', (files) => files.set('images/logo_min.png', files.get('images/logo.png')), /has to be 84×84/],
];

function amend(files, name, change) {
  files.set(name, Buffer.from(change(files.get(name).toString('utf8'))));
}

for (const [what, breaks, expected] of broken) {
  test(`The check refuses ${what}`, () => {
    const files = edition(readCard(), 'private');
    breaks(files);
    assert.match(check(files).join('\n'), expected);
  });
}

const icon = (inside, box = 'viewBox="0 0 24 24"') => Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" ${box}>${inside}</svg>\n`);
const brokenMenus = [
  ['a section of the CRM that would be hidden', (menu) => { menu.ltv_main.is_hidden = true; }, null, /hides/],
  ['an item in place of the CRM\'s own', (menu) => { menu.leads = menu.ltv_main; }, null, /CRM's own/],
  ['an item after nothing', (menu) => { menu.ltv_main.sort.after = 'moon'; }, null, /no section/],
  ['an item without an icon', (menu) => { menu.ltv_main.icon = 'images/none.svg'; }, null, /no icon/],
  ['an icon that runs code', null, icon('<script>1</script>'), /more than shapes/],
  ['an icon that nobody sees on white', null, icon('<path d="M0 0h9v9z" fill="#eeeeee"/>'), /hard to see on #ffffff/],
  ['an icon that nobody sees on the dark menu', null, icon('<path d="M0 0h9v9z" fill="#223344"/>'), /hard to see on #153043/],
  ['an icon that does not scale', null, icon('<path d="M0 0h9v9z" fill="#4c8bf7"/>', 'width="24"'), /viewBox/],
];

for (const [what, breaksMenu, drawing, expected] of brokenMenus) {
  test(`The check refuses ${what}`, () => {
    const files = edition(readCard(), 'public');
    const manifest = JSON.parse(files.get('manifest.json').toString('utf8'));
    breaksMenu?.(manifest.left_menu);
    files.set('manifest.json', Buffer.from(`${JSON.stringify(manifest)}\n`));
    if (drawing) files.set('images/menu.svg', drawing);
    assert.match(check(files, 'public').join('\n'), expected);
  });
}

test('The same sources give the same bytes, with the version of the package and the address inside', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'amoltv-pack-'));
  try {
    const [first, second] = [join(folder, 'a.zip'), join(folder, 'b.zip')];
    for (const out of [first, second]) {
      const packed = await run('--backend', 'https://ltv.test', '--support', 'help@ltv.test', '--out', out);
      assert.equal(packed.status, 0, packed.stderr);
    }
    assert.ok(readFileSync(first).equals(readFileSync(second)));
    const files = unzipSync(readFileSync(first));
    const manifest = JSON.parse(Buffer.from(files['manifest.json']).toString());
    assert.equal(manifest.widget.version, packageVersion());
    assert.deepEqual(manifest.widget.support, { email: 'help@ltv.test' });
    assert.match(Buffer.from(files['lib/backend.js']).toString(), /https:\/\/ltv\.test/);
    assert.ok(Object.keys(files).every((name) => !name.startsWith('/') && !name.startsWith('widget/')));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('Packing without a name of the file gives both archives the only name that the platform takes', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'amoltv-pack-'));
  try {
    const packed = await run('--backend', 'https://ltv.test', '--support', 'help@ltv.test', '--privacy', 'https://ltv.test/privacy', { cwd: folder });
    assert.equal(packed.status, 0, packed.stderr);
    for (const name of EDITIONS) {
      const files = unzipSync(readFileSync(join(folder, 'dist', name, 'widget.zip')));
      assert.equal(JSON.parse(Buffer.from(files['manifest.json']).toString()).left_menu !== undefined, name === 'public');
      assert.match(Buffer.from(files['lib/backend.js']).toString(), /"privacy": "https:\/\/ltv\.test\/privacy"/);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('A public archive is not packed without contacts and a privacy policy, a private one is', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'amoltv-pack-'));
  try {
    const both = await run('--backend', 'https://ltv.test', { cwd: folder });
    assert.equal(both.status, 0, both.stderr);
    assert.match(both.stdout, /left out: it needs --support and --privacy/);
    assert.deepEqual(readdirSync(join(folder, 'dist')), ['private']);
    const refused = await run('--backend', 'https://ltv.test', '--edition', 'public', { cwd: folder });
    assert.equal(refused.status, 1);
    assert.match(refused.stderr, /needs the address of your privacy policy[\s\S]*needs your contacts/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

const packedFor = (support, privacy, edit = (text) => text) => {
  const files = withBackend(edition(readCard(), 'public'), '1.2.3', 'https://ltv.test', support, privacy);
  amend(files, 'lib/backend.js', edit);
  return check(files, 'public').join('\n');
};
for (const [what, problems, expected] of [
  ['no policy', () => packedFor('help@ltv.test', ''), /needs the address of your privacy policy/],
  ['a policy without https', () => packedFor('help@ltv.test', 'ftp://ltv.test/privacy'), /is no https address/],
  ['the server in place of contacts', () => packedFor('https://ltv.test', 'https://ltv.test/privacy'), /needs your contacts/],
  ['other contacts in the card than in the manifest', () => packedFor('help@ltv.test', 'https://ltv.test/privacy', (text) => text.replace('help@ltv.test', 'other@ltv.test')), /another support/],
]) test(`The check refuses a packed public archive with ${what}`, () => assert.match(problems(), expected));

for (const [what, code, isRepeated] of [
  ['a loop', 'function read(ids) { for (const id of ids) { $.ajax({ url: id }); } }', true],
  ['a loop over a function that asks', 'function ask(id) { return self.$authorizedAjax({ url: id }); }\nfunction read(ids) { ids.forEach(function (id) { ask(id); }); }', true],
  ['a function handed to each element', 'function ask(id) { $.get(id); }\nfunction read(ids) { ids.map(ask); }', true],
  ['a while', 'function read() { while (more) { fetch(more); } }', true],
  ['an interval', 'function ask() { $.ajax({}); }\nsetInterval(ask, 1000);', true],
  ['a function that asks and calls itself', 'function ask(page) { $.ajax({ data: page }).done(function () { ask(page + 1); }); }', true],
  ['two functions that call each other, one of which asks', 'function ask() { $.ajax({}).done(next); }\nfunction next() { ask(); }', true],
  ['a function that asks through another and calls itself', 'function one() { $.ajax({}); }\nfunction all(n) { one(); setTimeout(function () { all(n + 1); }, 10); }', true],
  ['a named function expression', 'const all = function () { self.$authorizedAjax({}); all(); };', true],
  ['a method of the widget', 'const area = { load: function () { $.ajax({}); self.load(); } };', true],
  ['an answer of another file that is waited for anew', 'function all(page) { api.leads(page).then(function () { all(page + 1); }); }', true],
  ['one request', 'function ask(ids) { return $.ajax({ data: ids.map(function (id) { return Number(id); }) }); }\nfunction read(ids) { return ask(ids); }', false],
  ['a wait for the block', 'function mount() { setTimeout(mount, 50); }\nfunction ask() { $.ajax({}); }', false],
  ['a walk down a tree', 'function walk(node) { node.children.forEach(walk); }', false],
]) test(`A request for ${what} is ${isRepeated ? '' : 'not '}taken for one that is repeated`, () => assert.equal(repeatedRequests(`${code}\n`).some((one) => /in a loop/.test(one)), isRepeated));

test('A file that does not parse is refused', () => assert.match(repeatedRequests('define([], function () {\n')[0], /does not parse/));

test('What a browser loads for a card is under 60 KB', () => {
  const code = new Map([...readCard()].filter(([name]) => !name.startsWith('images/')));
  assert.ok(zip(code).length < 60 * 1024, `${zip(code).length} bytes`);
});

test('The order of files does not change the bytes', () => {
  const files = readCard();
  assert.ok(Buffer.from(zip(files)).equals(Buffer.from(zip(new Map([...files].reverse())))));
});

test('Packing without an address, or with one that no browser would let through, is refused in words', async () => {
  const nothing = await run();
  assert.equal(nothing.status, 1);
  assert.match(nothing.stderr, /address of your AmoLtv server is missing/);
  for (const [given, expected] of [['ltv', /no address/], ['http://ltv.test', /https/], ['https://ltv.test/path', /host and port only/], ['ftp://ltv.test', /https/]]) {
    assert.throws(() => backendAddress(given), expected);
  }
  assert.equal(backendAddress('http://127.0.0.1:8080'), 'http://127.0.0.1:8080');
  assert.equal(backendAddress('https://ltv.test/'), 'https://ltv.test');
});
