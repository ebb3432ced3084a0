import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { unzipSync } from 'fflate';
import { packageVersion, readCard } from '../tools/archive.mjs';
import { backendAddress, withBackend, zip } from '../tools/pack.mjs';
import { check } from '../tools/rules.mjs';

const pack = fileURLToPath(new URL('../tools/pack.mjs', import.meta.url));

function run(...args) {
  return new Promise((done) => {
    execFile(process.execPath, [pack, ...args], (failure, stdout, stderr) => done({ status: failure?.code ?? 0, stdout, stderr }));
  });
}

test('The archive keeps every rule, packed too', () => {
  assert.deepEqual(check(readCard()), []);
  assert.deepEqual(check(withBackend(readCard(), '1.2.3', 'https://ltv.test', 'help@ltv.test')), []);
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
  ['an unused area', (files) => amend(files, 'manifest.json', (text) => text.replace('"settings"]', '"settings", "everywhere"]')), /everywhere/],
  ['a missing logo', (files) => files.delete('images/logo_min.png'), /logo_min\.png is missing/],
  ['a logo of another size', (files) => files.set('images/logo_min.png', files.get('images/logo.png')), /has to be 84×84/],
];

function amend(files, name, change) {
  files.set(name, Buffer.from(change(files.get(name).toString('utf8'))));
}

for (const [what, breaks, expected] of broken) {
  test(`The check refuses ${what}`, () => {
    const files = readCard();
    breaks(files);
    assert.match(check(files).join('\n'), expected);
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
