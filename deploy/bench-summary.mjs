// Turns what deploy/bench.sh measured into a table and a line of JSON.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

// Of the Host's configuration: requests a second for each integration and account.
const PERMITTED_RATE = 6;

const [what, ...given] = process.argv.slice(2);

function lastLine(folder, name) {
  return JSON.parse(readFileSync(join(folder, name), 'utf8').trim().split('\n').at(-1));
}

async function statistics([address]) {
  const answer = await fetch(`${address}/sandbox/statistics`);
  process.stdout.write(`${JSON.stringify(await answer.json())}\n`);
}

function round(number, digits) {
  return Number(number.toFixed(digits));
}

function report([folder, file]) {
  const sync = lastLine(folder, 'sync.json');
  const recalculate = lastLine(folder, 'recalculate.json');
  const again = lastLine(folder, 'again.json');
  const { requests, throttled, firstRequestAt, lastRequestAt } = lastLine(folder, 'statistics.json');
  const between = (Date.parse(lastRequestAt) - Date.parse(firstRequestAt)) / 1000;
  const rate = (requests - 1) / between;
  const result = {
    leads: sync.steps.sync.leads,
    requests,
    throttled,
    requestsPerSecond: round(rate, 3),
    permittedPerSecond: PERMITTED_RATE,
    shareOfPermittedRate: round(rate / PERMITTED_RATE, 4),
    syncSeconds: sync.seconds,
    syncPeakMemoryMb: sync.peakMemoryMb,
    unchangedSyncSeconds: again.seconds,
    recalculateSeconds: recalculate.seconds,
    recalculatePeakMemoryMb: recalculate.peakMemoryMb,
  };
  const width = Math.max(...Object.keys(result).map((name) => name.length));
  process.stdout.write(`\n${Object.entries(result).map(([name, value]) => `${name.padEnd(width)}  ${value}`).join('\n')}\n\n`);
  process.stdout.write(`${JSON.stringify(result)}\n`);
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
}

await { statistics, report }[what](given);
