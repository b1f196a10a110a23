import type { Sql } from '../pool.js';
import type { PersistenceTools } from '../tools.js';

type AccountAct = 'session.open' | 'session.close' | 'session.refuse' | 'session.lock' | 'account.bind-identity';

export interface AccountOfUnion {
  readonly unionId: string;
  readonly accountId: string;
}

/** What happened to an account outside of a request of its owner's. */
export async function auditAccount(
  sql: Sql,
  { ids, clock }: Pick<PersistenceTools, 'ids' | 'clock'>,
  { unionId, accountId }: AccountOfUnion,
  action: AccountAct,
  after: object | null = null,
): Promise<void> {
  await sql.query(
    `insert into audit_event (id, union_id, at, actor_id, actor_name, request_id, action, subject_kind, subject_id, after)
     select $1::uuid, $2, $3, u.staff_id, u.login, $1::uuid::text, $5, 'account', u.id, $6::jsonb from user_account u where u.id = $4`,
    [ids.next(), unionId, clock.now(), accountId, action, after === null ? null : JSON.stringify(after)],
  );
}
