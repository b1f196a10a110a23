import { isOurs } from '../platform/anchor-signature.js';
import { parameterText } from '../rules/parameter-text.js';
import type { ParameterChange } from '../rules/rule-format.js';
import type { Sql } from './pool.js';

interface ChangedRow {
  readonly key: string;
  readonly draftId: string;
  readonly makerId: string;
  readonly checkerId: string;
  readonly signature: string | null;
  /** As it was checked. */
  readonly change: ParameterChange | null;
  /** Whether the row says what was checked; it may have ended earlier. */
  readonly asChecked: boolean;
}

const CHANGED_SQL = `
select p.key, p.draft_id as "draftId", d.maker_id as "makerId", d.checker_id as "checkerId", p.signature, c.change,
  coalesce(c.change -> 'value' = p.value and (c.change ->> 'from')::date = p.valid_from
    and (c.change ->> 'to' is null or p.valid_to <= (c.change ->> 'to')::date), false) as "asChecked"
from policy_parameter p join rule_draft d on d.union_id = $1 and d.id = p.draft_id
left join lateral (select one as change from jsonb_array_elements(d.parameters) one where one ->> 'key' = p.key) c on true
where p.union_id = $1 and p.draft_id is not null and p.valid_from <= $2 and (p.valid_to is null or p.valid_to >= $2)`;

/** Throws where people changed a parameter that is in force and this installation did not sign the change so: the loan stops. */
export async function assertParametersSigned(
  sql: Sql,
  unionId: string,
  on: string,
  secret: Uint8Array | null,
): Promise<void> {
  for (const row of (await sql.query<ChangedRow>(CHANGED_SQL, [unionId, on])).rows) {
    const { change, signature, asChecked } = row;
    const text = change === null ? null : parameterText({ unionId, ...row, change });
    const signed =
      text !== null && signature !== null && secret !== null && isOurs(secret, { text, signature }, 'rule books');
    if (!signed || !asChecked)
      throw new Error(`the change of ${row.key} by draft ${row.draftId} was not signed so here`);
  }
}
