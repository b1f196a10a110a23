import { benchRules, compiledRules } from '#apps/cli/bench/backtest/bench-rules.js';
import { generatedFacts } from '#apps/cli/bench/backtest/generated-facts.js';
import { handLoop } from '#apps/cli/bench/backtest/hand-loop.js';
import { readRows } from '#apps/cli/bench/backtest/read-rows.js';
import { sameAsSql } from '#apps/cli/bench/backtest/same-as-sql.js';
import { Duck } from '#libs/bulk/duck.js';
import type { CivilDate } from '#libs/domain/civil-date.js';
import { defaultBookFolder, loadBook } from '#libs/platform/load-book.js';
import { planDecision } from '#libs/rules/sql/decide-select.js';
import { jsonOf, runCli } from '#libs/testing/run-cli.js';
import { testServerUrl } from '#libs/testing/test-database.js';

const ON = '2026-11-25' as CivilDate;

interface Figures {
  readonly contests: Record<string, Record<string, number>>;
  readonly [figure: string]: unknown;
}

describe('wugang bench backtest', () => {
  it('runs, on a little of everything, and prints its ratios', async () => {
    const sizes = ['--rounds', '1', '--rows', '2000', '--memory-rows', '3000', '--decisions', '400'];
    const nowhere = ['--from', '/nowhere'];
    const run = await runCli(['bench', 'backtest', ...sizes, ...nowhere, '--json'], { DATABASE_URL: testServerUrl() });
    expect(run.stderr).toBe('no bureau reports in /nowhere: that part is left out\n');
    const figures = jsonOf<Figures>(run);
    expect(figures).toMatchObject({ decisions: 400, memoryRows: 3000 });
    expect(Object.keys(figures.contests)).toEqual(['generated20', 'generated200']);
    expect(figures.contests['generated200']).toMatchObject({ rows: 2000, rules: 200 });
    for (const name of ['zenParallelRatio', 'handWrittenRatio', 'growth20To200', 'oneWorkerRatio', 'twoWorkersRatio'])
      expect(figures[name]).toBeGreaterThan(0);
    for (const name of ['memoryPeakMegabytes', 'sliderRatio', 'changed']) expect(figures[name]).toBeGreaterThan(0);
  });

  it('says so where a contender finds one thing else in one row', async () => {
    const rules = benchRules(await loadBook(defaultBookFolder()), 20, ON);
    const duck = await Duck.open();
    try {
      await duck.run(
        `create table facts as ${generatedFacts(
          rules.map(({ rule }) => rule),
          2500,
        )}`,
      );
      const plan = planDecision([{ level: 'level', compiled: compiledRules(rules, ON) }]);
      const said = handLoop(rules, await readRows(duck, 'facts'));
      const compare = () => sameAsSql(duck, plan.select('facts', ['id']), plan.places[0] ?? [], said);
      await expect(compare()).resolves.toBeUndefined();
      said.answers[2499 * 20 + 7] = ((said.answers[2499 * 20 + 7] ?? 0) + 1) % 3;
      await expect(compare()).rejects.toThrow('differ within 1000 rows from 2000');
    } finally {
      duck.close();
    }
  });

  it('refuses a size that is no count', async () => {
    const run = await runCli(['bench', 'backtest', '--rows', 'many']);
    expect(run).toMatchObject({ code: 1, stderr: 'wugang: --rows many is no count\n' });
  });
});
