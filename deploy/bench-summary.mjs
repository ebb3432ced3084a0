// Turns what deploy/bench.sh measured into ratios, a table and a line of JSON.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
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

function print(ratios) {
  process.stdout.write(`${JSON.stringify(ratios)}\n`);
}

function sync([folder, file]) {
  const first = lastLine(folder, 'sync.json');
  const recalculate = lastLine(folder, 'recalculate.json');
  const again = lastLine(folder, 'again.json');
  const { requests, throttled, firstRequestAt, lastRequestAt } = lastLine(folder, 'statistics.json');
  const between = (Date.parse(lastRequestAt) - Date.parse(firstRequestAt)) / 1000;
  const rate = (requests - 1) / between;
  const result = {
    leads: first.steps.sync.leads,
    requests,
    throttled,
    requestsPerSecond: round(rate, 3),
    permittedPerSecond: PERMITTED_RATE,
    shareOfPermittedRate: round(rate / PERMITTED_RATE, 4),
    syncSeconds: first.seconds,
    syncPeakMemoryMb: first.peakMemoryMb,
    unchangedSyncSeconds: again.seconds,
    recalculateSeconds: recalculate.seconds,
    recalculatePeakMemoryMb: recalculate.peakMemoryMb,
  };
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
  print({
    syncToPermittedTime: { ratio: round(PERMITTED_RATE / rate, 4), asked: 1.05, ...result },
    syncMemoryToGigabyte: { ratio: round(first.peakMemoryMb / 1024, 3), asked: 0.5, peakMemoryMb: first.peakMemoryMb },
  });
}

function processes([folder]) {
  const nights = new Map([1, 2, 4].map((count) => [count, lastLine(folder, `night-${count}`)]));
  const figures = (count) => {
    const { seconds, cpuSecondsPerAccount, peakMemoryMb, finished, twice, mismatches } = nights.get(count);
    return { seconds, cpuSecondsPerAccount, peakMemoryMb, finished, twice, mismatches, cpuSecondsPerAccountOfOne: nights.get(1).cpuSecondsPerAccount, processors: cpus().length };
  };
  // A night lasts as long as its timetable; what more processes cost is the processors' time.
  const ofOne = (count) => round(nights.get(count).cpuSecondsPerAccount / nights.get(1).cpuSecondsPerAccount, 3);
  print({
    cpuOfTwoProcessesToOne: { ratio: ofOne(2), asked: 1.5, ...figures(2) },
    cpuOfFourProcessesToOne: { ratio: ofOne(4), asked: 2, ...figures(4) },
  });
}

function report([folder, file]) {
  const earlier = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const ratios = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .reduce((all, name) => ({ ...all, ...lastLine(folder, name) }), {});
  const width = Math.max(...Object.keys(ratios).map((name) => name.length));
  const rows = Object.entries(ratios).map(([name, { ratio, asked, ...figures }]) => {
    const made = Object.entries(figures).map(([figure, value]) => `${figure} ${value}`).join(', ');
    return `${name.padEnd(width)}  ${String(ratio).padStart(8)}  at most ${String(asked).padStart(5)}   ${made}`;
  });
  process.stdout.write(`\n${rows.join('\n')}\n\n`);
  print(ratios);
  // What was not measured this time stays as it was.
  writeFileSync(file, `${JSON.stringify({ ...earlier, ...ratios }, null, 2)}\n`);
  const missed = Object.entries(ratios).filter(([, { ratio, asked }]) => !(ratio <= asked)).map(([name]) => name);
  if (missed.length) {
    process.stderr.write(`More than was asked: ${missed.join(', ')}.\n`);
    process.exitCode = 1;
  }
}

await { statistics, sync, processes, report }[what](given);
