import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Spawned } from '#libs/testing/spawned.js';

let registry: Server;
let answer: { status: number; body: object };
beforeAll(async () => {
  registry = createServer((request, response) => {
    const asked = request.method === 'POST' && request.url?.endsWith('/advisories/bulk');
    response.writeHead(asked ? answer.status : 404, { 'content-type': 'application/json' });
    request.resume().on('end', () => response.end(JSON.stringify(asked ? answer.body : {})));
  });
  await new Promise<void>((resolve) => registry.listen(0, '127.0.0.1', resolve));
});
afterAll(() => new Promise((resolve) => registry.close(resolve)));

const audit = async () => {
  const cache = await mkdtemp(join(tmpdir(), 'wugang-audit-'));
  const { port } = registry.address() as AddressInfo;
  const env = {
    npm_config_registry: `http://127.0.0.1:${port}/`,
    npm_config_fetch_retries: '0',
    npm_config_cache: cache,
  };
  const run = await Spawned.script('scripts/audit.mjs', [], env).end();
  await rm(cache, { recursive: true, force: true });
  return run;
};
const advisory = (severity: string) => ({
  fastify: [
    { id: 1, url: 'https://example.test/1', title: 'a fault', severity, vulnerable_versions: '*', cwe: [], cvss: {} },
  ],
});

describe('the audit of dependencies', () => {
  it.each(['high', 'critical'])('fails on a %s fault, and names it', async (severity) => {
    answer = { status: 200, body: advisory(severity) };
    const run = await audit();
    expect(run.stdout).toContain(`${severity}: fastify`);
    expect(run.code).toBe(1);
  });

  it.each([
    ['a moderate fault', { status: 200, body: advisory('moderate') }],
    ['no fault', { status: 200, body: {} }],
  ])('passes with %s', async (_, given) => {
    answer = given;
    expect(await audit()).toMatchObject({ code: 0, stdout: 'audit: 0 dependencies with a high or critical fault\n' });
  });

  it('says that it was skipped where the registry answers none', async () => {
    answer = { status: 405, body: {} };
    expect(await audit()).toMatchObject({ code: 0, stdout: 'audit skipped: registry does not answer\n' });
  });
});
