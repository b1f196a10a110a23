import type { IdSource } from '../../domain/clock.js';
import type { PersonalDataVault } from '../../platform/personal-data.js';
import type { Actor } from '../../usecases/actor.js';
import type { PersonalData, Unmasked, UnmaskPort } from '../../usecases/unmask-customer.js';
import { acrossBranches } from '../across-branches.js';
import type { Sql } from '../pool.js';
import { SqlRecords } from './sql-records.js';

const CIPHERS_SQL = `
select p.identity_cipher as identity, p.phone_cipher as phone,
  coalesce((select array_agg(a.account_cipher order by a.opened_on nulls last, a.id) from account_holder h
    join deposit_account a on a.union_id = $1 and a.id = h.account_id
    where h.union_id = $1 and h.party_id = p.id and a.account_cipher is not null), '{}') as accounts
from party p where p.union_id = $1 and p.id = $2`;

/** Personal data of customers, opened. */
export class UnmaskStore extends SqlRecords implements UnmaskPort {
  constructor(
    sql: Sql,
    ids: IdSource,
    actor: Actor,
    private readonly vault: PersonalDataVault,
  ) {
    super(sql, ids, actor);
  }

  async homeUnitOf(customerId: string): Promise<string | null> {
    const found = await this.sql.query<{ unit: string | null }>(
      'select home_unit_id as unit from party where union_id = $1 and id = $2',
      [this.unionId, customerId],
    );
    return found.rows[0]?.unit ?? null;
  }

  async personalData(customerId: string, wanted: readonly Unmasked[]): Promise<PersonalData> {
    // The home unit sees the customer's accounts at every branch.
    const found = await acrossBranches(this.sql, () =>
      this.sql.query<{ identity: Buffer | null; phone: Buffer | null; accounts: Buffer[] }>(CIPHERS_SQL, [
        this.unionId,
        customerId,
      ]),
    );
    const { identity = null, phone = null, accounts = [] } = found.rows[0] ?? {};
    const open = (cipher: Buffer | null): string | null => (cipher === null ? null : this.vault.decrypt(cipher));
    return {
      ...(wanted.includes('identityNumber') ? { identityNumber: open(identity) } : {}),
      ...(wanted.includes('phone') ? { phone: open(phone) } : {}),
      ...(wanted.includes('accounts') ? { accounts: accounts.map((cipher) => this.vault.decrypt(cipher)) } : {}),
    };
  }
}
