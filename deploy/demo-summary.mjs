// What the demo asks of the sandbox CRM, and what it tells in the end.
import { readFileSync } from 'node:fs';

const [what, ...given] = process.argv.slice(2);

async function ask(address, path, method = 'GET', body = undefined) {
  const answer = await fetch(address + path, {
    method,
    headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text.slice(0, 300)}`);
  return text === '' ? null : JSON.parse(text);
}

/** The last line of a file of output: that is where --json puts it. */
function lastLine(file) {
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return JSON.parse(lines.at(-1));
}

function connected([file, host]) {
  const { accounts } = lastLine(file);
  return accounts.some((account) => account.host === host && account.grants.some((grant) => grant.status === 'connected'));
}

function table(result) {
  const number = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });
  const excluded = Object.entries(result.excluded ?? {}).map(([reason, count]) => `${number.format(count)} ${reason}`).join(', ');
  const rows = [
    ['Companies', number.format(result.companies)],
    ['Clients valued', number.format(result.valued)],
    ['Purchases', number.format(result.purchases)],
    ['Revenue', new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(result.revenue)],
    ['Leads that do not count', excluded || 'none'],
    ['Leads that could not be read', number.format(result.unreadable)],
    ['Fields written', result.fieldsWritten === 0 ? '0: the CRM already held every number' : number.format(result.fieldsWritten)],
    ['Fields that differ in the CRM', number.format(result.mismatches)],
    ['Requests to the CRM', `${number.format(result.requests)}, of them refused as too many: ${number.format(result.throttled)}`],
    ['Seconds', number.format(result.seconds)],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join('\n');
}

async function report([file, address, seconds, form]) {
  const { account, ...verified } = lastLine(file);
  const { requests, throttled } = await ask(address, '/sandbox/statistics');
  const result = { ...verified, requests, throttled, seconds: Number(seconds) };
  if (form !== 'json') process.stdout.write(`\n${table(result)}\n\n`);
  process.stdout.write(`${JSON.stringify(result)}\n`);
  return result.mismatches === 0 && result.unreadable === 0 && result.throttled === 0;
}

async function install([address, clientId]) {
  const { status, body } = await ask(address, '/sandbox/install', 'POST', { clientId });
  if (status < 200 || status >= 400) throw new Error(`The Host answered the install call with ${status}: ${body}`);
}

async function mostValuable(crm, entity) {
  const values = await ask(crm, `/sandbox/fields?entity=${entity}`);
  return Object.entries(values ?? {}).sort(([, a], [, b]) => (b.AMOLTV_LTV ?? 0) - (a.AMOLTV_LTV ?? 0))[0]?.[0];
}

async function cards([crm]) {
  const company = await mostValuable(crm, 'companies');
  const contact = await mostValuable(crm, 'contacts');
  const card = company && await ask(crm, `/platform/cards/companies/${company}`);
  const lead = card?.linked?.find((one) => one.entity === 'leads')?.id;
  process.stdout.write('Cards to open, with ?theme=dark, &width=240 or &lang=en as you like:\n');
  for (const [entity, id] of [['companies', company], ['contacts', contact], ['leads', lead]]) {
    if (id) process.stdout.write(`  ${crm}/${entity}/detail/${id}\n`);
  }
  process.stdout.write('Analytics, as it opens from the menu of the CRM; settings and operations, as its administrator opens them:\n');
  process.stdout.write(`  ${crm}/menu/ltv_main\n  ${crm}/settings/advanced\n`);
  process.stdout.write('The bar at the foot of each page changes user, language and theme.\n');
}

const actions = {
  connected,
  cards,
  report,
  install,
  reset: ([address]) => ask(address, '/sandbox/statistics', 'DELETE').then(() => true),
};

try {
  process.exitCode = (await actions[what](given)) === false ? 1 : 0;
} catch (problem) {
  process.stderr.write(`${problem.message}\n`);
  process.exitCode = 1;
}
