import { signEarlierParameters } from '#libs/platform/sign-earlier-parameters.js';
import { TestApi, TODAY } from '../support/api.js';
import { findingsOf, must, takeIn } from '../support/journey.js';
import type { Session } from '../support/session.js';
import { bookWith, casesFor, RulesDesk, warnOnly } from './rules-desk.js';

let api: TestApi;
let desk: RulesDesk;
let officer: Session;
beforeEach(async () => {
  api = await TestApi.start();
  desk = await RulesDesk.open(api);
  officer = await api.signIn('qingshiOfficer');
});
afterEach(() => api.stop());

const moveTo = async (day: string) => {
  api.clock.set(`${day}T02:00:00.000Z`);
  desk = await RulesDesk.open(api);
  officer = await api.signIn('qingshiOfficer');
};
const change = (traits: object = {}) => ({
  key: 'policy.hardEnquiriesTolerated',
  value: 8,
  unit: 'count',
  from: '2026-11-26',
  to: null,
  source: { zh: '联社文件2号', en: 'union paper 2' },
  clause: 'M2',
  own: false,
  reason: '两年数据表明六次过严',
  ...traits,
});
const enquired = async (times: number) => {
  const { qingshi } = api.union.units;
  const customer = await api.records.customer(qingshi);
  api.files.set(customer.identityNumber, { hardEnquiries12Months: times });
  return findingsOf(await takeIn(officer, { branchId: qingshi, customerId: customer.id }));
};
const attention = async (days: number) =>
  must(200, await desk.checker.get(`/api/v1/policy-parameters/attention?days=${days}`)).body;
const keys = (rows: { key: string }[]) => rows.map(({ key }) => key);
const valuesOf = async (key: string) =>
  must(200, await desk.checker.get('/api/v1/policy-parameters'))
    .body.items.filter((row: { key: string }) => row.key === key)
    .map(({ value, from, to }: { value: number; from: string; to: string | null }) => [value, from, to]);

it('a parameter changes by two people from its day on, runs out, and is unknown from then on (M2)', async () => {
  expect(await enquired(7)).toEqual({ enquiries: 'REFER' });
  expect(keys((await attention(30)).unconfirmed)).toContain('policy.hardEnquiriesTolerated');
  await desk.published({ parameters: [change({ to: '2026-12-05' })] }, TODAY);
  expect(await enquired(7)).toEqual({ enquiries: 'REFER' });
  await moveTo('2026-11-26');
  expect(await enquired(7)).toEqual({});
  expect(await enquired(9)).toEqual({ enquiries: 'REFER' });
  expect(keys((await attention(5)).expiring)).toEqual([]);
  expect(keys((await attention(10)).expiring)).toEqual(['policy.hardEnquiriesTolerated']);
  expect(keys((await attention(10)).unconfirmed)).not.toContain('policy.hardEnquiriesTolerated');
  await moveTo('2026-12-06');
  expect(await enquired(1)).toEqual({ enquiries: 'REFER unknown' });
  expect((await attention(10)).missing).toEqual(['policy.hardEnquiriesTolerated']);
  await desk.published({ parameters: [change({ value: 5, from: '2026-12-07' })] }, '2026-12-06');
  await moveTo('2026-12-07');
  expect(await enquired(5)).toEqual({});
  expect((await desk.replay()).differing).toEqual([]);
  expect(await valuesOf('policy.hardEnquiriesTolerated')).toEqual([
    [6, '1990-01-01', '2026-11-25'],
    [8, '2026-11-26', '2026-12-05'],
    [5, '2026-12-07', null],
  ]);
});

it('a change that has not begun is replaced by a later one; what was in force is not', async () => {
  await desk.published({ parameters: [change({ from: '2026-12-10' })] }, TODAY);
  await desk.published({ parameters: [change({ value: 9, from: '2026-12-01' })] }, TODAY);
  expect(await valuesOf('policy.hardEnquiriesTolerated')).toEqual([
    [6, '1990-01-01', '2026-11-30'],
    [9, '2026-12-01', null],
  ]);
  await desk.published({ parameters: [change({ value: 3, from: TODAY, to: '2026-11-28' })] }, TODAY);
  expect(await valuesOf('policy.hardEnquiriesTolerated')).toEqual([
    [6, '1990-01-01', '2026-11-23'],
    [3, '2026-11-24', '2026-11-28'],
    [9, '2026-12-01', null],
  ]);
});

it('rules and the parameters that they need come into force together', async () => {
  const content = await bookWith('2026.2', warnOnly('other-lenders-refer'));
  const product = { code: 'rural-personal', category: 'rural_personal' };
  const byNumber = (enquiries: number, expect: 'none' | 'finding') => {
    const name = { zh: `${enquiries}次`, en: `${enquiries} enquiries` };
    return { name, facts: { 'bureau.hardEnquiries12Months': enquiries }, expect };
  };
  const unknown = { name: { zh: '不明', en: 'unknown' }, facts: {}, expect: 'unknown' as const };
  const atEight = { rule: 'enquiries', product, cases: [byNumber(8, 'none'), byNumber(9, 'finding'), unknown] };
  const draft = { content, parameters: [change()], cases: await casesFor(content, [atEight]) };
  await desk.published(draft, '2026-11-26');
  await moveTo('2026-11-26');
  expect(await enquired(8)).toEqual({});
  expect(must(200, await desk.maker.get('/api/v1/rule-drafts')).body.items[0]).toMatchObject({
    state: 'published',
    rules: 90,
    parameterChanges: 1,
  });
});

it('changes with faults are refused with all of them', async () => {
  const id = await desk.drafted({
    parameters: [
      change({ key: 'policy.madeUp' }),
      change({ unit: 'fen', value: 'many', from: '2026-11-01' }),
      change({ from: '2026-12-01', to: '2026-11-01' }),
    ],
  });
  const refused = await desk.step(desk.maker, id, 'submission', 1, { effectiveFrom: TODAY });
  const told = refused.body.faults.map(({ path, code }: { path: string; code: string }) => `${path} ${code}`);
  expect(told).toEqual([
    '/parameters/0/key parameter.unknown',
    '/parameters/1/unit parameter.unit',
    '/parameters/1/value parameter.type',
    '/parameters/1/from parameter.past',
    '/parameters/2/key parameter.twice',
    '/parameters/2/to input.dates',
  ]);
  const shapeless = await desk.drafted({ parameters: [{ key: 'policy.hardEnquiriesTolerated' }] });
  const whole = await desk.step(desk.maker, shapeless, 'submission', 1, { effectiveFrom: TODAY });
  expect(whole.body.faults.map(({ path }: { path: string }) => path)).toContain('/parameters/0/reason');
});

it('the application role ends and adds no parameter by itself', async () => {
  const end = `update policy_parameter set valid_to = '2026-11-23' where key = 'policy.hardEnquiriesTolerated'`;
  await expect(desk.asApp(end)).rejects.toThrow(/checked change/);
  const id = await desk.drafted({ parameters: [change()] });
  must(200, await desk.step(desk.maker, id, 'submission', 1, { effectiveFrom: TODAY }));
  const add = (value: string, signature: string | null = 'x') =>
    desk.asApp(
      `insert into policy_parameter (id, union_id, key, value, unit, valid_from, source, source_en, clause, own, reason, draft_id, created_at, signature, public_key)
       values (gen_random_uuid(), $1, 'policy.hardEnquiriesTolerated', $2, 'count', '2026-11-26', '联社文件2号', 'union paper 2', 'M2', false, '两年数据表明六次过严', $3, $4, $5, $5)`,
      [api.union.unionId, value, id, api.clock.now(), signature],
    );
  await expect(add('8')).rejects.toThrow(/one person proposed/);
  must(200, await desk.step(desk.checker, id, 'check', 2, { opinion: '已核对' }));
  await expect(add('80')).rejects.toThrow(/one person proposed/); // not what was checked
  await expect(add('8', null)).rejects.toThrow(/one person proposed/); // nor signed
  await expect(add('8')).rejects.toThrow(/conflicting/); // the former value has not ended
});

describe('a change of a parameter that was not signed so here stops the loan', () => {
  const inForce = (on: string) => api.services.books.inForce(api.union.unionId, on as never);

  it.each([
    ['another value', `update policy_parameter set value = '80' where draft_id is not null`],
    ['a longer life', `update rule_draft set parameters = jsonb_set(parameters, '{0,to}', '"2030-01-01"')`],
    ['another checker', 'update rule_draft set checker_id = maker_id'],
    ['no signature', 'update policy_parameter set signature = null, public_key = null where draft_id is not null'],
  ])('%s', async (_, tamper) => {
    await desk.published({ parameters: [change({ from: '2026-11-27' })] }, '2026-11-27');
    expect((await inForce('2026-11-27'))?.parameters.values['policy.hardEnquiriesTolerated']).toBe(8);
    await api.asOwner(async (owner) => {
      await owner.query('set session_replication_role = replica');
      await owner.query(tamper);
    });
    await expect(inForce('2026-11-28')).rejects.toThrow(/was not signed so here/);
  });

  it('but for those of before changes were signed: the start that brings signatures signs them as they stand', async () => {
    await desk.published({ parameters: [change({ from: '2026-11-27' })] }, '2026-11-27');
    await api.asOwner(async (owner) => {
      await owner.query('update policy_parameter set signature = null, public_key = null where draft_id is not null');
      await expect(inForce('2026-11-27')).rejects.toThrow(/was not signed so here/);
      await signEarlierParameters(owner, Buffer.from(process.env['WUGANG_TEST_SECRET'] ?? '', 'hex'));
    });
    expect((await inForce('2026-11-28'))?.parameters.values['policy.hardEnquiriesTolerated']).toBe(8);
  });
});
