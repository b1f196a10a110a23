import { defaultBookFolder, loadBook, loadCases } from '#libs/platform/load-book.js';
import { bookContent } from '#libs/rules/book.js';
import type { AuthoredRule } from '#libs/rules/rule-format.js';
import type { DecisionTable } from '#libs/rules/tables/table-format.js';
import { TestApi, TODAY } from '../support/api.js';
import { must } from '../support/journey.js';
import { RulesDesk } from './rules-desk.js';

let api: TestApi;
let desk: RulesDesk;
beforeAll(async () => {
  api = await TestApi.start();
  desk = await RulesDesk.open(api);
});
afterAll(() => api.stop());

const { book } = await loadBook(defaultBookFolder());
const shipped = bookContent(book);
const cases = await loadCases(defaultBookFolder());
const ask = (what: 'lint' | 'test', body: object) => desk.maker.post(`/api/v1/rule-books/${what}`, body);

const change = (value: number) => ({
  key: 'policy.hardEnquiriesTolerated',
  value,
  unit: 'count',
  from: TODAY,
  to: null,
  source: { zh: '联社文件2号', en: 'union paper 2' },
  clause: 'M2',
  own: false,
});
const changedRule = (id: string, traits: Partial<AuthoredRule>) => ({
  ...shipped,
  rules: shipped.rules.map((rule) => (rule.id === id ? { ...rule, ...traits } : rule)),
});
const indexOf = (id: string) => shipped.rules.findIndex((rule) => rule.id === id);
type Told = { path: string; code: string; level: string; text: { zh: string }; cure: { en: string } };
const linted = async (body: object): Promise<{ errors: number; warnings: number; messages: Told[] }> =>
  must(200, await ask('lint', body)).body;

describe('a book that is being written, over HTTP', () => {
  it('the shipped book has nothing to mend, and passes its cases', async () => {
    expect(await linted({ content: shipped, cases })).toEqual({ errors: 0, warnings: 0, messages: [] });
    const tested = must(200, await ask('test', { content: shipped, cases })).body;
    expect([tested.passed, tested.answers.length]).toEqual([tested.cases, tested.cases]);
    expect(tested.cases).toBeGreaterThan(300);
    expect(tested.answers[0].path).toBe('/cases/0/cases/0');
  });

  it('each message has its place in the body, a level, and a cure', async () => {
    const content = changedRule('enquiries', {
      answeredBy: null,
      conditions: { fact: 'bureau.hardEnquiries12Months', operator: 'lessThan', value: 0 },
    });
    const { errors, messages } = await linted({ content, cases });
    const at = `/content/rules/${indexOf('enquiries')}`;
    expect(messages.map(({ path, code, level }) => `${level} ${path} ${code}`)).toEqual(
      expect.arrayContaining([`error ${at}/answeredBy rule.nobody-answers`]),
    );
    expect(errors).toBeGreaterThan(0);
    expect(messages[0]).toMatchObject({ text: { zh: expect.any(String) }, cure: { en: expect.any(String) } });
  });

  it('a table that leaves a gap is told at its rows', async () => {
    const [first, ...others] = shipped.tables as [DecisionTable, ...DecisionTable[]];
    const content = { ...shipped, tables: [{ ...first, rows: first.rows.slice(1) }, ...others] };
    const { messages } = await linted({ content, cases });
    expect(messages.map(({ path, code }) => `${path} ${code}`)).toContain('/content/tables/0/rows table.gap');
  });

  it('a change of a parameter counts from its day, with or without a reason; what is in force is not told of', async () => {
    const { messages } = await linted({ content: shipped, parameters: [{ ...change(8), reason: '过严' }], cases });
    expect(new Set(messages.map(({ code }) => code))).toEqual(new Set(['case.boundary']));
    const wrong = await linted({ content: shipped, parameters: [{ ...change(6), unit: 'days' }], cases });
    expect(wrong.messages.map(({ path, code }) => `${path} ${code}`)).toEqual(['/parameters/0/unit parameter.unit']);
    const {
      answers,
      passed,
      cases: all,
    } = must(200, await ask('test', { content: shipped, parameters: [change(8)], cases })).body;
    expect(passed).toBeLessThan(all);
    const failed = answers.filter(({ expected, got }: { expected: string; got: string }) => expected !== got);
    expect(new Set(failed.map(({ rule }: { rule: string }) => rule))).toEqual(new Set(['enquiries']));
  });

  it('a book that does not load answers no case: problem details tell its faults', async () => {
    const refused = await ask('test', { content: changedRule('enquiries', { answeredBy: null }), cases });
    expect(refused.status).toBe(400);
    expect(refused.body.code).toBe('input.invalid');
    const [fault] = refused.body.faults;
    expect(Object.keys(fault).sort()).toEqual(['code', 'detail', 'path', 'text']);
    expect(fault.path).toBe(`/content/rules/${indexOf('enquiries')}/answeredBy`);
  });

  it('is for who makes rules, and leaves no draft', async () => {
    for (const what of ['lint', 'test'])
      expect((await desk.checker.post(`/api/v1/rule-books/${what}`, { content: shipped })).status).toBe(403);
    expect(must(200, await desk.maker.get('/api/v1/rule-drafts')).body.items).toEqual([]);
  });

  it('is published with its tables: the same address in the draft, in force, and shown', async () => {
    const content = { ...shipped, manifest: { $schema: 'x', ...shipped.manifest, version: '2026.2' } };
    const done = await desk.published({ content, cases }, TODAY);
    const shown = must(200, await desk.checker.get(`/api/v1/rule-books/${done.hash}`)).body;
    expect(shown).toEqual({
      hash: done.hash,
      tables: [],
      ...shipped,
      manifest: { ...shipped.manifest, version: '2026.2' },
    });
    const from = `/api/v1/rule-books/${book.hash}/difference?to=${done.hash}`;
    expect(must(200, await desk.checker.get(from)).body.words).toEqual([
      { zh: '规则册：版本 2026.1 -> 2026.2', en: 'the book: version 2026.1 -> 2026.2' },
    ]);
  });
});
