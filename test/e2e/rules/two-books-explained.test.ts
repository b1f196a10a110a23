import { jsonOf, runCli } from '#libs/testing/run-cli.js';
import { Walk } from '../five-posts/walk.js';
import { TestApi } from '../support/api.js';
import { findingsOf, must } from '../support/journey.js';
import { textOf } from '../support/pdf-text.js';
import type { Session } from '../support/session.js';
import { bookWithExtra, RulesDesk } from './rules-desk.js';

/** Sixteen days after the bureau's report: one more than the shipped book bears at release. */
const LATER = '2026-12-10';

let api: TestApi;
let auditor: Session;
let decision: { id: string; bookHash: string; pinnedBookHash: string; findings: { ruleId: string }[] };
beforeAll(async () => {
  api = await TestApi.start();
  await api.records.authority(api.union.units.qingshi, 'rural_personal', 10_000_000);
  const id = await new Walk(api).readyForRelease();
  const desk = await RulesDesk.open(api);
  // Approved under the shipped book; before the release one comes into force that knows one more block and minds an old report less.
  const content = await bookWithExtra('release');
  const rules = content.rules.map((rule) =>
    rule.id === 'release-report-fresh' ? { ...rule, severity: 'WARN' as const } : rule,
  );
  await desk.published({ content: { ...content, rules } }, '2026-11-25');
  api.clock.set(`${LATER}T02:00:00.000Z`);
  const walk = new Walk(api);
  const held = must(200, await walk.release(id));
  expect(held.body.loan).toBeNull();
  decision = held.body.decision;
  auditor = await walk.as('auditor');
});
afterAll(() => api.stop());

const explained = async () => must(200, await auditor.get(`/api/v1/decisions/${decision.id}/explanation`)).body;

describe('a release that the stricter of two books held', () => {
  it('is explained by both, reproduced, each finding by its book', async () => {
    expect(findingsOf({ body: decision } as never)).toEqual({
      'always-here': 'BLOCK',
      'release-report-fresh': 'BLOCK',
    });
    const { explanation, reproduced } = await explained();
    expect(reproduced).toBe(true);
    expect(explanation).toMatchObject({ on: LATER, checkpoint: 'release', verdict: 'BLOCK' });
    expect(explanation.book).toMatchObject({ version: '2026.2', hash: decision.bookHash });
    expect(explanation.pinnedBook).toMatchObject({ version: '2026.1', hash: decision.pinnedBookHash });
    const found = explanation.rules.filter(({ verdict }: { verdict: string }) => verdict !== 'PASS');
    expect(found).toMatchObject([
      { ruleId: 'always-here', bookHash: decision.bookHash, counts: true, verdict: 'BLOCK' },
      { ruleId: 'release-report-fresh', bookHash: decision.pinnedBookHash, counts: true, verdict: 'BLOCK' },
      { ruleId: 'release-report-fresh', bookHash: decision.bookHash, counts: false, verdict: 'WARN' },
    ]);
    const alike = explanation.rules.find(({ ruleId }: { ruleId: string }) => ruleId === 'release-quorum');
    expect(alike).toMatchObject({ bookHash: decision.bookHash, counts: true });
  });

  it('no single fact lets it go, though each book alone would by one', async () => {
    const { explanation } = await explained();
    expect(explanation.settledBy).toEqual(['always-here', 'release-report-fresh']);
    expect(explanation.improvements).toEqual([]);
    expect(explanation.obstacles.at(-1)).toEqual({ verdict: 'PASS', ruleIds: explanation.settledBy });
  });

  it.each([
    ['zh-CN', '当日规则手册2026.2', '受理时规则手册2026.1', '，以另一册为准'],
    ['en', 'Bookoftheday2026.2', 'Bookoftheacceptance2026.1', ',theotherbookcounts'],
  ])(
    'the page in %s names the book of each finding, and both by their addresses',
    async (language, day, pinned, beside) => {
      const path = `/api/v1/decisions/${decision.id}/explanation.pdf?language=${language}`;
      const { text } = await textOf(must(200, await auditor.get(path)).body);
      for (const one of [day, pinned, beside, decision.bookHash, decision.pinnedBookHash]) expect(text).toContain(one);
      expect(text).not.toContain('wugangreplay');
    },
  );

  it.each([
    ['zh-CN', '受理时规则手册', '  [当日规则手册 2026.2，以另一册为准]'],
    ['en', 'Book of the acceptance', '  [Book of the day 2026.2, the other book counts]'],
  ])('the command says the same in %s', async (language, pinned, beside) => {
    const command = ['rules', 'explain', '--decision', decision.id, '--database', api.database.ownerUrl];
    const told = await runCli([...command, '--language', language]);
    expect([told.code, told.stderr]).toEqual([0, '']);
    expect(told.stdout).toMatch(new RegExp(`\\n  ${pinned}: \\S+ 2026\\.1 ${decision.pinnedBookHash}\\n`));
    expect(told.stdout).toContain(`  [${pinned} 2026.1]\n`);
    expect(told.stdout).toContain(`${beside}\n`);
    expect(jsonOf(await runCli([...command, '--json']))).toEqual(await explained());
  });

  it('is not reproduced where what was stored of its books is altered', async () => {
    const stored = (hash: string | null) =>
      api.asOwner(async (owner) => {
        await owner.query('set session_replication_role = replica');
        await owner.query('update decision set pinned_book_hash = $2 where id = $1', [decision.id, hash]);
      });
    await stored(null);
    expect(await explained()).toMatchObject({ reproduced: false, explanation: { pinnedBook: null } });
    await stored(decision.pinnedBookHash);
  });
});
