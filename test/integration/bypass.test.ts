import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DemoServer, startDemoServer } from '#apps/cli/demo/demo-server.js';
import { runBypass, runControl } from '#apps/cli/verify/bypass/run-bypass.js';
import { readConfig } from '#libs/platform/config.js';

let folder: string;
let server: DemoServer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wugang-bypass-'));
  await chmod(folder, 0o755); // root's server runs as another user
  server = await startDemoServer(readConfig({ WUGANG_DATA_DIR: folder, LOG_LEVEL: 'error' }));
});
afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

it('nothing goes around the posts by SQL as the application role', async () => {
  const { attempts, bypasses } = await runBypass(server);
  expect(bypasses).toEqual([]);
  expect(attempts).toBeGreaterThanOrEqual(40);
});

/** Tables that the walks leave empty: who may change their rows finds none. */
const EMPTY = /^(finding|finding_answer|audit_seal|authority_table|branch_rating|firm_court_outcome|stage_reminder)-/;

it('the attempts are well made: with the guards off, the owner is seen to get through wherever no constraint stands', async () => {
  const tried = await runControl(server);
  const through = tried.filter(({ outcome }) => outcome === 'bypass');
  expect([...new Set(through.map(({ kind }) => kind))]).toEqual([...new Set(tried.map(({ kind }) => kind))]);
  const held = tried.filter(({ outcome, detail }) => outcome === 'refused' && !/^(23505|23P01|23514) /.test(detail));
  expect(held.map(({ id }) => id)).toEqual(['number-taken-from-another-union']); // held by the function itself
  const idle = tried.filter(({ outcome }) => outcome === 'at-fault');
  expect(idle.filter(({ id, detail }) => !EMPTY.test(id) || detail !== 'changed nothing')).toEqual([]);
  expect(through.length).toBeGreaterThan(150);
});
