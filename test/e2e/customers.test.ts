import { TestApi } from './support/api.js';
import { must } from './support/journey.js';
import type { Session } from './support/session.js';

let api: TestApi;
let officer: Session;
beforeAll(async () => {
  api = await TestApi.start();
  officer = await api.signIn('qingshiOfficer');
});
afterAll(() => api.stop());

const zhang = () => ({
  kind: 'person',
  name: '张三',
  identityNumber: '11010519491231002X',
  phone: '139 1234 5678',
  address: '青石乡一社1号',
  residence: 'rural',
  insiderStatus: 'none',
  monthlyIncomeFen: 500_000,
  incomeAsOf: '2026-09-30',
  homeUnitId: api.union.units.qingshi,
});

it('a customer is registered, shown masked, and stored encrypted', async () => {
  const { body } = must(201, await officer.post('/api/v1/customers', zhang()));
  expect(body).toMatchObject({
    name: '张三',
    identityMasked: '****002X',
    phoneMasked: '****5678',
    birthDate: '1949-12-31',
    version: 1,
  });
  const { rows } = (await api.records.sql('select to_jsonb(p)::text as row from party p where id = $1', [body.id])) as {
    rows: { row: string }[];
  };
  expect(rows[0]!.row).not.toContain('11010519491231002X');
  expect(rows[0]!.row).not.toContain('1234');
});

it('a company is registered by its unified social credit code', async () => {
  const company = {
    kind: 'organisation',
    name: '青石农产品有限公司',
    identityNumber: '91350100M000100Y43',
    homeUnitId: api.union.units.qingshi,
  };
  expect(must(201, await officer.post('/api/v1/customers', company)).body).toMatchObject({
    kind: 'organisation',
    birthDate: null,
  });
});

it('what was not told stays as it was, and the change is in the audit trail with before and after', async () => {
  const { id } = await api.records.customer(api.union.units.qingshi, { residence: 'rural' });
  const changed = must(
    200,
    await officer.patch(`/api/v1/customers/${id}`, { monthlyIncomeFen: 900_000 }, { ifMatch: 1 }),
  ).body;
  expect(changed).toMatchObject({ residence: 'rural', monthlyIncomeFen: 900_000, version: 2 });
  const { rows } = (await api.records.sql(
    `select before->>'monthlyIncomeFen' as before, after->>'monthlyIncomeFen' as after, actor_name, appointment_id is not null as under_post
     from audit_event where action = 'customer.amend' and subject_id = $1`,
    [id],
  )) as { rows: object[] };
  expect(rows).toEqual([{ before: '800000', after: '900000', actor_name: 'test-qingshiofficer', under_post: true }]);
});

it('a household is registered once and read back with its members', async () => {
  const [head, spouse] = [
    await api.records.customer(api.union.units.qingshi, { household: false }),
    await api.records.customer(api.union.units.qingshi, { household: false }),
  ];
  const household = {
    code: 'QS-0001',
    members: [
      { customerId: head.id, role: 'head', from: '2026-01-01' },
      { customerId: spouse.id, role: 'spouse', from: '2026-01-01' },
    ],
  };
  must(201, await officer.post('/api/v1/households', household));
  const again = await officer.post('/api/v1/households', household);
  expect(again.body.code).toBe('household.code-taken');
  const { body } = must(200, await officer.get(`/api/v1/customers/${spouse.id}/households`));
  expect(body.items).toMatchObject([{ code: 'QS-0001', members: household.members }]);
});

it('lists come by pages, newest first, each customer once', async () => {
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page: { items: { id: string }[]; nextCursor: string | null } = must(
      200,
      await officer.get(`/api/v1/customers?limit=2${cursor === null ? '' : `&cursor=${cursor}`}`),
    ).body;
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor;
  } while (cursor !== null);
  expect(seen.length).toBeGreaterThan(3);
  expect(new Set(seen).size).toBe(seen.length);
  expect([...seen].sort().reverse()).toEqual(seen);
});

it('units and products are there for everybody on post', async () => {
  expect(must(200, await officer.get('/api/v1/org-units')).body.items.length).toBeGreaterThanOrEqual(5);
  expect(must(200, await officer.get('/api/v1/products')).body.items).toHaveLength(7);
});
