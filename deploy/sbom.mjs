// Makes the list of packages for deploy/sbom.sh out of the lock files.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [root, ...options] = process.argv.slice(2);
const unknown = options.find((option) => option !== '--shipped');
if (unknown) {
  console.error(`Unknown option: ${unknown}. There is only --shipped.`);
  process.exit(2);
}

// Projects whose output goes to whoever runs the service. The others build, test or imitate a CRM.
const shippedProjects = ['AmoLtv.Core', 'AmoLtv.AmoCrm', 'AmoLtv.Host'];
// Analyzers are referred to by every project and are in none of its output.
const onlyForBuilding = /^(Meziantou\.Analyzer|Microsoft\.CodeAnalysis\.BannedApiAnalyzers)$/;

const components = new Map();

/** What goes out in one place goes out, though elsewhere it only tests. */
function add(component) {
  const known = components.get(component.purl);
  if (!known || (known.scope === 'excluded' && component.scope === 'required')) {
    components.set(component.purl, component);
  }
}

function read(...path) {
  return JSON.parse(readFileSync(join(root, ...path), 'utf8'));
}

function addNuget(folder, project) {
  const lock = read(folder, project, 'packages.lock.json');
  for (const packages of Object.values(lock.dependencies)) {
    for (const [name, entry] of Object.entries(packages)) {
      if (entry.type === 'Project') continue;
      const isShipped = shippedProjects.includes(project) && !onlyForBuilding.test(name);
      const purl = `pkg:nuget/${name}@${entry.resolved}`;
      add({ type: 'library', 'bom-ref': purl, name, version: entry.resolved, scope: isShipped ? 'required' : 'excluded', purl });
    }
  }
}

function addNpm() {
  const lock = read('widget', 'package-lock.json');
  for (const [path, entry] of Object.entries(lock.packages)) {
    if (path === '') continue;
    const full = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const [group, name] = full.startsWith('@') ? full.split('/') : [undefined, full];
    const purl = `pkg:npm/${full.replace('@', '%40')}@${entry.version}`;
    const component = { type: 'library', 'bom-ref': purl, name, version: entry.version, scope: entry.dev ? 'excluded' : 'required', purl };
    if (group) component.group = group;
    if (entry.license) component.licenses = [/ (OR|AND) /.test(entry.license) ? { expression: entry.license } : { license: { id: entry.license } }];
    const hash = /^sha512-(.+)$/.exec(entry.integrity ?? '');
    if (hash) component.hashes = [{ alg: 'SHA-512', content: Buffer.from(hash[1], 'base64').toString('hex') }];
    add(component);
  }
}

for (const folder of ['src', 'tests']) {
  for (const project of readdirSync(join(root, folder), { withFileTypes: true })) {
    if (project.isDirectory() && readdirSync(join(root, folder, project.name)).includes('packages.lock.json')) {
      addNuget(folder, project.name);
    }
  }
}
addNpm();

const version = /<Version>([^<]+)</.exec(readFileSync(join(root, 'Directory.Build.props'), 'utf8'))[1];
const listed = [...components.values()]
  .filter((component) => !options.includes('--shipped') || component.scope === 'required')
  .sort((one, other) => (one.purl < other.purl ? -1 : 1));
console.log(JSON.stringify({
  $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  version: 1,
  metadata: { component: { type: 'application', 'bom-ref': 'amoltv', name: 'AmoLtv', version } },
  components: listed,
}, null, 2));
