import pg from 'pg';
import { sealEveryUnion } from '#apps/worker/seal.js';
import { sealAudit } from '#libs/persistence/seal-audit.js';
import { type AuditAnchor, verifyAudit } from '#libs/persistence/verify-audit.js';
import { isOurs, signText } from '#libs/platform/anchor-signature.js';
import { Walk } from './five-posts/walk.js';
import { TestApi } from './support/api.js';
import { must } from './support/journey.js';

let api: TestApi;
let owner: pg.Client;
beforeEach(async () => {
  api = await TestApi.start();
  owner = new pg.Client(api.database.ownerUrl);
  await owner.connect();
  const walk = new Walk(api);
  await api.records.authority(api.union.units.qingshi, 'rural_personal', 10_000_000);
  await walk.investigated(await walk.accepted());
});
afterEach(async () => {
  await owner.end();
  await api.stop();
});

const unionIdOf = () => api.union.unionId;
const seal = () => sealAudit(api.services.tools.pool, api.services.tools.ids, api.union.unionId, api.clock.now());
const verify = (anchors: readonly AuditAnchor[] = []) =>
  verifyAudit(api.services.tools.pool, api.union.unionId, { sealedBefore: new Date('2027-01-01'), anchors });
/** As the owner may who takes the guards away: what the chain is for. */
const tamper = async (sql: string, values: unknown[] = []): Promise<void> => {
  await owner.query('set session_replication_role = replica');
  await owner.query(sql, values);
  await owner.query('set session_replication_role = default');
};
const kinds = async (anchors: readonly AuditAnchor[] = []) =>
  (await verify(anchors)).broken.map(({ sequence, what }) => [sequence, what]);

describe('the chain over the audit trail', () => {
  it('holds every row once, in one line, however many seal at once', async () => {
    const before = await verify();
    expect(before).toMatchObject({ rows: 0, head: null });
    expect(new Set(before.broken.map(({ what }) => what))).toEqual(new Set(['unsealed']));
    const sealed = await Promise.all([seal(), seal(), seal()]);
    const rows = sealed.reduce((sum, one) => sum + one, 0);
    expect(rows).toBe(before.broken.length);
    expect(await verify()).toMatchObject({ rows, broken: [], head: { sequence: rows } });
    expect(await seal()).toBe(0);
  });

  it('tells the row that was edited, whichever of its words it was', async () => {
    await seal();
    await tamper(
      `update audit_event set actor_name = 'nobody' where id = (select audit_id from audit_seal where sequence = 3)`,
    );
    expect(await kinds()).toEqual([[3, 'edited']]);
    await tamper(
      `update audit_event set after = '{"x": 1}' where id = (select audit_id from audit_seal where sequence = 5)`,
    );
    expect(await kinds()).toEqual([
      [3, 'edited'],
      [5, 'edited'],
    ]);
  });

  it('tells the row that is gone, and links that do not follow', async () => {
    await seal();
    await tamper('delete from audit_event where id = (select audit_id from audit_seal where sequence = 4)');
    expect(await kinds()).toEqual([[4, 'removed']]);
    await tamper('delete from audit_seal where sequence = 4');
    expect(await kinds()).toEqual([[5, 'reordered']]);
  });

  it('tells two rows that changed places', async () => {
    await seal();
    await tamper('update audit_seal set sequence = 1000 where sequence = 2');
    await tamper('update audit_seal set sequence = 2 where sequence = 3');
    await tamper('update audit_seal set sequence = 3 where sequence = 1000');
    const found = await kinds();
    expect(found).toContainEqual([2, 'reordered']);
    expect(found).toContainEqual([3, 'reordered']);
  });

  it('tells a row that was slipped in, and an end that was cut off after it was told outside', async () => {
    await seal();
    const { head } = await verify();
    await tamper(
      `insert into audit_event (id, union_id, at, actor_name, request_id, action, subject_kind) values (gen_random_uuid(), $1, '2026-11-01', 'x', 'x', 'x', 'x')`,
      [api.union.unionId],
    );
    expect(await kinds()).toEqual([[null, 'unsealed']]);
    await tamper('delete from audit_event where id = (select audit_id from audit_seal order by sequence desc limit 1)');
    await tamper('delete from audit_seal where sequence = (select max(sequence) from audit_seal)');
    await tamper(`delete from audit_event where action = 'x'`);
    expect(await kinds()).toEqual([]);
    expect(await kinds(head === null ? [] : [head])).toEqual([[head?.sequence, 'anchor']]);
  });

  it('is not the application’s to change', async () => {
    await seal();
    for (const sql of [
      'update audit_event set action = action',
      'delete from audit_event',
      'update audit_seal set hash = hash',
      'delete from audit_seal',
      'truncate audit_pending',
      'delete from audit_pending',
      'update audit_pending set since = since',
    ])
      await expect(api.records.sql(sql, [])).rejects.toThrow(/permission denied/);
    const forged = (sequence: number, previous: string) =>
      api.records.sql(
        `insert into audit_seal (id, union_id, sequence, audit_id, previous_hash, hash, sealed_at)
         select gen_random_uuid(), $1, $2, e.id, $3, $3, now() from audit_event e limit 1`,
        [unionIdOf(), sequence, previous],
      );
    await expect(forged(1, '0'.repeat(64))).rejects.toThrow(/follows the one before/);
    await expect(forged(9999, 'a'.repeat(64))).rejects.toThrow(/follows the one before/);
    await new Walk(api).accepted();
    await expect(owner.query('delete from audit_pending')).rejects.toThrow(/waits until it is sealed/);
  });

  it('a union’s rows that wait for long raise an alarm', async () => {
    const told: string[] = [];
    await owner.query('begin');
    await owner.query(`select pg_advisory_xact_lock(hashtextextended('audit seal ' || $1::text, 0))`, [unionIdOf()]);
    api.clock.advanceSeconds(11);
    expect(await sealEveryUnion(api.services, (error) => told.push(error.message))).toBe(0);
    expect(told).toEqual([expect.stringMatching(/wait for their seal since 2026-11-24T02:00:00/)]);
    await owner.query('rollback');
    expect(await sealEveryUnion(api.services, (error) => told.push(error.message))).toBeGreaterThan(0);
    expect(told).toHaveLength(1);
  });
});

it('the trail is read by record, person and day, by the audit department alone', async () => {
  const walk = new Walk(api);
  const id = await walk.investigated(await walk.accepted());
  await seal();
  const auditor = await walk.as('auditor');
  const trail = async (query: string) => must(200, await auditor.get(`/api/v1/audit-events?${query}`)).body;
  const ofLoan = (await trail(`subjectId=${id}&limit=200`)).items;
  expect(ofLoan[0]).toMatchObject({ action: 'application.investigate', subjectId: id, sequence: expect.any(Number) });
  expect(ofLoan.every(({ subjectId }: { subjectId: string }) => subjectId === id)).toBe(true);
  const officer = api.union.staff.qingshiOfficer;
  const first = await trail(`staffId=${officer}&limit=3`);
  const second = await trail(`staffId=${officer}&limit=3&cursor=${first.nextCursor}`);
  const ids = [...first.items, ...second.items].map((one: { id: string }) => one.id);
  expect(new Set(ids).size).toBe(6);
  expect([...ids].sort().reverse()).toEqual(ids);
  expect((await trail('day=2026-11-24&limit=1')).items).toHaveLength(1);
  expect((await trail('day=2026-11-23')).items).toEqual([]);
  expect((await auditor.get('/api/v1/audit-events')).body.faults).toMatchObject([{ code: 'audit.too-wide' }]);
  for (const name of ['qingshiOfficer', 'president', 'admin'] as const)
    expect((await (await walk.as(name)).get(`/api/v1/audit-events?subjectId=${id}`)).status).toBe(403);
});

it('an anchor is signed by the installation, and by no other', () => {
  const ours = Buffer.alloc(32, 1);
  const signed = signText(ours, 'the head');
  expect(signed.publicKey).toMatch(/BEGIN PUBLIC KEY/);
  expect(isOurs(ours, signed)).toBe(true);
  expect(isOurs(ours, { ...signed, text: 'another head' })).toBe(false);
  expect(isOurs(Buffer.alloc(32, 2), signed)).toBe(false);
});

it('acts of another union are in another chain', async () => {
  const other = await api.anotherUnion('OTHER');
  await sealEveryUnion(api.services, () => {});
  const theirs = await verifyAudit(api.services.tools.pool, other.unionId, { sealedBefore: new Date('2027-01-01') });
  expect(theirs).toMatchObject({ rows: 0, broken: [] });
});
