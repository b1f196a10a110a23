import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { scanClearText } from '#apps/cli/verify/clear-text/scan.js';
import { openGround, type Peopled, people } from '#apps/cli/verify/ground.js';
import { readAllowed } from '#apps/cli/verify/matrix/allowed.js';
import { runMatrix } from '#apps/cli/verify/matrix/run-matrix.js';
import { readConfig } from '#libs/platform/config.js';
import { jsonOf, runCli } from '#libs/testing/run-cli.js';
import { testServerUrl } from '#libs/testing/test-database.js';

let folder: string;
let ground: Peopled;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wugang-verify-'));
  await chmod(folder, 0o755);
  const settings = { DATABASE_URL: testServerUrl(), WUGANG_DATA_DIR: folder, LOG_LEVEL: 'error' };
  ground = await people(await openGround(readConfig(settings)));
}, 60_000);
afterAll(async () => {
  await ground?.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('wugang verify --quick', () => {
  it('lets nothing through', async () => {
    const env = { DATABASE_URL: testServerUrl(), WUGANG_DATA_DIR: join(folder, 'quick') };
    const run = await runCli(['verify', '--quick', '--json'], env);
    expect(run.stderr).toBe('');
    expect(jsonOf(run)).toEqual({
      cells: expect.any(Number),
      leaks: 0,
      requests: expect.any(Number),
      serverErrors: 0,
      breaches: 0,
      rounds: 5,
      lost: 0,
      doubled: 0,
      bypasses: 0,
      clearText: 0,
    });
    const { cells, requests } = jsonOf<{ cells: number; requests: number }>(run);
    expect(cells).toBeGreaterThan(5000);
    expect(requests).toBeGreaterThanOrEqual(2000);
  }, 240_000);

  it('takes sizes that are whole numbers', async () => {
    const run = await runCli(['verify', '--rounds', 'many'], {});
    expect(run.stderr).toMatch(/--rounds many: a whole number/);
    expect(run.code).toBe(1);
  });
});

describe('what verify would see', () => {
  it('a route that lets in whom the list does not name, one that keeps out whom it names, and one that nobody listed', async () => {
    const list = new Map(await readAllowed());
    list.set('GET /api/v1/customers/:id', { reach: 'unit', posts: ['branch_director'] });
    list.set('GET /api/v1/accounts', { reach: 'union-list', posts: ['president', 'system_administrator'] });
    list.delete('GET /api/v1/products');
    const routes = ground.server.routes.filter(({ method, path }) =>
      ['GET /api/v1/customers/:id', 'GET /api/v1/accounts', 'GET /api/v1/products'].includes(`${method} ${path}`),
    );
    const result = await runMatrix({ ...ground, server: { ...ground.server, routes } }, { allowed: list });
    expect(result.cells).toBe(3 * (ground.people.length + 1));
    const told = result.leaks.map(({ route, who }) => `${route} ${who}`);
    expect(told).toContain('GET /api/v1/customers/:id field_credit_officer own');
    expect(told).toContain('GET /api/v1/customers/:id auditor other');
    expect(told).not.toContain('GET /api/v1/customers/:id branch_director own');
    expect(told).toContain('GET /api/v1/products president own');
    const shut = result.shut.map(({ route, who }) => `${route} ${who}`);
    expect(shut).toContain('GET /api/v1/accounts president own');
    expect(shut).toContain('GET /api/v1/products all');
  }, 60_000);

  it('an identity number in the log, in an answer, in a table; a phone; the password', async () => {
    const { identityNumber = '', phone = '' } = ground.targets;
    const before = await scanClearText(ground, new Map());
    expect(before.found).toEqual([]);
    expect(before.looked).toBeGreaterThan(1000);
    const owner = new pg.Client(ground.server.database.ownerUrl);
    await owner.connect();
    await owner.query(`select set_config('app.union_id', $1, false), set_config('app.unit_scope', 'all', false)`, [
      ground.server.unionId,
    ]);
    await owner.query('update party set address = $2 where id = $1', [ground.targets['customer'], `电话 ${phone} 号`]);
    await owner.end();
    const logged = () => `{"msg":"no such customer ${identityNumber}"}`;
    const after = await scanClearText(
      { ...ground, logged },
      new Map([['GET /x', `{"a":"wugang-demo-2026","b":"x${identityNumber}"}`]]),
    );
    expect([...after.found].sort()).toEqual([
      'answer to GET /x: password',
      'log: identity number',
      'table party: phone',
    ]);
  }, 60_000);
});
