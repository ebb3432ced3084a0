// npm run draw: draws the archive's pictures with Chromium, from the mark below and from the card itself.
// Run it after a change of the card's looks, look at the pictures, and commit them.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pngjs from 'pngjs';
import { cardFolder } from './archive.mjs';

const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium';
const scratch = mkdtempSync(join(tmpdir(), 'amoltv-draw-'));

// What is known is solid, what is expected is dashed: the mark says what the card says.
const mark = (size) => `
<svg width="${size}" height="${size}" viewBox="0 0 64 64" fill="none">
  <defs><linearGradient id="g" x1="0" y1="0" x2="64" y2="64" gradientUnits="userSpaceOnUse">
    <stop stop-color="#4f86f7"/><stop offset="1" stop-color="#2b55c4"/></linearGradient></defs>
  <rect width="64" height="64" rx="15" fill="url(#g)"/>
  <path d="M13 47 C22 46 26 40 33 33" stroke="#fff" stroke-width="5" stroke-linecap="round"/>
  <path d="M40.5 25.5 C44 21.5 48 18.5 53 16.5" stroke="#fff" stroke-width="5" stroke-linecap="round" stroke-dasharray="0.1 7.6" opacity=".8"/>
  <circle cx="33" cy="33" r="6.5" fill="#fff"/><circle cx="33" cy="33" r="2.8" fill="#2f5fd0"/>
</svg>`;

const word = (size) => `<b style="font:700 ${size}px/1 'PT Sans','Liberation Sans',Arial,sans-serif;color:#2b3038;letter-spacing:-.5px">LTV</b>`;
const middle = 'display:flex;align-items:center;justify-content:center;';

const card = {
  state: 'valued', currency: { code: 'RUB', symbol: '₽' }, basis: 'revenue', vat: null,
  ltv: { value: 1238916, kind: 'formula', isFloored: false, note: null },
  factors: { averageOrderValue: 120400, purchasesPerYear: 2.1, lifetimeYears: 4.9, isLifetimeAssumed: false },
  bought: { value: 842800, purchases: 7, averageOrderValue: 120400, firstPurchase: '2023-05-16', lastPurchase: '2026-08-11', periodMonths: null },
  tier: { code: 'A', name: 'A', color: '#2c8a57' }, topPercent: 6,
  freshness: { asOf: '2026-11-01', calculatedAt: '2026-11-21T03:12:00Z', connection: 'ok' },
};

const tourWords = {
  ru: { title: 'Сколько стоит клиент — одним взглядом', company: 'ООО «Северный ветер»', points: ['LTV и из чего он складывается', 'Уровень клиента и место в базе', 'Покупки, средний чек, последняя дата'] },
  en: { title: 'What a client is worth, at a glance', company: 'Harbour &amp; Oak Ltd', points: ['LTV and what it is made of', 'The client’s tier and place in the base', 'Purchases, average order, last date'] },
};

// A loader of a dozen lines is enough for modules that depend on nothing.
function cardScript(language) {
  const modules = ['format', 'story', 'view', 'words'].map((name) =>
    `function define(d, f) { modules.${name} = f(); }\n${readFileSync(join(cardFolder, 'lib', `${name}.js`), 'utf8')}`);
  const words = readFileSync(join(cardFolder, 'i18n', `${language}.json`), 'utf8');
  return `const modules = {};
${modules.map((one) => `(function () { ${one} })();`).join('\n')}
const dictionary = ${words};
const words = modules.words((key) => dictionary[key]);
const now = () => new Date('2026-11-21T09:00:00Z').getTime();
const story = modules.story(words, modules.format, now);
modules.view(document.getElementById('card'), story.tell({ kind: 'card', card: ${JSON.stringify(card)} }, null),
  { address: '', words: '', title: words.say('title') });`;
}

function tour(language) {
  const { title, company, points } = tourWords[language];
  const row = (width, strong) => `<i style="display:block;height:10px;width:${width}px;border-radius:5px;margin:0 0 18px;background:${strong ? '#d5dce6' : '#e6eaf0'}"></i>`;
  return `<style>${readFileSync(join(cardFolder, 'style.css'), 'utf8')}
    body{background:#e9f0fc}
    .page{position:absolute;left:520px;top:78px;width:620px;height:460px;border-radius:14px;background:#fff;box-shadow:0 12px 28px rgba(35,60,120,.14);overflow:hidden;display:flex}
    .left{flex:1;padding:28px 28px;border-right:1px solid #e8ecf1}
    .right{width:320px;background:#f4f6f9;padding:20px}
    h1{position:absolute;left:64px;top:182px;width:400px;margin:0;font:700 38px/46px 'PT Sans','Liberation Sans',Arial,sans-serif;color:#1f2a44;letter-spacing:-.4px}
    ul{position:absolute;left:64px;top:${language === 'ru' ? 344 : 300}px;width:400px;margin:0;padding:0;list-style:none;font:18px/28px 'PT Sans','Liberation Sans',Arial,sans-serif;color:#46506a}
    li{margin:0 0 8px;padding-left:26px;position:relative} li:before{content:'';position:absolute;left:2px;top:10px;width:9px;height:9px;border-radius:50%;background:#2f5fd0}
    .name{font:600 16px/22px 'PT Sans','Liberation Sans',Arial,sans-serif;color:#2b3038;margin:0 0 22px}
    .right .ltvw{zoom:1.06}.ltvw{font-family:'PT Sans','Liberation Sans',Arial,sans-serif;box-shadow:0 2px 10px rgba(35,60,120,.10)}</style>
  <div style="position:absolute;left:64px;top:86px">${mark(64)}</div><h1>${title}</h1>
  <ul>${points.map((point) => `<li>${point}</li>`).join('')}</ul>
  <div class="page"><div class="left"><p class="name">${company}</p>${row(90)}${row(190, true)}${row(70)}${row(210, true)}${row(110)}${row(150, true)}${row(80)}${row(200, true)}${row(100)}${row(170, true)}</div>
  <div class="right"><div style="display:flex;align-items:center;gap:10px;margin:0 0 14px">${mark(26)}${word(18)}</div><div id="card"></div></div></div>
  <script>${cardScript(language)}</script>`;
}

function draw(name, width, height, body) {
  const page = join(scratch, `${name}.html`);
  const picture = join(cardFolder, 'images', `${name}.png`);
  writeFileSync(page, `<!doctype html><meta charset="utf-8"><style>html,body{margin:0;width:${width}px;height:${height}px;overflow:hidden}</style>${body}`);
  // A window smaller than some 500 pixels is not honoured: draw large, cut to size.
  execFileSync(chromium, ['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--force-device-scale-factor=1', '--lang=ru',
    `--user-data-dir=${join(scratch, 'profile')}`, '--window-size=1400,900', '--default-background-color=00000000',
    `--screenshot=${join(scratch, 'drawn.png')}`, `file://${page}`], { stdio: 'ignore', timeout: 60000 });
  const drawn = pngjs.PNG.sync.read(readFileSync(join(scratch, 'drawn.png')));
  const cut = new pngjs.PNG({ width, height });
  pngjs.PNG.bitblt(drawn, cut, 0, 0, width, height, 0, 0);
  writeFileSync(picture, pngjs.PNG.sync.write(cut, { colorType: 2, deflateLevel: 9, deflateStrategy: 0, filterType: -1 }));
  process.stdout.write(`${name}.png ${width}×${height}\n`);
}

try {
  draw('logo_main', 400, 272, `<div style="${middle}gap:26px;width:400px;height:272px;background:#fff">${mark(118)}${word(84)}</div>`);
  draw('logo_small', 108, 108, `<div style="${middle}width:108px;height:108px;background:#fff">${mark(84)}</div>`);
  draw('logo', 130, 100, `<div style="${middle}gap:8px;width:130px;height:100px;background:#fff">${mark(44)}${word(30)}</div>`);
  draw('logo_medium', 240, 84, `<div style="${middle}gap:14px;width:240px;height:84px;background:#fff">${mark(48)}${word(36)}</div>`);
  draw('logo_min', 84, 84, `<div style="${middle}width:84px;height:84px;background:#fff">${mark(60)}</div>`);
  for (const language of ['ru', 'en']) draw(`tour_1_${language}`, 1188, 616, tour(language));
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
