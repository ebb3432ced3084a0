// Prints two free loopback ports, the same as last time where they are still free, and keeps them in the given file.
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';

const file = process.argv[2];

function kept() {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { crm: 0, host: 0 };
  }
}

function listen(port) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

const { crm, host } = kept();
const servers = [await listen(crm).catch(() => listen(0)), await listen(host).catch(() => listen(0))];
const ports = servers.map((server) => server.address().port);
await Promise.all(servers.map((server) => new Promise((done) => { server.close(done); })));
writeFileSync(file, `${JSON.stringify({ crm: ports[0], host: ports[1] })}\n`);
process.stdout.write(`${ports.join(' ')}\n`);
