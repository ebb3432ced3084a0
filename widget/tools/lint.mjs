// npm run lint: the archive's rules. Exit status 1 and one line a broken rule.
import { readCard } from './archive.mjs';
import { check } from './rules.mjs';

const files = readCard();
const problems = check(files);
for (const problem of problems) process.stderr.write(`widget: ${problem}\n`);
process.stdout.write(problems.length === 0
  ? `The archive keeps the rules (${files.size} files).\n`
  : `${problems.length} broken ${problems.length === 1 ? 'rule' : 'rules'}.\n`);
process.exitCode = problems.length === 0 ? 0 : 1;
