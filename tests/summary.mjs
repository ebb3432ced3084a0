// Reads the results of one test project (.trx of .NET, .vitest of Vitest): prints what failed and why, and its counts.
//
//   node tests/summary.mjs FILE              one project; the counts are kept in FILE.json
//   node tests/summary.mjs --total FOLDER    the closing line over all projects
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const entities = { lt: '<', gt: '>', amp: '&', quot: '"', apos: '\'' };
const decoded = (text) => text
  .replace(/&#x([0-9a-f]+);/gi, (whole, code) => String.fromCodePoint(parseInt(code, 16)))
  .replace(/&#(\d+);/g, (whole, code) => String.fromCodePoint(Number(code)))
  .replace(/&(lt|gt|amp|quot|apos);/g, (whole, name) => entities[name]);

function fromTrx(text) {
  const results = text.split('<UnitTestResult ').slice(1).map((part) => ({
    name: decoded(part.match(/testName="([^"]*)"/)[1]),
    outcome: part.match(/outcome="([^"]*)"/)?.[1] ?? 'Failed',
    message: decoded(part.match(/<Message>([\s\S]*?)<\/Message>/)?.[1] ?? ''),
    trace: decoded(part.match(/<StackTrace>([\s\S]*?)<\/StackTrace>/)?.[1] ?? ''),
  }));
  const skipped = results.filter((one) => one.outcome === 'NotExecuted');
  const failed = results.filter((one) => one.outcome !== 'Passed' && one.outcome !== 'NotExecuted');
  // A fixture or a run that broke outside a test has no result of its own.
  const errors = [...text.matchAll(/<RunInfo [^>]*outcome="Error"[^>]*>[\s\S]*?<Text>([\s\S]*?)<\/Text>/g)].map(([, said]) => decoded(said));
  return {
    slowest: slowestFixtures(text),
    passed: results.length - skipped.length - failed.length,
    failed: failed.map((one) => `${one.name}\n${indent(one.message)}\n${indent(one.trace.split('\n').slice(0, 4).join('\n'))}`)
      .concat(failed.length === 0 ? errors : []),
    skipped: skipped.map((one) => `${one.name}: ${one.message.trim().split('\n')[0]}`),
  };
}

/** Fixtures that took longest, in words; fixtures run side by side, so their seconds add up to more than the project's. */
function slowestFixtures(text) {
  const fixtures = new Map([...text.matchAll(/<UnitTest [^>]*id="([^"]+)"[\s\S]*?<TestMethod [^>]*className="([^"]+)"/g)].map(([, id, name]) => [id, name.split('.').pop()]));
  const seconds = new Map();
  for (const part of text.split('<UnitTestResult ').slice(1)) {
    const fixture = fixtures.get(part.match(/testId="([^"]+)"/)?.[1]);
    const [, hours, minutes, rest] = part.match(/duration="(\d+):(\d+):([\d.]+)"/) ?? [0, 0, 0, 0];
    seconds.set(fixture, (seconds.get(fixture) ?? 0) + Number(hours) * 3600 + Number(minutes) * 60 + Number(rest));
  }
  return [...seconds].sort(([, one], [, other]) => other - one).slice(0, 8).filter(([, taken]) => taken >= 10)
    .map(([fixture, taken]) => `${fixture} ${Math.round(taken)} s`).join(', ');
}

function fromVitest(text) {
  if (text === '') return { passed: 0, failed: ['The tests did not run.'], skipped: [] };
  const files = JSON.parse(text).testResults;
  const results = files.flatMap((file) => file.assertionResults);
  const withStatus = (...statuses) => results.filter((one) => statuses.includes(one.status));
  return {
    passed: withStatus('passed').length,
    failed: withStatus('failed').map((one) => `${one.fullName}\n${indent(one.failureMessages.join('\n').split('\n').slice(0, 12).join('\n'))}`)
      // A file that could not be read has no result of its own.
      .concat(files.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).map((file) => `${file.name}\n${indent(file.message)}`)),
    skipped: withStatus('pending', 'skipped', 'todo', 'disabled').map((one) => one.fullName),
  };
}

const readers = { trx: fromTrx, vitest: fromVitest };

function indent(text) {
  return text.split('\n').filter((line) => line.trim() !== '').map((line) => `    ${line.trimEnd()}`).join('\n');
}

function one(file) {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const { passed, failed, skipped, slowest } = readers[file.split('.').pop()](text);
  if (passed + failed.length + skipped.length === 0) failed.push('No test was found.');
  for (const said of failed) process.stderr.write(`  FAILED ${said}\n`);
  for (const said of skipped) process.stderr.write(`  skipped ${said}\n`);
  process.stderr.write(`  ${basename(file).replace(/\.(trx|vitest)$/, '')}: ${passed} passed, ${failed.length} failed, ${skipped.length} skipped\n`);
  if (slowest) process.stderr.write(`  longest: ${slowest}\n`);
  writeFileSync(`${file}.json`, JSON.stringify({ passed, failed: failed.length, skipped: skipped.length }));
  return failed.length === 0;
}

function total(folder, hasFailed) {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.json'))) {
    const counts = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    for (const key of Object.keys(sum)) sum[key] += counts[key];
  }
  // Something outside a test failed, the archive's check for example: the line must not look green.
  if (hasFailed && sum.failed === 0) sum.failed = 1;
  process.stdout.write(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped\n`);
  return true;
}

const [first, second, third] = process.argv.slice(2);
process.exitCode = (first === '--total' ? total(second, third === 'failed') : one(first)) ? 0 : 1;
