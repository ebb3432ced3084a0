// npm run pack -- --backend https://ltv.example.com [--support ltv@example.com] [--privacy https://example.com/privacy]
//                 [--edition private|public] [--out widget.zip]
//
// Checks the archive and packs it with the address of your server: for a private and for a public integration, each into a
// folder of its own, or one of them into a file. A public integration needs --support and --privacy: the marketplace asks for
// both. The same sources and arguments give the same bytes.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { zipSync } from 'fflate';
import { packageVersion, readCard } from './archive.mjs';
import { EDITIONS, edition } from './editions.mjs';
import { isMail, isPage, links } from './links.mjs';
import { check } from './rules.mjs';

// The oldest moment that the format can hold: the time of packing must not change the bytes.
const PACKED_AT = new Date(1980, 0, 1);

/** The server's address without a path; loopback may do without https. Throws a sentence. */
export function backendAddress(given) {
  if (!given) {
    throw new Error('The address of your AmoLtv server is missing: npm run pack -- --backend https://ltv.your-company.com');
  }
  let url;
  try {
    url = new URL(given);
  } catch {
    throw new Error(`--backend ${given} is no address. It looks like https://ltv.your-company.com`);
  }
  const isLoopback = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback)) {
    throw new Error(`--backend ${given}: the CRM's pages use https, so a browser would block it. Only a loopback address may use http.`);
  }
  if (url.pathname !== '/' || url.search || url.hash || url.username) {
    throw new Error(`--backend ${given}: give scheme, host and port only.`);
  }
  return url.origin;
}

function supportAddress(given, backend) {
  if (given && !isMail(given) && !isPage(given)) {
    throw new Error(`--support ${given} is neither an e-mail address nor an https address.`);
  }
  return given ?? backend;
}

function privacyAddress(given) {
  if (given && !isPage(given)) throw new Error(`--privacy ${given}: give the https address of your privacy policy.`);
  return given ?? '';
}

/** The archive's files with everything baked in. */
export function withBackend(files, version, backend, support, privacy = '') {
  const manifest = JSON.parse(files.get('manifest.json').toString('utf8'));
  manifest.widget.version = version;
  manifest.widget.support = support.includes('@') ? { email: support } : { link: support };
  const module = `// Where the card asks for its numbers, and where help is found. Written by the packing script.
define([], function () {
  'use strict';

  return ${JSON.stringify({ address: backend, analytics: `${backend}/pages/`, support, privacy }, null, 2).replaceAll('\n', '\n  ')};
});
`;
  return new Map([
    ...files,
    ['manifest.json', Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`)],
    ['lib/backend.js', Buffer.from(module)],
  ]);
}

/** Bytes of the archive: sorted names, one timestamp. */
export function zip(files) {
  const sorted = Object.fromEntries([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
  return zipSync(sorted, { level: 9, mtime: PACKED_AT });
}

function packOne(name, given, out) {
  const source = edition(readCard(), name);
  const files = withBackend(source, packageVersion(), given.backend, given.support, given.privacy);
  const problems = [...check(source, name), ...links(files, JSON.parse(files.get('manifest.json').toString('utf8')), name)];
  if (problems.length > 0) {
    throw new Error(`Not packed, the ${name} archive breaks its rules:\n  ${problems.join('\n  ')}`);
  }
  const bytes = zip(files);
  const place = resolve(process.env.INIT_CWD || '.', out);
  mkdirSync(dirname(place), { recursive: true });
  writeFileSync(place, bytes);
  process.stdout.write(`${out}: ${name}, version ${packageVersion()}, ${files.size} files, ${Math.ceil(bytes.length / 1024)} KB, asks ${given.backend}\n`);
}

function main() {
  const { values } = parseArgs({
    options: { backend: { type: 'string' }, support: { type: 'string' }, privacy: { type: 'string' }, edition: { type: 'string' }, out: { type: 'string' } },
  });
  const backend = backendAddress(values.backend);
  const given = { backend, support: supportAddress(values.support, backend), privacy: privacyAddress(values.privacy) };
  if (values.out) {
    packOne(values.edition ?? 'private', given, values.out);
    return;
  }
  const wanted = values.edition ? [values.edition] : EDITIONS.filter((name) => name === 'private' || (values.support && values.privacy));
  // The platform takes no other name than widget.zip.
  for (const name of wanted) packOne(name, given, `dist/${name}/widget.zip`);
  if (!wanted.includes('public')) process.stdout.write('The public archive was left out: it needs --support and --privacy.\n');
}

if (fileURLToPath(import.meta.url) === process.argv[1]) {
  try {
    main();
  } catch (problem) {
    process.stderr.write(`${problem.message}\n`);
    process.exitCode = 1;
  }
}
