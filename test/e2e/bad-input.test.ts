import { randomUUID } from 'node:crypto';
import { TestApi } from './support/api.js';
import { application, must } from './support/journey.js';
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
const person = () => ({
  kind: 'person',
  name: '张三',
  identityNumber: '11010519491231002X',
  homeUnitId: api.union.units.qingshi,
});
const rows = async (table: string) =>
  ((await api.records.sql(`select count(*)::int as n from ${table}`, [])) as { rows: { n: number }[] }).rows[0]!.n;

describe('an application with faults', () => {
  it.each([
    ['an amount below zero', { amountFen: -1 }, '/amountFen'],
    ['an amount of zero', { amountFen: 0 }, '/amountFen'],
    ['a fraction of a fen', { amountFen: 100.5 }, '/amountFen'],
    ['an amount beyond 2^53', { amountFen: 2 ** 53 }, '/amountFen'],
    ['an amount as text', { amountFen: '100000' }, '/amountFen'],
    ['no amount', { amountFen: undefined }, '/amountFen'],
    ['null for an amount', { amountFen: null }, '/amountFen'],
    ['a term of zero months', { termMonths: 0 }, '/termMonths'],
    ['a term of 601 months', { termMonths: 601 }, '/termMonths'],
    ['no purpose', { purpose: '   ' }, '/purpose'],
    ['a product that does not exist', { productCode: 'moon-mortgage' }, '/productCode'],
    ['a customer that does not exist', { customerId: randomUUID() }, '/customerId'],
    ['a branch that does not exist', { branchId: randomUUID() }, '/branchId'],
    ['an id that is none', { customerId: '42' }, '/customerId'],
    ['a guarantor that does not exist', { guarantorIds: [randomUUID()] }, '/guarantorIds/0'],
    [
      'an exception that no clause gives',
      { exception: { clause: 'C8', papers: ['repaymentPlan'] } },
      '/exception/clause',
    ],
  ])('%s is named by its path, in both languages, and nothing is written', async (_, change, path) => {
    const before = await rows('loan_application');
    const answer = await officer.post('/api/v1/applications', { ...good(), ...change }, { language: 'en' });
    expect(answer.status).toBe(400);
    expect(answer.headers['content-type']).toMatch(/application\/problem\+json/);
    expect(answer.body).toMatchObject({ code: 'input.invalid', status: 400 });
    expect(answer.body.faults.map((one: { path: string }) => one.path)).toEqual([path]);
    expect(answer.body.faults[0].text.zh).toMatch(/[\u4e00-\u9fff]/);
    expect(answer.body.faults[0].detail).toBe(answer.body.faults[0].text.en);
    expect(await rows('loan_application')).toBe(before);
  });

  it('an unknown field is refused, not ignored', async () => {
    const answer = await officer.post('/api/v1/applications', { ...good(), approved: true });
    expect(answer.status).toBe(400);
    expect(answer.body.faults[0].code).toBe('input.unknown-field');
  });

  it('nobody guarantees for himself', async () => {
    const answer = await officer.post('/api/v1/applications', { ...good(), guarantorIds: [customerId] });
    expect(answer.body.faults).toMatchObject([{ path: '/guarantorIds/0', code: 'input.own-guarantor' }]);
  });

  it('a department lends nothing', async () => {
    const answer = await officer.post('/api/v1/applications', { ...good(), branchId: api.union.units.audit });
    expect(answer.body.faults).toMatchObject([{ path: '/branchId', code: 'unit.closed' }]);
  });

  it('all faults are told at once', async () => {
    const answer = await officer.post('/api/v1/applications', {
      ...good(),
      amountFen: -1,
      termMonths: 0,
      purpose: '',
      branchId: 'x',
    });
    expect(answer.body.faults.map((one: { path: string }) => one.path).sort()).toEqual([
      '/amountFen',
      '/branchId',
      '/purpose',
      '/termMonths',
    ]);
  });
});

describe('a customer with faults', () => {
  it.each([
    ['a wrong check character', { identityNumber: '110105194912310021' }, '/identityNumber', 'input.identity'],
    ['a birth date that does not exist', { identityNumber: '110105194913310027' }, '/identityNumber', 'input.identity'],
    ['an organisation with a resident number', { kind: 'organisation' }, '/identityNumber', 'input.identity'],
    ['a date that does not exist', { incomeAsOf: '2026-02-30' }, '/incomeAsOf', 'input.date'],
    ['a date in the future', { incomeAsOf: '2026-11-25' }, '/incomeAsOf', 'input.future'],
    ['a date in another form', { creditLevelRatedOn: '24/11/2026' }, '/creditLevelRatedOn', 'input.date'],
    ['a phone of letters', { phone: 'call me' }, '/phone', 'input.wrong-format'],
    ['an income below zero', { monthlyIncomeFen: -1 }, '/monthlyIncomeFen', 'input.too-small'],
    ['a level that does not exist', { creditLevel: 'splendid' }, '/creditLevel', 'input.not-allowed'],
  ])('%s', async (_, change, path, code) => {
    const answer = await officer.post('/api/v1/customers', { ...person(), ...change });
    expect(answer.status).toBe(400);
    expect(answer.body.faults).toMatchObject([{ path, code }]);
  });

  it('an old number of 15 digits is the same person as the one of 18', async () => {
    must(201, await officer.post('/api/v1/customers', { ...person(), identityNumber: '110105491231002' }));
    const again = await officer.post('/api/v1/customers', person());
    expect(again.status).toBe(409);
    expect(again.body).toMatchObject({ code: 'customer.identity-taken', clause: 'M2' });
  });

  it('a household has its members once, and one head', async () => {
    const member = { customerId, role: 'head', from: '2026-01-01' };
    const answer = await officer.post('/api/v1/households', { code: 'H-9', members: [member, member] });
    expect(answer.body.faults.map((one: { code: string }) => one.code).sort()).toEqual([
      'household.member-twice',
      'household.one-head',
    ]);
  });

  it('the same consent twice is a conflict, not a fault of the system', async () => {
    const consent = { purpose: '贷款申请', signedOn: '2026-11-24', expiresOn: '2026-12-24', evidence: 'A-1' };
    must(201, await officer.post(`/api/v1/customers/${customerId}/bureau-consents`, consent));
    const again = await officer.post(`/api/v1/customers/${customerId}/bureau-consents`, consent);
    expect(again.status).toBe(409);
    expect(again.body.code).toBe('record.exists');
  });

  it('a consent that ends before it begins', async () => {
    const consent = { purpose: '贷款申请', signedOn: '2026-11-24', expiresOn: '2026-11-23', evidence: 'A-2' };
    const answer = await officer.post(`/api/v1/customers/${customerId}/bureau-consents`, consent);
    expect(answer.body.faults).toMatchObject([{ path: '/expiresOn', code: 'input.dates' }]);
  });
});

describe('a request that cannot be read', () => {
  const raw = () =>
    api.request().post('/api/v1/applications').set('cookie', officer.cookie).set('idempotency-key', randomUUID());

  it.each([
    ['malformed JSON', 'application/json', '{"amountFen": 1,', 400],
    ['plain text', 'text/plain', 'amount=1', 400],
    ['a format that is not taken', 'application/xml', '<amount>1</amount>', 415],
    ['an array', 'application/json', '[]', 400],
    ['null', 'application/json', 'null', 400],
    ['a body of a megabyte', 'application/json', `{"purpose": "${'x'.repeat(1_000_000)}"}`, 413],
  ])('%s gets problem details', async (_, type, body, status) => {
    const answer = await raw().set('content-type', type).send(body);
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toMatch(/application\/problem\+json/);
    expect(answer.body).toMatchObject({
      status,
      requestId: expect.any(String),
      text: { zh: expect.any(String), en: expect.any(String) },
    });
  });

  it('a prototype in the body changes nothing', async () => {
    const answer = await raw().set('content-type', 'application/json').send('{"__proto__": {"amountFen": 1}}');
    expect(answer.status).toBe(400);
    expect(({} as { amountFen?: number }).amountFen).toBeUndefined();
  });

  it('an address that is not there, and an id that is none', async () => {
    expect((await api.request().get('/api/v1/nowhere')).status).toBe(404);
    expect((await officer.get('/api/v1/applications/42')).status).toBe(400);
    expect((await officer.get(`/api/v1/applications/${randomUUID()}`)).status).toBe(404);
    expect((await officer.get('/api/v1/applications?limit=0')).status).toBe(400);
    expect((await officer.get('/api/v1/applications?cursor=x')).status).toBe(400);
    expect((await officer.get('/api/v1/applications?sort=amount')).status).toBe(400);
  });
});

describe('quotes, tags and wide characters', () => {
  it('are kept as they were given', async () => {
    const purpose = `'; drop table party; -- <script>alert("1")</script> 𠮷野家 \\u0000`;
    const { body } = must(201, await officer.post('/api/v1/applications', { ...good(), purpose }));
    expect(must(200, await officer.get(`/api/v1/applications/${body.id}`)).body.purpose).toBe(purpose);
  });

  it('half a character is no text', async () => {
    const answer = await officer.post('/api/v1/in-house-searches', { phone: '13800001111', purpose: 'x\ud800' });
    expect(answer.status).toBe(400);
    expect(answer.body.faults).toMatchObject([{ path: '/purpose', code: 'input.not-text' }]);
  });

  it('an address with a broken escape gets problem details', async () => {
    const answer = await api.request().get('/api/v1/applications/%E0%A4%A');
    expect(answer.status).toBe(400);
    expect(answer.headers['content-type']).toMatch(/application\/problem\+json/);
  });

  it('a NUL character, which no database text holds, is refused as a fault of the input', async () => {
    const answer = await officer.post('/api/v1/applications', { ...good(), purpose: 'a\u0000b' });
    expect(answer.status).toBe(400);
    expect(answer.body.faults).toMatchObject([{ path: '/purpose' }]);
  });
});
