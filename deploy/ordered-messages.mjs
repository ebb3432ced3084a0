// The generator of log messages writes its classes in an order that differs from build to build; a release has to be the same each time.
//
//   node deploy/ordered-messages.mjs FOLDER FILE      the LoggerMessage.g.cs below FOLDER, sorted, into FILE
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder, out] = process.argv.slice(2);
const found = readdirSync(folder, { recursive: true }).find((name) => name.endsWith('LoggerMessage.g.cs'));
if (!found) {
  process.stderr.write(`No LoggerMessage.g.cs lies below ${folder}: the compiler wrote no generated files.\n`);
  process.exit(1);
}
const [head, ...blocks] = readFileSync(join(folder, found), 'utf8').split(/^(?=namespace )/m);
// Each block is a namespace with one class and stands for itself.
writeFileSync(out, head + blocks.map((block) => `${block.trimEnd()}\n`).sort().join(''));
