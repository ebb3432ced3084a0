// npm run pack -- --backend https://ltv.example.com [--support ltv@example.com] [--out widget.zip]
//
// Checks the archive and packs it with the address of your server. The same sources and arguments give the same bytes.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { zipSync } from 'fflate';
import { packageVersion, readCard } from './archive.mjs';
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
  const isMail = /^[^\s@/]+@[^\s@/]+$/.test(given ?? '');
  const isPage = /^https:\/\/\S+$/.test(given ?? '');
  if (given && !isMail && !isPage) {
    throw new Error(`--support ${given} is neither an e-mail address nor an https address.`);
  }
  return given ?? backend;
}

/** The archive's files with everything baked in. */
export function withBackend(files, version, backend, support) {
  const manifest = JSON.parse(files.get('manifest.json').toString('utf8'));
  manifest.widget.version = version;
  manifest.widget.support = support.includes('@') ? { email: support } : { link: support };
  const module = `// Where the card asks for its numbers, and where help is found. Written by the packing script.
define([], function () {
  'use strict';

  return ${JSON.stringify({ address: backend, support }, null, 2).replaceAll('\n', '\n  ')};
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

function main() {
  const { values } = parseArgs({
    options: { backend: { type: 'string' }, support: { type: 'string' }, out: { type: 'string', default: 'dist/widget.zip' } },
  });
  const backend = backendAddress(values.backend);
  const problems = check(readCard());
  if (problems.length > 0) {
    throw new Error(`Not packed, the archive breaks its rules:\n  ${problems.join('\n  ')}`);
  }
  const files = withBackend(readCard(), packageVersion(), backend, supportAddress(values.support, backend));
  const bytes = zip(files);
  const out = resolve(process.env.INIT_CWD ?? '.', values.out);
  mkdirSync(dirname(out), { recursive: true });
  writeFileSync(out, bytes);
  process.stdout.write(`${values.out}: version ${packageVersion()}, ${files.size} files, ${Math.ceil(bytes.length / 1024)} KB, asks ${backend}\n`);
}

if (fileURLToPath(import.meta.url) === process.argv[1]) {
  try {
    main();
  } catch (problem) {
    process.stderr.write(`${problem.message}\n`);
    process.exitCode = 1;
  }
}
