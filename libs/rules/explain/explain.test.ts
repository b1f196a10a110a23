import { defaultBookFolder, loadBook } from '#libs/platform/load-book.js';
import type { CivilDate } from '../../domain/civil-date.js';
import { caseFacts } from '../cases.js';
import { parametersInForce } from '../parameters.js';
import type { Checkpoint } from '../rule-format.js';
import { type Explanation, explain } from './explain.js';

const on = '2026-11-24' as CivilDate;
const loaded = await loadBook(defaultBookFolder());
const inForce = parametersInForce(loaded.parameters, on);
const product = { code: 'rural-personal', category: 'rural_personal' };

/** Only some rules of the default book, so that nothing else stands in the way. */
const explained = (
  ids: readonly string[],
  facts: Record<string, unknown>,
  checkpoint: Checkpoint = 'intake',
): Promise<Explanation> => {
  const book = { ...loaded.book, rules: loaded.book.rules.filter(({ id }) => ids.includes(id)) };
  return explain({ book, pinnedBook: null, parameters: inForce, checkpoint, product, on, facts: caseFacts(facts, on) });
};
const told = (found: Explanation['improvements'], name: string) =>
  found.filter((one) => one.name === name).map(({ verdict, to }) => [verdict, to]);

it('nine hard enquiries are one condition, whose fact has a source and a day and whose limit is a parameter', async () => {
  const { rules, verdict, settledBy } = await explained(['enquiries'], { 'bureau.hardEnquiries12Months': 9 });
  expect([verdict, settledBy]).toEqual(['REFER', ['enquiries']]);
  expect(rules[0]).toMatchObject({
    truth: 'true',
    verdict: 'REFER',
    answeredBy: 'deputy_director',
    conditions: [
      {
        pointer: '',
        kind: 'leaf',
        truth: 'true',
        text: {
          zh: '12个月内硬查询次数（9） 大于 6（容忍的硬查询次数）',
          en: 'Hard enquiries in the last 12 months (9) is more than 6 (Hard enquiries tolerated)',
        },
        compared: {
          operator: 'greaterThan',
          left: { name: 'bureau.hardEnquiries12Months', value: 9, source: 'bureau', asOf: on, unknown: null },
          right: { value: 6, named: [{ name: 'policy.hardEnquiriesTolerated', value: 6, source: 'policy' }] },
        },
      },
    ],
  });
});

it('who may waive what was found is named where the rule names a post for it, and where there is something to waive', async () => {
  const rule = loaded.book.rules.find(({ id }) => id === 'npl-applicant')!;
  const waiver = async (bad: number | null, more: object) => {
    const book = { ...loaded.book, rules: [{ ...rule, ...more }] };
    const facts = caseFacts(bad === null ? {} : { 'inHouse.applicant.nonPerformingLoans': bad }, on);
    const { rules } = await explain({
      pinnedBook: null,
      book,
      parameters: inForce,
      checkpoint: 'intake',
      product,
      on,
      facts,
    });
    return rules.map(({ verdict, answeredBy, waivedBy }) => [verdict, answeredBy, waivedBy]);
  };
  expect(await waiver(1, {})).toEqual([['BLOCK', null, null]]);
  expect(await waiver(1, { waivedBy: 'president' })).toEqual([['BLOCK', null, 'president']]);
  expect(await waiver(null, { waivedBy: 'president' })).toEqual([['REFER', 'deputy_director', 'president']]);
  expect(await waiver(1, { waivedBy: 'president', severity: 'WARN' })).toEqual([['WARN', null, null]]);
  expect(await waiver(0, { waivedBy: 'president' })).toEqual([['PASS', null, null]]);
});

it('six enquiries instead of nine would pass, and so would a limit of nine; the enquiries are of the past', async () => {
  const { improvements, obstacles } = await explained(['enquiries'], { 'bureau.hardEnquiries12Months': 9 });
  expect(improvements).toMatchObject([
    {
      kind: 'fact',
      changeable: false,
      now: 9,
      to: 6,
      range: { from: 0, until: 6 },
      verdict: 'PASS',
      text: {
        zh: '“12个月内硬查询次数”由9变为6或以下，结论由转审变为通过。该事实属于过去，只随时间变化。',
        en: '"Hard enquiries in the last 12 months" at 6 or less instead of 9 turns REFER into PASS. It tells of the past: only time changes it.',
      },
    },
    { kind: 'parameter', name: 'policy.hardEnquiriesTolerated', now: 6, to: 9, range: { from: 9, until: null } },
  ]);
  expect(obstacles).toEqual([]);
});

it('a ladder of other lenders tells the step to each better verdict', async () => {
  const rules = ['other-lenders-warn', 'other-lenders-refer', 'other-lenders-block'];
  const { verdict, improvements } = await explained(rules, { 'bureau.otherLenders': 6 });
  const {
    'policy.otherLendersWarn': warn,
    'policy.otherLendersRefer': refer,
    'policy.otherLendersBlock': block,
  } = inForce.values;
  expect(verdict).toBe('BLOCK');
  expect(told(improvements, 'bureau.otherLenders')).toEqual([
    ['PASS', Number(warn) - 1],
    ['WARN', Number(refer) - 1],
    ['REFER', Number(block) - 1],
  ]);
});

it('two blocks on different facts: no single fact helps, and both findings are named', async () => {
  const facts = { 'bureau.accountsOverdueNow': 1, 'bureau.accountsWrittenOff': 1, 'bureau.hardEnquiries12Months': 9 };
  const { verdict, improvements, obstacles } = await explained(
    ['overdue-now', 'written-off-elsewhere', 'enquiries'],
    facts,
  );
  expect(verdict).toBe('BLOCK');
  expect(improvements).toEqual([]);
  expect(obstacles).toEqual([
    { verdict: 'REFER', ruleIds: ['overdue-now', 'written-off-elsewhere'] },
    { verdict: 'PASS', ruleIds: ['enquiries', 'overdue-now', 'written-off-elsewhere'] },
  ]);
});

it('what is unknown may become known: the values that would pass are told as a range', async () => {
  const { verdict, improvements } = await explained(['late-90-days-in-24-months'], {});
  expect(verdict).not.toBe('PASS');
  const known = improvements.filter(({ kind }) => kind === 'fact');
  expect(known).toMatchObject([{ now: { unknown: 'not-gathered' }, verdict: 'PASS', range: { until: null } }]);
  expect(known[0]?.shown.now).toEqual({ zh: '未取得', en: 'not gathered' });
});

it('an exception whose papers are given needs only to be asked for', async () => {
  const { improvements } = await explained(['npl-applicant'], {
    'inHouse.applicant.nonPerformingLoans': 2,
    'application.exceptionClause': 'none',
    'application.exceptionPapers': [{ name: 'repaymentPlan' }, { name: 'overAuthorityRoute' }],
  });
  expect(told(improvements, 'application.exceptionClause')).toEqual([['REFER', 'C9']]);
  expect(told(improvements, 'inHouse.applicant.nonPerformingLoans')).toEqual([['PASS', 0]]);
});

it('a limit that is a share of net capital turns at the very fen, and by net capital itself', async () => {
  const { 'policy.netCapitalFen': capital, 'policy.singleBorrowerPercent': percent } = inForce.values;
  const limit = Math.floor((Number(capital) * Number(percent)) / 100);
  const { improvements } = await explained(['single-borrower-limit'], { 'exposure.applicantAfterFen': limit + 1 });
  expect(told(improvements, 'exposure.applicantAfterFen')).toEqual([['PASS', limit]]);
  const [[, raised] = []] = told(improvements, 'policy.netCapitalFen');
  expect(Math.floor((Number(raised) * Number(percent)) / 100)).toBe(limit + 1);
  expect(Math.floor(((Number(raised) - 1) * Number(percent)) / 100)).toBe(limit);
  expect(told(improvements, 'policy.singleBorrowerPercent')).toEqual([['PASS', Number(percent) + 0.01]]);
});

it('of two things pledged, the one above its loan-to-value is named, with the share that would do', async () => {
  const pledged = [
    { class: 'vehicle', loanToValuePercent: 40 },
    { class: 'housing', loanToValuePercent: 75.5 },
  ];
  const { verdict, improvements } = await explained(
    ['collateral-loan-to-value'],
    { 'collateral.items': pledged },
    'review',
  );
  expect(verdict).toBe('BLOCK');
  expect(improvements.filter(({ kind }) => kind === 'fact')).toMatchObject([
    {
      place: { record: 2, field: null },
      verdict: 'PASS',
      text: {
        zh: '去掉“抵质押物”第2项，结论由禁止变为通过。',
        en: 'Without "Collateral" record 2, BLOCK turns into PASS.',
      },
    },
    {
      place: { record: 2, field: 'loanToValuePercent' },
      now: 75.5,
      to: 70,
      text: {
        zh: '“抵质押物”第2项 loanToValuePercent 由75.5%变为70%或以下，结论由禁止变为通过。',
        en: '"Collateral" record 2 loanToValuePercent at 70% or less instead of 75.5% turns BLOCK into PASS.',
      },
    },
  ]);
  expect(told(improvements, 'policy.loanToValueHousingPercent')).toEqual([['PASS', 75.5]]);
});

it('a passing application is told what would make it worse', async () => {
  const { verdict, worsenings, improvements } = await explained(['enquiries', 'overdue-now'], {
    'bureau.hardEnquiries12Months': 6,
    'bureau.accountsOverdueNow': 0,
  });
  expect([verdict, improvements]).toEqual(['PASS', []]);
  expect(told(worsenings, 'bureau.hardEnquiries12Months')).toEqual([['REFER', 7]]);
  expect(told(worsenings, 'bureau.accountsOverdueNow')).toEqual([['BLOCK', 1]]);
});

it('every rule of the default book is explained at each of its doors without a fact, none passing', async () => {
  for (const checkpoint of ['intake', 'review', 'release'] as const) {
    const all = await explain({
      book: loaded.book,
      pinnedBook: null,
      parameters: inForce,
      checkpoint,
      product,
      on,
      facts: {},
    });
    expect(all.verdict).toBe('BLOCK');
    expect(all.rules.length).toBeGreaterThan(10);
    expect(all.obstacles.at(-1)?.verdict).toBe('PASS');
  }
});
