import { randomUUID } from 'node:crypto';
import { TestApi, TODAY } from '../support/api.js';
import { findingsOf, must, takeIn } from '../support/journey.js';
import type { Session } from '../support/session.js';
import { bookWith, bookWithExtra, casesFor, RulesDesk, warnOnly } from './rules-desk.js';

let api: TestApi;
let desk: RulesDesk;
let officer: Session;
beforeEach(async () => {
  api = await TestApi.start();
  desk = await RulesDesk.open(api);
  officer = await api.signIn('qingshiOfficer');
});
afterEach(() => api.stop());

const LATER = '2026-11-26';
const moveTo = async (day: string) => {
  api.clock.set(`${day}T02:00:00.000Z`);
  desk = await RulesDesk.open(api);
  officer = await api.signIn('qingshiOfficer');
};
const asked = async () => {
  const { qingshi } = api.union.units;
  const customer = await api.records.customer(qingshi);
  api.files.set(customer.identityNumber, { hardEnquiries12Months: 9 });
  return takeIn(officer, { branchId: qingshi, customerId: customer.id });
};

it('rules are made by one person, checked by another, in force from a day; what was decided before replays under its own book', async () => {
  const before = await asked();
  expect(findingsOf(before)).toEqual({ enquiries: 'REFER' });

  const id = await desk.drafted({ content: await bookWith('2026.2', warnOnly('enquiries')) });
  expect((await desk.step(desk.maker, id, 'submission', 1, { effectiveFrom: '2026-11-23' })).body.faults).toMatchObject(
    [{ path: '/effectiveFrom', code: 'draft.past' }],
  );
  const submitted = must(200, await desk.step(desk.maker, id, 'submission', 1, { effectiveFrom: LATER })).body;
  expect(submitted).toMatchObject({ state: 'submitted', version: 2, effectiveFrom: LATER, rules: 90 });
  expect((await desk.step(desk.maker, id, 'check', 2, { opinion: '自查' })).status).toBe(403);
  expect((await desk.step(desk.checker, id, 'publication', 2)).body).toMatchObject({
    status: 409,
    code: 'draft.wrong-state',
  });
  expect((await desk.step(desk.checker, id, 'check', 1, { opinion: '已核对' })).status).toBe(412);
  must(200, await desk.step(desk.checker, id, 'check', 2, { opinion: '已核对' }));
  const done = must(200, await desk.step(desk.maker, id, 'publication', 3)).body;
  expect(done).toMatchObject({ state: 'published', hash: submitted.hash, maker: 'maker', checker: 'checker' });

  expect(findingsOf(await asked())).toEqual({ enquiries: 'REFER' }); // not before its day
  await moveTo(LATER);
  const after = await asked();
  expect(findingsOf(after)).toEqual({ enquiries: 'WARN' });
  expect(after.body.bookHash).toBe(done.hash);
  expect(await desk.replay()).toEqual({ decisions: 3, differing: [] });
  const stored = must(200, await officer.get(`/api/v1/decisions/${before.body.id}`)).body;
  expect(stored.bookHash).toBe(before.body.bookHash);

  const { items } = must(200, await desk.checker.get('/api/v1/rule-publications')).body;
  expect(items).toMatchObject([
    {
      bookHash: done.hash,
      effectiveFrom: LATER,
      effectiveTo: null,
      maker: 'maker',
      checker: 'checker',
      bookVersion: '2026.2',
    },
    { bookHash: before.body.bookHash, effectiveTo: '2026-11-25', maker: null, draftId: null },
  ]);
  const difference = `/api/v1/rule-books/${before.body.bookHash}/difference?to=${done.hash}`;
  const { rules, tables, words } = must(200, await desk.maker.get(difference)).body;
  expect(rules).toMatchObject({ added: [], removed: [], changed: [{ id: 'enquiries' }] });
  expect(rules.changed[0].changes).toContainEqual({ path: '/severity', before: 'REFER', after: 'WARN' });
  expect(tables).toEqual({ added: [], removed: [], changed: [] });
  expect(words).toContainEqual({
    zh: expect.stringMatching(/^enquiries（?.*处理 REFER -> WARN$/),
    en: expect.stringMatching(/^enquiries .*: severity REFER -> WARN$/),
  });
  expect(must(200, await desk.maker.get(`/api/v1/rule-books/${done.hash}`)).body.rules).toHaveLength(90);
  expect((await officer.get('/api/v1/rule-publications')).status).toBe(403);
});

it('to go back is a new publication of the earlier book', async () => {
  const before = (await asked()).body.bookHash;
  await desk.published({ content: await bookWith('2026.2', warnOnly('enquiries')) }, LATER);
  await moveTo(LATER);
  expect(findingsOf(await asked())).toEqual({ enquiries: 'WARN' });
  const back = await desk.published({ rollbackOf: before }, '2026-11-27');
  expect(back).toMatchObject({ hash: before, rollbackOf: before, state: 'published' });
  await moveTo('2026-11-27');
  expect(findingsOf(await asked())).toEqual({ enquiries: 'REFER' });
  expect((await desk.replay()).differing).toEqual([]);
  const { items } = must(200, await desk.maker.get('/api/v1/rule-publications')).body;
  expect(items.map(({ bookHash }: { bookHash: string }) => bookHash === before)).toEqual([true, false, true]);
  expect((await desk.maker.post('/api/v1/rule-drafts', { title: 'x', rollbackOf: 'f'.repeat(64) })).status).toBe(404);
});

it('a draft with faults is not submitted, and every fault is told with its place', async () => {
  const content = await bookWith('2026.2', (rule) =>
    rule.id === 'enquiries'
      ? ({
          ...rule,
          conditions: { fact: 'bureau.nothing', operator: 'greaterThan', value: 1 },
          answeredBy: null,
        } as never)
      : rule,
  );
  const id = await desk.drafted({ content: { ...content, notes: {} } });
  const refused = await desk.step(desk.maker, id, 'submission', 1, { effectiveFrom: LATER });
  expect(refused.status).toBe(400);
  const told = (of: typeof refused): string[] => of.body.faults.map(({ code }: { code: string }) => code).sort();
  expect(told(refused)).toEqual(['book.unknown-part', 'rule.nobody-answers', 'rule.unknown-fact']);
  expect(refused.body.faults[1].path).toMatch(/^\/content\/rules\/\d+\/conditions\/fact$/);
  const seven = {
    name: { zh: '七次', en: 'seven' },
    facts: { 'bureau.hardEnquiries12Months': 7 },
    expect: 'none' as const,
  };
  const product = { code: 'rural-personal', category: 'rural_personal' };
  const whole = await bookWith('2026.2');
  const cases = await casesFor(whole, [{ rule: 'enquiries', product, cases: [seven] }]);
  const unread = await desk.drafted({ content: { ...whole, rules: [{ id: 'x' }] }, cases });
  const shapeless = await desk.step(desk.maker, unread, 'submission', 1, { effectiveFrom: LATER });
  const codes = new Set(told(shapeless));
  expect([codes.has('input.wrong-type'), codes.has('case.no-rule')]).toEqual([true, false]); // no rule was read: none is missed
  const edit = { title: '修改规则', content: whole, cases };
  must(200, await desk.maker.send('put', `/api/v1/rule-drafts/${id}`, edit, { key: randomUUID(), ifMatch: 1 }));
  const failing = await desk.step(desk.maker, id, 'submission', 2, { effectiveFrom: LATER });
  expect(failing.body.faults).toContainEqual(
    expect.objectContaining({ path: `/cases/${cases.length - 1}/cases/0`, code: 'case.failed' }),
  );
  expect(told(failing)).toEqual(['case.boundary', 'case.failed', 'case.missing']);
  expect(must(200, await desk.checker.get(`/api/v1/rule-drafts/${id}`)).body).toMatchObject({
    state: 'draft',
    version: 2,
  });
});

it('what lint calls an error keeps a draft from being submitted though it would load; a warning does not', async () => {
  const untold = { zh: '查询过多', en: '查询太多' };
  const content = await bookWith('2026.2', (rule) => {
    if (rule.id === 'enquiries') return { ...rule, title: untold };
    const never = { fact: 'bureau.otherLenders', operator: 'lessThan', value: 0 } as const;
    return rule.id === 'other-lenders-warn' ? { ...rule, conditions: never } : rule;
  });
  const cases = (await casesFor(content)).filter(({ rule }) => rule !== 'npl-applicant');
  const at = (id: string) => `/content/rules/${content.rules.findIndex((rule) => rule.id === id)}`;
  const id = await desk.drafted({ content, cases });
  const refused = await desk.step(desk.maker, id, 'submission', 1, { effectiveFrom: LATER });
  expect([refused.status, refused.headers['content-type']]).toEqual([400, expect.stringMatching('problem\\+json')]);
  const told = refused.body.faults.map(({ path, code }: { path: string; code: string }) => `${path} ${code}`);
  expect(told).toEqual(
    expect.arrayContaining([
      `${at('enquiries')}/title/en rule.language`,
      `${at('other-lenders-warn')}/conditions rule.leaf-never`,
      `${at('npl-applicant')}/id case.no-file`,
    ]),
  );
  expect(new Set(told).size).toBe(told.length);
  expect(Object.keys(refused.body.faults[0]).sort()).toEqual(['code', 'detail', 'path', 'text']);
  expect(must(200, await desk.maker.get(`/api/v1/rule-drafts/${id}`)).body).toMatchObject({
    state: 'draft',
    version: 1,
  });

  const warned = await bookWithExtra('review'); // its limit stands in the rule
  const body = { content: warned, cases: await casesFor(warned) };
  const { messages } = must(200, await desk.maker.post('/api/v1/rule-books/lint', body)).body;
  expect(messages).toMatchObject([{ level: 'warning', code: 'rule.own-limit' }]);
  const other = await desk.drafted(body);
  must(200, await desk.step(desk.maker, other, 'submission', 1, { effectiveFrom: LATER }));
});

it('what no table holds is refused at the door: deep nests, text that cannot be kept, nothing at all', async () => {
  const make = (body: object) => desk.maker.post('/api/v1/rule-drafts', { title: 'x', ...body });
  expect((await make({ content: { rules: '\u0000' } })).body.faults).toMatchObject([{ code: 'input.not-storable' }]);
  expect((await make({})).body.faults).toMatchObject([{ code: 'draft.empty' }]);
  const raw = (body: string) =>
    api
      .request()
      .post('/api/v1/rule-drafts')
      .set('cookie', desk.maker.cookie)
      .set('idempotency-key', randomUUID())
      .set('content-type', 'application/json')
      .send(body);
  const deep = `${'{"not":'.repeat(10_000)}1${'}'.repeat(10_000)}`;
  const nested = await raw(`{"title":"x","content":{"rules":[${deep}]}}`);
  expect(nested.body).toMatchObject({ status: 400, faults: [{ code: 'input.not-storable' }] });
  expect((await raw('{"title":"x","content":{"__proto__":{"rules":[]}}}')).status).toBe(400);
  expect((await raw(`{"title":"x","content":{"rules":["${'x'.repeat(5_000_000)}"]}}`)).status).toBe(413);
  expect(must(200, await desk.maker.get('/api/v1/rule-drafts')).body.items).toEqual([]);
});

it('a draft is returned with a reason, changed by its maker and submitted again; a day that has passed does not publish', async () => {
  const id = await desk.drafted({ content: await bookWith('2026.2') });
  must(200, await desk.step(desk.maker, id, 'submission', 1, { effectiveFrom: TODAY }));
  const returned = must(200, await desk.step(desk.checker, id, 'return', 2, { reason: '版本号有误' })).body;
  expect(returned).toMatchObject({ state: 'returned', returnReason: '版本号有误', hash: null, effectiveFrom: null });
  must(200, await desk.step(desk.maker, id, 'submission', 3, { effectiveFrom: TODAY }));
  must(200, await desk.step(desk.checker, id, 'check', 4, { opinion: '已核对' }));
  await moveTo('2026-11-25');
  expect((await desk.step(desk.checker, id, 'publication', 5)).body).toMatchObject({ status: 409, code: 'draft.late' });
  const audited = await desk.asApp(`select action from audit_event where subject_id = $1 order by id`, [id]);
  expect(audited.rows.map(({ action }) => action)).toEqual([
    'rules.draft',
    'rules.submit',
    'rules.return',
    'rules.submit',
    'rules.check',
  ]);
});

describe('one person alone is refused', () => {
  it('by the code, whatever post they have come to meanwhile', async () => {
    const id = await desk.drafted({ content: await bookWith('2026.2') });
    must(200, await desk.step(desk.maker, id, 'submission', 1, { effectiveFrom: LATER }));
    await desk.asApp(`update post_appointment set valid_to = '2026-11-24' where post = 'compliance_maker'`);
    await desk.asApp(
      `insert into post_appointment (id, union_id, staff_id, unit_id, post, valid_from, basis) values ($1, $2, $3, $4, 'compliance_checker', '2026-11-25', 'test')`,
      [randomUUID(), api.union.unionId, api.union.staff.maker, api.union.units.audit],
    );
    await moveTo('2026-11-25');
    expect((await desk.step(desk.maker, id, 'check', 2, { opinion: '已核对' })).body).toMatchObject({
      status: 403,
      code: 'draft.own',
    });
    expect((await desk.step(desk.checker, id, 'check', 2, { opinion: '已核对' })).body).toMatchObject({
      status: 422,
      code: 'draft.maker-off-post',
    });
  });

  it('by the database: the application role skips no step, checks nothing itself, publishes nothing beside a draft', async () => {
    const content = await bookWith('2026.2');
    const id = await desk.drafted({ content });
    const { maker, checker, auditor } = api.union.staff;
    const at = api.clock.now();
    const run = (text: string, values: unknown[] = []) => desk.asAppTraced('rule_draft', id, text, [id, ...values]);
    const go = (state: string, more: string, values: unknown[] = []) =>
      run(`update rule_draft set state = '${state}', version = version + 1, ${more} where id = $1`, values);
    await expect(go('published', 'published_by_id = $2, published_at = $3', [maker, at])).rejects.toThrow(/no step/);
    await expect(go('checked', `checker_id = $2, checked_at = $3, check_opinion = 'x'`, [checker, at])).rejects.toThrow(
      /no step/,
    );
    await expect(go('submitted', `hash = 'x', effective_from = '2026-11-23', submitted_at = $2`, [at])).rejects.toThrow(
      /days to come/,
    );
    must(200, await desk.step(desk.maker, id, 'submission', 1, { effectiveFrom: LATER }));
    for (const who of [maker, auditor])
      await expect(go('checked', `checker_id = $2, checked_at = $3, check_opinion = 'x'`, [who, at])).rejects.toThrow(
        /checked by another/,
      );
    await expect(go('submitted', `hash = 'y'`)).rejects.toThrow(/no step/);
    await expect(run(`update rule_draft set maker_id = $2 where id = $1`, [checker])).rejects.toThrow(/permission/);
    const publish = (draft: string) =>
      run(
        `insert into rule_publication (id, union_id, book_hash, effective_from, draft_id, maker_id, checker_id, published_at, signature, public_key)
         select gen_random_uuid(), d.union_id, b.hash, '${LATER}', ${draft}, $2, $3, $4, 'x', 'x' from rule_draft d, rule_book b where d.id = $1`,
        [maker, checker, at],
      );
    await expect(publish('d.id')).rejects.toThrow(/made by one person/);
    await expect(publish('null')).rejects.toThrow(/made by one person/);
    await expect(
      run(
        `insert into rule_book (id, union_id, code, book_version, hash, content, effective_from, published_at, maker_id, checker_id)
         select gen_random_uuid(), d.union_id, 'x', 'x', d.hash, d.content, d.effective_from, $2, d.maker_id, $3 from rule_draft d where d.id = $1`,
        [at, checker],
      ),
    ).rejects.toThrow(/maker and another checker/);
    must(200, await desk.step(desk.checker, id, 'check', 2, { opinion: '已核对' }));
    // Checked, and yet not published: nothing is in force beside the step that publishes it whole.
    await expect(go('published', 'published_by_id = $2, published_at = $3', [maker, at])).rejects.toThrow(/whole/);
    await expect(
      desk.asApp(`update rule_draft set title = 'x', version = version + 1 where id = $1`, [id]),
    ).rejects.toThrow(/no step/);
  });
});

it('a publication that was not signed so here stops the loan', async () => {
  await desk.published({ content: await bookWith('2026.2', warnOnly('enquiries')) }, LATER);
  await api.asOwner(async (owner) => {
    await owner.query('set session_replication_role = replica');
    await owner.query(`update rule_publication set effective_from = '2026-11-25' where draft_id is not null`);
  });
  await moveTo('2026-11-25');
  await expect(api.services.books.inForce(api.union.unionId, '2026-11-25' as never)).rejects.toThrow(/not signed/);
});
