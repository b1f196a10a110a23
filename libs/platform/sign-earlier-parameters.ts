import type { Client } from 'pg';
import { type ParameterTerms, parameterText } from '../rules/parameter-text.js';
import { signText } from './anchor-signature.js';

/** The migration from which on changes of parameters are signed. */
export const SIGNED_SINCE = '20261127000050_signed_parameters';

const UNSIGNED_SQL = `
select p.id, p.union_id as "unionId", p.draft_id as "draftId", d.maker_id as "makerId", d.checker_id as "checkerId", c.change
from policy_parameter p join rule_draft d on d.union_id = p.union_id and d.id = p.draft_id
cross join lateral (select one as change from jsonb_array_elements(d.parameters) one where one ->> 'key' = p.key) c
where p.signature is null`;

/** Signs, once, the changes that were published before changes were signed. */
export async function signEarlierParameters(owner: Client, secret: Uint8Array): Promise<void> {
  const unions = await owner.query<{ id: string }>('select id from county_union');
  for (const union of unions.rows) {
    // The policies of the tables hold for an owner, too, who is no superuser.
    await owner.query(`select set_config('app.union_id', $1, false)`, [union.id]);
    const found = await owner.query<ParameterTerms & { readonly id: string }>(UNSIGNED_SQL);
    for (const { id, ...terms } of found.rows) {
      const { signature, publicKey } = signText(secret, parameterText(terms), 'rule books');
      const change = 'update policy_parameter set signature = $2, public_key = $3 where id = $1';
      await owner.query(change, [id, signature, publicKey]);
    }
  }
}
