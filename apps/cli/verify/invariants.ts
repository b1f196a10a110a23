import { createPool } from '#libs/persistence/pool.js';
import { verifyAudit } from '#libs/persistence/verify-audit.js';
import { asOwner } from './as-owner.js';

/** Each gives the rows in which something is half done, done twice, or done past the posts: none, at any moment. */
const INVARIANTS: Readonly<Record<string, string>> = {
  'a released application without its one loan': `select a.id from loan_application a where a.union_id = $1 and a.stage = 'released'
    and (select count(*) from loan l where l.union_id = $1 and l.application_id = a.id) <> 1`,
  'a loan of an application that is not released': `select l.id from loan l join loan_application a on a.union_id = $1 and a.id = l.application_id
    where l.union_id = $1 and a.stage <> 'released'`,
  'a loan whose plan is not its principal': `select l.id from loan l where l.union_id = $1 and l.application_id is not null
    and l.principal_fen is distinct from (select sum(i.principal_fen) from loan_instalment i where i.union_id = $1 and i.loan_id = l.id)`,
  'a released application without four posts by four people': `select a.id from loan_application a where a.union_id = $1 and a.stage = 'released'
    and (select count(distinct p.post) from post_act p where p.union_id = $1 and p.application_id = a.id) < 4`,
  'one person at two posts of an application': `select p.application_id as id from post_act p where p.union_id = $1
    group by p.application_id, p.staff_id having count(distinct p.post) > 1`,
  'a released application without a release check that lets it go': `select a.id from loan_application a where a.union_id = $1 and a.stage = 'released'
    and not exists (select from decision d where d.union_id = $1 and d.application_id = a.id and d.checkpoint = 'release' and d.verdict <> 'BLOCK')`,
  'a released application without its contract and terms': `select a.id from loan_application a where a.union_id = $1 and a.stage = 'released'
    and (not exists (select from loan_contract c where c.union_id = $1 and c.application_id = a.id)
      or not exists (select from approved_terms t where t.union_id = $1 and t.application_id = a.id))`,
  'an application past intake without a decision there': `select a.id from loan_application a where a.union_id = $1
    and a.stage not in ('intake', 'withdrawn', 'lapsed', 'refused')
    and not exists (select from decision d where d.union_id = $1 and d.application_id = a.id and d.checkpoint = 'intake')`,
  'a vote or an act that is there twice': `select min(p.id::text)::uuid as id from post_act p where p.union_id = $1
    and p.action in ('vote', 'approve', 'pass_review', 'investigate', 'accompany', 'refuse')
    group by p.application_id, p.round, p.staff_id, p.action, p.deliberation_id having count(*) > 1`,
  'a post act without its row in the trail': `select p.id from post_act p where p.union_id = $1 and not exists (select from audit_event e
    where e.union_id = $1 and e.subject_kind = 'application' and e.subject_id = p.application_id and e.actor_id = p.staff_id)`,
  'a key without the answer that it stands for': `select k.id from idempotency_key k where k.union_id = $1 and k.status is null`,
  'an exposure that is not the sum of the ledger': `select e.party_id as id from party_exposure e where e.union_id = $1
    and e.outstanding_fen <> (select coalesce(sum(l.balance_fen), 0) from loan l where l.union_id = $1 and l.party_id = e.party_id and l.status = 'outstanding')`,
  'a borrower without an exposure': `select l.party_id as id from loan l where l.union_id = $1 and l.status = 'outstanding'
    and not exists (select from party_exposure e where e.union_id = $1 and e.party_id = l.party_id)`,
  'a released loan that is not told of once': `select a.id from loan_application a where a.union_id = $1 and a.stage = 'released'
    and (select count(*) from outbox_event o where o.union_id = $1 and o.topic = 'loan.released' and o.payload ->> 'applicationId' = a.id::text) <> 1`,
};

/** What is broken in a union, each named with the first record of it; and in its chain of audit rows that were sealed. */
export async function brokenInvariants(ownerUrl: string, unionId: string): Promise<string[]> {
  const broken = await asOwner(ownerUrl, unionId, async (owner) => {
    const told: string[] = [];
    for (const [what, text] of Object.entries(INVARIANTS)) {
      const found = await owner.query<{ id: string }>(text, [unionId]);
      if (found.rowCount !== 0) told.push(`${what}: ${found.rowCount}, as ${found.rows[0]?.id}`);
    }
    return told;
  });
  const pool = createPool(ownerUrl, 1);
  try {
    const chain = await verifyAudit(pool, unionId, { sealedBefore: new Date(0) });
    return [...broken, ...chain.broken.map(({ what, sequence }) => `the chain is ${what} at ${sequence}`)];
  } finally {
    await pool.end();
  }
}
