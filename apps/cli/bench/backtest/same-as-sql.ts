import type { Duck } from '#libs/bulk/duck.js';
import type { AnswerPlace } from '#libs/rules/sql/decide-select.js';
import { quoteName } from '#libs/rules/sql/dialect.js';
import type { Said } from './hand-loop.js';

/** Rows compared at once. */
const STRETCH = 1000;

/** Compares every answer and level of every row. Throws where the statement and the loop differ in one. */
export async function sameAsSql(
  duck: Duck,
  statement: string,
  places: readonly AnswerPlace[],
  said: Said,
): Promise<void> {
  if (new Set(places.map(({ answer }) => answer)).size !== places.length)
    throw new Error('bench: two of the rules ask the same');
  const answers = places.map(({ answer }) => `coalesce((${quoteName(answer)})::utinyint, 2)`).join(', ');
  const stretches = duck.stream(
    `select id // ${STRETCH} as stretch, string_agg(concat(${answers}), '' order by id), string_agg(level, '' order by id)
     from (${statement}) group by stretch order by stretch`,
  );
  const width = places.length * STRETCH;
  let at = 0;
  for await (const [, bulk, levels] of stretches) {
    const loop = text(said.answers, at * width, width);
    if (bulk !== loop || levels !== text(said.levels, at * STRETCH, STRETCH))
      throw new Error(`bench: SQL and the loop written by hand differ within ${STRETCH} rows from ${at * STRETCH}`);
    at += 1;
  }
  if (at !== Math.ceil(said.levels.length / STRETCH)) throw new Error('bench: SQL decided another number of rows');
}

const text = (digits: Uint8Array, from: number, length: number): string =>
  Buffer.from(digits.subarray(from, from + length).map((digit) => digit + 48)).toString('latin1');
