import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asOwner } from '#apps/cli/verify/as-owner.js';
import { scanClearText } from '#apps/cli/verify/clear-text/scan.js';
import { openGround, type Peopled, people } from '#apps/cli/verify/ground.js';
import { brokenInvariants } from '#apps/cli/verify/invariants.js';
import { lostAndDoubled } from '#apps/cli/verify/kill/judge.js';
import { readAllowed } from '#apps/cli/verify/matrix/allowed.js';
import { runMatrix } from '#apps/cli/verify/matrix/run-matrix.js';
import { readConfig } from '#libs/platform/config.js';
import { jsonOf, runCli } from '#libs/testing/run-cli.js';

let folder: string;
let ground: Peopled;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wugang-verify-'));
  await chmod(folder, 0o755);
  // A server of its own: other suites look whether their scratch databases are gone.
  ground = await people(await openGround(readConfig({ WUGANG_DATA_DIR: folder, LOG_LEVEL: 'error' })));
}, 60_000);
afterAll(async () => {
  await ground?.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('wugang verify --quick', () => {
  it('lets nothing through', async () => {
    const run = await runCli(['verify', '--quick', '--json'], { WUGANG_DATA_DIR: join(folder, 'quick') });
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
    const { unionId, database } = ground.server;
    await asOwner(database.ownerUrl, unionId, (owner) =>
      owner.query('update party set address = $2 where id = $1', [ground.targets['customer'], `电话 ${phone} 号`]),
    );
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

  it('a command that is lost, one that took effect twice, and one that took effect once', async () => {
    const { unionId, database } = ground.server;
    const [lost, twice, once] = ['lost-command', 'twice-command', 'once-command'] as const;
    await asOwner(database.ownerUrl, unionId, async (owner) => {
      for (const [key, effects] of [[twice, 2] as const, [once, 1] as const]) {
        await owner.query(
          `insert into idempotency_key (id, union_id, key, actor_id, route, body_hash, created_at, status, response)
           values (gen_random_uuid(), $1, $2, gen_random_uuid(), 'x', 'x', now(), 201, '{}')`,
          [unionId, key],
        );
        for (let n = 0; n < effects; n += 1)
          await owner.query(
            `insert into loan_application (id, union_id, file_no, branch_id, party_id, product_id, amount_fen, term_months, purpose, stage, submitted_on, submitted_at)
             select gen_random_uuid(), union_id, gen_random_uuid()::text, branch_id, party_id, product_id, 100, 12, $2, 'intake', current_date, now()
             from loan_application where id = $1`,
            [ground.targets['application'], key],
          );
      }
    });
    const sent = [lost, twice, once].map((key) => ({ key, path: '/applications', body: `{"purpose":"${key}"}` }));
    expect(await lostAndDoubled(database.ownerUrl, unionId, sent)).toEqual({
      lost: ['/applications lost-command'],
      doubled: ['/applications twice-command'],
    });
  });

  it('a released loan of which half is gone, and a stage that was skipped', async () => {
    const { unionId, database } = ground.server;
    expect(await brokenInvariants(database.ownerUrl, unionId)).toEqual([]);
    await asOwner(database.ownerUrl, unionId, async (owner) => {
      await owner.query(`set session_replication_role = replica`);
      await owner.query(
        `delete from loan_instalment where loan_id = (select id from loan where application_id is not null limit 1) and number = 1`,
      );
      await owner.query(`update loan_application set stage = 'released', closed_at = now() where id = $1`, [
        ground.targets['application'],
      ]);
    });
    const broken = (await brokenInvariants(database.ownerUrl, unionId)).map((one) => one.split(':')[0]);
    expect(broken).toEqual(
      expect.arrayContaining([
        'a loan whose plan is not its principal',
        'a released application without its one loan',
        'a released application without a release check that lets it go',
        'a released loan that is not told of once',
      ]),
    );
  });
});
