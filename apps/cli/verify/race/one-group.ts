import type pg from 'pg';
import { systemIds } from '#libs/platform/clock.js';

/** Borrowers that are one risk group, and what they may owe together. */
export interface OneGroup {
  readonly customers: readonly string[];
  readonly branchId: string;
  readonly head: string;
  readonly limitFen: bigint;
}

/** Makes the borrowers of applications one risk group that owes all but `roomFen` of its limit. */
export async function makeOneGroup(
  owner: pg.Client,
  unionId: string,
  applications: readonly string[],
  roomFen: bigint,
): Promise<OneGroup> {
  const found = await owner.query<{ customer: string; branch: string }>(
    'select party_id as customer, branch_id as branch from loan_application where union_id = $1 and id = any($2::uuid[])',
    [unionId, applications],
  );
  const customers = found.rows.map(({ customer }) => customer);
  const branchId = found.rows[0]?.branch ?? '';
  const head = systemIds.next();
  await owner.query(
    `insert into party (id, union_id, kind, name, home_unit_id) values ($1, $2, 'organisation', 'verify', $3)`,
    [head, unionId, branchId],
  );
  for (const customer of customers)
    await owner.query(
      `insert into party_link (id, union_id, kind, from_party_id, to_party_id, status, valid_from, source)
       values ($1, $2, 'controller', $3, $4, 'confirmed', '2020-01-01', 'verify')`,
      [systemIds.next(), unionId, customer, head],
    );
  const limitFen = await groupLimit(owner, unionId);
  await owner.query(
    `insert into loan (id, union_id, loan_no, branch_id, party_id, kind, status, five_tier, principal_fen, balance_fen, issued_on)
     values ($1, $2, $1::uuid::text, $3, $4, 'own', 'outstanding', 'normal', $5, $5, '2025-01-01')`,
    [systemIds.next(), unionId, branchId, head, String(limitFen - roomFen)],
  );
  return { customers, branchId, head, limitFen };
}

/** What a risk group may owe at most: a percentage of net capital (M2). */
async function groupLimit(owner: pg.Client, unionId: string): Promise<bigint> {
  const found = await owner.query<{ fen: string }>(
    `select floor((c.value #>> '{}')::numeric * (p.value #>> '{}')::numeric / 100)::text as fen
     from policy_parameter c join policy_parameter p on p.union_id = c.union_id and p.key = 'policy.groupPercent' and p.valid_to is null
     where c.union_id = $1 and c.key = 'policy.netCapitalFen' and c.valid_to is null`,
    [unionId],
  );
  return BigInt(found.rows[0]?.fen ?? 0);
}
