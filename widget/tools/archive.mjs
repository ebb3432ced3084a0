// The files of the archive, in a fixed order: what lint checks and pack packs is one list.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const cardFolder = fileURLToPath(new URL('../card/', import.meta.url));
export const versionFile = fileURLToPath(new URL('../../Directory.Build.props', import.meta.url));

/** Name inside the archive -> bytes, sorted by name. */
export function readCard(folder = cardFolder) {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(folder.length).replaceAll('\\', '/'))
    .sort();
  return new Map(names.map((name) => [name, readFileSync(join(folder, name))]));
}

/** The version that is raised with every release; the platform serves fresh files only for a new one. */
export function packageVersion() {
  return /<Version>([^<]+)</.exec(readFileSync(versionFile, 'utf8'))[1];
}
