// npm run lint: the rules of both archives. Exit status 1 and one line a broken rule.
import { readCard } from './archive.mjs';
import { EDITIONS, edition } from './editions.mjs';
import { check } from './rules.mjs';

const problems = new Set(EDITIONS.flatMap((name) => check(edition(readCard(), name), name)));
for (const problem of problems) process.stderr.write(`widget: ${problem}\n`);
process.stdout.write(problems.size === 0
  ? `Both archives keep the rules (${readCard().size} files).\n`
  : `${problems.size} broken ${problems.size === 1 ? 'rule' : 'rules'}.\n`);
process.exitCode = problems.size === 0 ? 0 : 1;
