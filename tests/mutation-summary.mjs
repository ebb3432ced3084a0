// Turns Stryker's reports into a score by file and a line of JSON by project.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder, ...projects] = process.argv.slice(2);

// What the tests noticed, and what they could have: mutants that do not compile or are ignored are no one's (Stryker's own score).
function score(mutants) {
  const noticed = mutants.filter(({ status }) => ['Killed', 'Timeout'].includes(status)).length;
  const missed = mutants.filter(({ status }) => ['Survived', 'NoCoverage'].includes(status)).length;
  return { noticed, of: noticed + missed, percent: noticed + missed ? Math.round((1000 * noticed) / (noticed + missed)) / 10 : null };
}

function reportIn(path) {
  const file = readdirSync(path, { recursive: true }).find((name) => String(name).endsWith('mutation-report.json'));
  return JSON.parse(readFileSync(join(path, String(file)), 'utf8'));
}

const result = {};
for (const project of projects) {
  const files = Object.entries(reportIn(join(folder, project)).files);
  for (const [name, { mutants }] of files) {
    const { noticed, of, percent } = score(mutants);
    if (of) {
      process.stderr.write(`  ${percent.toFixed(1).padStart(5)} %  ${String(noticed).padStart(4)} of ${String(of).padStart(4)}  ${name}\n`);
    }
  }
  result[project] = score(files.flatMap(([, { mutants }]) => mutants));
}
process.stdout.write(`${JSON.stringify(result)}\n`);
