import { TestApi } from './support/api.js';
import { application, consent, must, submitted, takeIn } from './support/journey.js';
import type { Session } from './support/session.js';

let api: TestApi;
let qingshi: Session;
let liuhe: Session;
let auditor: Session;
let customerId: string;
let applicationId: string;
beforeAll(async () => {
  api = await TestApi.start();
  [qingshi, liuhe, auditor] = [
    await api.signIn('qingshiOfficer'),
    await api.signIn('liuheOfficer'),
    await api.signIn('auditor'),
  ];
  customerId = (await api.records.customer(api.union.units.qingshi)).id;
  applicationId = await submitted(qingshi, { branchId: api.union.units.qingshi, customerId });
});
afterAll(() => api.stop());

describe("another branch's records", () => {
  it('are not there for reading', async () => {
    for (const path of [
      `customers/${customerId}`,
      `customers/${customerId}/households`,
      `applications/${applicationId}`,
      `applications/${applicationId}/decisions`,
    ]) {
      expect((await liuhe.get(`/api/v1/${path}`)).status).toBe(404);
      expect((await qingshi.get(`/api/v1/${path}`)).status).toBe(200);
    }
    const listed = must(200, await liuhe.get('/api/v1/applications'));
    expect(listed.body.items).toEqual([]);
    expect(must(200, await liuhe.get('/api/v1/customers')).body.items).toEqual([]);
  });

  it.each([
    [
      'submit there',
      () => liuhe.post('/api/v1/applications', application({ branchId: api.union.units.qingshi, customerId })),
    ],
    ['decide there', () => liuhe.post(`/api/v1/applications/${applicationId}/intake-decisions`)],
    ['ask the bureau there', () => liuhe.post(`/api/v1/applications/${applicationId}/bureau-queries`)],
    [
      'withdraw there',
      () => liuhe.post(`/api/v1/applications/${applicationId}/withdrawal`, { reason: '客户要求' }, { ifMatch: 1 }),
    ],
    [
      'change a customer there',
      () => liuhe.patch(`/api/v1/customers/${customerId}`, { residence: 'urban' }, { ifMatch: 1 }),
    ],
    [
      'register a customer there',
      () =>
        liuhe.post('/api/v1/customers', {
          kind: 'person',
          name: '李四',
          identityNumber: '11010519491231002X',
          homeUnitId: api.union.units.qingshi,
        }),
    ],
    [
      'register a household of theirs',
      () =>
        liuhe.post('/api/v1/households', { code: 'H-1', members: [{ customerId, role: 'head', from: '2026-01-01' }] }),
    ],
  ])('cannot be written: %s', async (_, act) => {
    const answer = await act();
    expect(answer.status).toBe(403);
    expect(answer.body).toMatchObject({ code: 'scope.other-unit', clause: 'G1' });
  });

  it('links between two of their customers cannot be made', async () => {
    const other = await api.records.customer(api.union.units.qingshi);
    const link = { otherCustomerId: other.id, kind: 'spouse', from: '2026-01-01', source: '结婚证' };
    expect((await liuhe.post(`/api/v1/customers/${customerId}/links`, link)).status).toBe(403);
    expect((await qingshi.post(`/api/v1/customers/${customerId}/links`, link)).status).toBe(201);
  });

  it("a customer may sign and apply at any branch: consent and application are that branch's own", async () => {
    must(201, await liuhe.post(`/api/v1/customers/${customerId}/bureau-consents`, consent));
    await submitted(liuhe, { branchId: api.union.units.liuhe, customerId });
  });
});

describe('head office', () => {
  it('the audit department reads every branch and writes nothing', async () => {
    expect((await auditor.get(`/api/v1/applications/${applicationId}`)).status).toBe(200);
    for (const act of [
      () => auditor.post('/api/v1/applications', application({ branchId: api.union.units.qingshi, customerId })),
      () => auditor.post(`/api/v1/applications/${applicationId}/intake-decisions`),
      () => auditor.post(`/api/v1/customers/${customerId}/bureau-consents`, consent),
    ]) {
      const answer = await act();
      expect(answer.status).toBe(403);
      expect(answer.body.code).toBe('permission.missing');
    }
  });
});

describe('another county union', () => {
  it('sees nothing of this one, by the API or by the application role in SQL', async () => {
    const other = await api.anotherUnion('OTHER');
    const officer = await api.signIn('qingshiOfficer', 'OTHER');
    expect((await officer.get(`/api/v1/customers/${customerId}`)).status).toBe(404);
    const search = { name: '客户', birthDate: '1980-01-01', purpose: '受理' };
    expect(must(200, await officer.post('/api/v1/in-house-searches', search)).body.customers).toEqual([]);
    const answer = await officer.post(
      '/api/v1/applications',
      application({ branchId: other.units.qingshi, customerId }),
    );
    expect(answer.status).toBe(400);
    expect(answer.body.faults).toMatchObject([{ path: '/customerId', code: 'input.no-such-record' }]);
    const { rows } = await api.services.tools.pool.query('select count(*)::int as seen from party');
    expect(rows).toEqual([{ seen: 0 }]); // no union set: no row
  });

  it('a decision of one union is not read by another', async () => {
    const { id } = await api.records.customer(api.union.units.qingshi);
    const decision = await takeIn(qingshi, { branchId: api.union.units.qingshi, customerId: id });
    const officer = await api.signIn('auditor', 'OTHER');
    expect((await officer.get(`/api/v1/decisions/${decision.body.id}`)).status).toBe(404);
    expect((await liuhe.get(`/api/v1/decisions/${decision.body.id}`)).status).toBe(404);
    expect((await auditor.get(`/api/v1/decisions/${decision.body.id}`)).status).toBe(200);
  });
});
