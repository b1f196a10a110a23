import { TestApi } from './support/api.js';
import { application, must, submitted, takeConsent } from './support/journey.js';
import type { Session } from './support/session.js';

let api: TestApi;
let officer: Session;
let customerId: string;
beforeAll(async () => {
  api = await TestApi.start();
  officer = await api.signIn('qingshiOfficer');
  customerId = (await api.records.customer(api.union.units.qingshi)).id;
});
afterAll(() => api.stop());

const good = () => application({ branchId: api.union.units.qingshi, customerId });
const count = async (sql: string, values: unknown[] = []) =>
  ((await api.records.sql(sql, values)) as { rows: { n: number }[] }).rows[0]!.n;

describe('Idempotency-Key', () => {
  it('the same request twice takes effect once and gets the same answer', async () => {
    const first = must(201, await officer.post('/api/v1/applications', good(), { key: 'key-one-twice' }));
    const again = must(201, await officer.post('/api/v1/applications', good(), { key: 'key-one-twice' }));
    expect(again.body).toEqual(first.body);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(await count('select count(*)::int as n from loan_application where id = $1', [first.body.id])).toBe(1);
    expect(await count(`select count(*)::int as n from audit_event where subject_id = $1`, [first.body.id])).toBe(1);
  });

  it('twenty at once take effect once', async () => {
    const before = await count('select count(*)::int as n from loan_application');
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => officer.post('/api/v1/applications', good(), { key: 'key-twenty-at-once' })),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 201));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(await count('select count(*)::int as n from loan_application')).toBe(before + 1);
  });

  it('the same key with another content is refused', async () => {
    must(201, await officer.post('/api/v1/applications', good(), { key: 'key-reused-x' }));
    const other = await officer.post('/api/v1/applications', { ...good(), amountFen: 1 }, { key: 'key-reused-x' });
    expect(other.status).toBe(422);
    expect(other.body.code).toBe('idempotency.key-reused');
  });

  it('a request that failed may be sent again with its key', async () => {
    expect(
      (await officer.post('/api/v1/applications', { ...good(), productCode: 'none' }, { key: 'key-after-fault' }))
        .status,
    ).toBe(400);
    must(201, await officer.post('/api/v1/applications', good(), { key: 'key-after-fault' }));
  });

  it.each([[''], ['short'], ['x'.repeat(201)]])('a command without a proper key is not taken: "%s"', async (key) => {
    const answer = await officer.post('/api/v1/applications', good(), { key });
    expect(answer.status).toBe(428);
    expect(answer.body.code).toBe('idempotency.missing');
  });

  it("is one person's own: another officer's same key is another act", async () => {
    const other = await api.signIn('liuheOfficer');
    must(201, await officer.post('/api/v1/applications', good(), { key: 'key-of-two-people' }));
    const body = application({ branchId: api.union.units.liuhe, customerId });
    must(201, await other.post('/api/v1/applications', body, { key: 'key-of-two-people' }));
  });
});

describe('If-Match', () => {
  it('a change of what somebody else has changed meanwhile is refused', async () => {
    const { id } = await api.records.customer(api.union.units.qingshi);
    const seen = must(200, await officer.get(`/api/v1/customers/${id}`));
    expect(seen.headers['etag']).toBe('"1"');
    const changed = must(200, await officer.patch(`/api/v1/customers/${id}`, { residence: 'urban' }, { ifMatch: 1 }));
    expect(changed.headers['etag']).toBe('"2"');
    const stale = await officer.patch(`/api/v1/customers/${id}`, { residence: 'rural' }, { ifMatch: 1 });
    expect(stale.status).toBe(412);
    expect(stale.body.code).toBe('record.stale');
    expect(must(200, await officer.get(`/api/v1/customers/${id}`)).body.residence).toBe('urban');
  });

  it.each([undefined, 'W/"1"', '1', '*'])('a change without the version seen is refused: %s', async (ifMatch) => {
    const answer = await officer.patch(
      `/api/v1/customers/${customerId}`,
      { residence: 'urban' },
      ifMatch === undefined ? {} : { ifMatch },
    );
    expect(answer.status).toBe(428);
  });

  it('of ten changes at once one wins', async () => {
    const { id } = await api.records.customer(api.union.units.qingshi);
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        officer.patch(`/api/v1/customers/${id}`, { monthlyIncomeFen: n }, { ifMatch: 1 }),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 412)).toHaveLength(9);
  });
});

describe('an application that has moved on', () => {
  it('is withdrawn once, with its reason, and cannot be decided afterwards', async () => {
    const id = await submitted(officer, { branchId: api.union.units.qingshi, customerId });
    const path = `/api/v1/applications/${id}/withdrawal`;
    const gone = must(200, await officer.post(path, { reason: '客户改变主意' }, { ifMatch: 1 }));
    expect(gone.body).toMatchObject({ stage: 'withdrawn', version: 2 });
    const again = await officer.post(path, { reason: '再撤一次' }, { ifMatch: 2 });
    expect(again.status).toBe(409);
    expect(again.body).toMatchObject({ code: 'application.wrong-stage', clause: 'G1' });
    expect((await officer.post(`/api/v1/applications/${id}/intake-decisions`)).status).toBe(409);
  });

  it('of two decisions at once one is made', async () => {
    const customer = await api.records.customer(api.union.units.qingshi);
    const id = await submitted(officer, { branchId: api.union.units.qingshi, customerId: customer.id });
    await takeConsent(officer, customer.id);
    must(201, await officer.post(`/api/v1/applications/${id}/bureau-queries`));
    const path = `/api/v1/applications/${id}/intake-decisions`;
    const answers = await Promise.all([officer.post(path), officer.post(path), officer.post(path)]);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(await count('select count(*)::int as n from decision where application_id = $1', [id])).toBe(1);
  });
});
