// Takes checks of the account out of the service, one by one (isolation-mutants.json), and tells of each whether the tests of
// isolation notice. Works on a clone of the commit that is checked out: what is not committed is not measured.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const project = 'tests/AmoLtv.Host.Tests';
const tests = 'FullyQualifiedName~TenantIsolationTests|Name=Every_endpoint_of_the_API_refuses_whoever_shows_nothing_or_has_too_few_rights';
const clone = mkdtempSync(join(tmpdir(), 'amoltv-isolation-'));
const say = (line) => process.stderr.write(`${line}\n`);

const dotnet = (...args) => spawnSync('dotnet', args, { cwd: clone, encoding: 'utf8', maxBuffer: 1 << 28 });

function build() {
  const { status, stdout } = dotnet('build', project, '-c', 'Release', '-p:RunAnalyzers=false', '-v', 'q', '--nologo');
  if (status !== 0) {
    throw new Error(`It does not build:\n${stdout.slice(-3000)}`);
  }
}

/** Names of the tests that failed; none where all passed. */
function failures() {
  const { status, stdout } = dotnet('test', project, '-c', 'Release', '--no-build', '--nologo', '--filter', tests);
  const failed = [...stdout.matchAll(/^\s+Failed (\w+)/gm)].map(([, name]) => name);
  if (status !== 0 && failed.length === 0) {
    throw new Error(`No test was run:\n${stdout.slice(-3000)}`);
  }

  return [...new Set(failed)];
}

/** A mutant whose text is not found once is out of date: nothing would be measured. */
function change({ file, from, to }) {
  const path = join(clone, file);
  const text = readFileSync(path, 'utf8');
  if (text.split(from).length !== 2) {
    throw new Error(`${file} does not have this exactly once: ${from}`);
  }

  writeFileSync(path, text.replace(from, () => to));
  return () => writeFileSync(path, text);
}

function isNoticed(mutant) {
  const restore = change(mutant);
  build();
  const failed = failures();
  restore();
  say(`  ${failed.length ? 'noticed ' : 'MISSED  '} ${mutant.what}${failed.length ? `, by ${failed.join(', ')}` : ''}`);
  return failed.length > 0;
}

try {
  execFileSync('git', ['clone', '--quiet', root, clone]);
  const mutants = JSON.parse(readFileSync(join(clone, 'tests/isolation-mutants.json'), 'utf8'));
  mutants.forEach((mutant) => change(mutant)());
  build();
  const before = failures();
  if (before.length > 0) {
    throw new Error(`Without any change these fail: ${before.join(', ')}`);
  }

  const noticed = mutants.filter(isNoticed).length;
  process.stdout.write(`${JSON.stringify({ mutants: mutants.length, noticed })}\n`);
  process.exitCode = noticed === mutants.length ? 0 : 1;
} finally {
  rmSync(clone, { recursive: true, force: true });
}
