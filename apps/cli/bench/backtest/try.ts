import { Duck } from '#libs/bulk/duck.js';
import { defaultBookFolder, loadBook } from '#libs/platform/load-book.js';
import { benchRules } from './bench-rules.js';
import { contest } from './contest.js';
import { generatedFacts } from './generated-facts.js';

const on = '2026-11-01' as never;
for (const n of [200]) {
  const rules = benchRules(await loadBook(defaultBookFolder()), n, on);
  for (const rows of [1_000_000, 10_000]) {
    const duck = await Duck.open({ threads: 2 });
    await duck.run(
      `create or replace table facts as ${generatedFacts(
        rules.map(({ rule }) => rule),
        rows,
      )}`,
    );
    console.log(
      await contest(duck, {
        facts: 'facts',
        rules,
        on,
        rounds: 3,
        zenRows: n === 20 ? 10000 : 2000,
        engineRows: 500,
        progress: { update() {}, stop() {} },
      }),
    );
    duck.close();
  }
}
