import type { BenchRule } from '../bench-rules.js';
import type { Said } from '../hand-loop.js';
import type { HandFacts } from '../hand-written.js';
import type { Contender } from './contender.js';
import { openZen } from './zen-rules.js';

/** Calls under way at once: it is fastest with some tens of them. */
const AT_ONCE = 64;
/** Rows in one call where it is given a list, and such calls under way at once. */
const ROWS_A_CALL = 1000;
const LISTS_AT_ONCE = 4;

interface ZenContender extends Contender {
  readonly parallel: boolean;
}

/** JSON has no infinity: "never" is a number beyond every boundary. */
const NEVER = 1e15;

const inJson = (facts: HandFacts): HandFacts =>
  Object.fromEntries(
    Object.entries(facts).map(([column, value]) => [column, value === Number.POSITIVE_INFINITY ? NEVER : value]),
  );

const stretches = <Item>(items: readonly Item[], size: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size));

/** Results in their order, with so many calls under way: nothing between the caller and zen. */
async function atOnce<Item>(
  count: number,
  items: readonly Item[],
  call: (item: Item) => Promise<unknown>,
): Promise<unknown[]> {
  const results = new Array<unknown>(items.length);
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let at = next++; at < items.length; at = next++) results[at] = await call(items[at] as Item);
  };
  await Promise.all(Array.from({ length: count }, worker));
  return results;
}

/** zen one by one, with many calls under way, and with lists of rows. Throws where it says anything else. */
export async function zenContenders(
  rules: readonly BenchRule[],
  rows: readonly HandFacts[],
  said: Said,
): Promise<{ contenders: ZenContender[]; close(): void }> {
  const { one, many, close } = await openZen(rules);
  const asked = rows.map(inJson);
  const lists = stretches(asked, ROWS_A_CALL).map((list) => ({ rows: list }));
  const alone = asked.slice(0, Math.ceil(asked.length / 10));
  const oneByOne = async (): Promise<void> => {
    for (const facts of alone) await one.evaluate(facts);
  };
  const together = (): Promise<unknown[]> =>
    atOnce(AT_ONCE, asked, async (facts) => (await one.evaluate(facts)).result);
  const inLists = async (): Promise<unknown[]> =>
    (await atOnce(LISTS_AT_ONCE, lists, async (list) => (await many.evaluate(list)).result.rows)).flat();
  for (const results of [await together(), await inLists()]) sameAsZen(rules.length, results, said);
  return {
    contenders: [
      { name: 'zenOneByOne', rows: alone.length, pass: oneByOne, parallel: false },
      { name: 'zenParallel', rows: asked.length, pass: together, parallel: true },
      { name: 'zenLists', rows: asked.length, pass: inLists, parallel: true },
    ],
    close,
  };
}

/** An answer that is not known is null, or left out. */
function sameAsZen(rules: number, results: readonly unknown[], { answers }: Said): void {
  for (const [at, result] of results.entries())
    for (let rule = 0; rule < rules; rule += 1) {
      const answer = (result as Record<string, boolean | null>)[`r${rule}`] ?? null;
      if ((answer === null ? 2 : Number(answer)) !== answers[at * rules + rule])
        throw new Error(`bench: zen differs in rule ${rule} of row ${at}`);
    }
}
