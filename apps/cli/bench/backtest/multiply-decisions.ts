import type pg from 'pg';
import type { Progress } from '../../output.js';

/** Copies of one decision that one statement makes. */
const AT_ONCE = 10;

/** Each copy has enquiries of its own, so that no two are the same and a policy on them changes some. */
const COPY_SQL = `
insert into decision (id, union_id, application_id, checkpoint, business_date, book_hash, pinned_book_hash, parameter_set_hash, product_code, verdict,
  facts, facts_hash, outcome_hash, decided_at, decided_by_id)
select gen_random_uuid(), union_id, application_id, checkpoint, business_date, book_hash, pinned_book_hash, parameter_set_hash, product_code, verdict,
  jsonb_set(facts, '{bureau.hardEnquiries12Months,value}', to_jsonb(abs(hashtext(id::text || copy)) % 14)), facts_hash, outcome_hash, decided_at, decided_by_id
from made cross join generate_series($1::int, $2::int) copy`;

/** Makes the decisions that are there into at least so many, by the owner alone. Gives how many there are. */
export async function multiplyDecisions(owner: pg.Client, wanted: number, progress: Progress): Promise<number> {
  await owner.query('create temp table made as table decision');
  const made = await owner.query<{ count: number }>('select count(*)::int as count from made');
  const originals = made.rows[0]?.count ?? 0;
  if (originals === 0) throw new Error('bench: nothing was decided');
  await owner.query('set session_replication_role = replica');
  const copies = Math.ceil(wanted / originals) - 1;
  for (let first = 1; first <= copies; first += AT_ONCE) {
    const last = Math.min(first + AT_ONCE - 1, copies);
    await owner.query(COPY_SQL, [first, last]);
    progress.update((last + 1) * originals, wanted, 'multiplying decisions');
  }
  await owner.query('set session_replication_role = default');
  await owner.query('drop table made');
  await owner.query('vacuum analyze decision');
  await owner.query('checkpoint');
  return originals * (copies + 1);
}
