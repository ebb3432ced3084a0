// Turns ReportGenerator's summary into a table and a line of JSON: percent of lines and branches by project.
import { readFileSync } from 'node:fs';

const { coverage } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const percent = (covered, of) => (of ? Math.round((1000 * covered) / of) / 10 : null);
const shown = (figure) => `${(figure ?? 0).toFixed(1).padStart(5)} %`;

const projects = coverage.assemblies.map((assembly) => ({
  name: assembly.name,
  lines: percent(assembly.coveredlines, assembly.coverablelines),
  branches: percent(assembly.coveredbranches, assembly.totalbranches),
}));
process.stderr.write('  lines     branches\n');
for (const { name, lines, branches } of projects) process.stderr.write(`  ${shown(lines)}   ${shown(branches)}   ${name}\n`);
process.stdout.write(`${JSON.stringify(Object.fromEntries(projects.map(({ name, ...figures }) => [name, figures])))}\n`);
