import { openVault } from '#libs/persistence/key-ring.js';
import { DemoClient } from '../demo/demo-client.js';
import type { DemoServer } from '../demo/demo-server.js';
import { asOwner } from './as-owner.js';
import { walkToStops } from './bypass/stages.js';

/** Ids of records of the first branch that a stranger must not reach, by the parameter of a path or field of a body. */
export type Targets = Readonly<Record<string, string>>;

const TARGETS_SQL = `
select 'application' as name, id::text as value from loan_application where union_id = $1 and id = $2
union all select 'version', version::text from loan_application where union_id = $1 and id = $2
union all select 'customer', party_id::text from loan_application where union_id = $1 and id = $2
union all select 'unit', branch_id::text from loan_application where union_id = $1 and id = $2
union all select 'decision', (select id::text from decision where union_id = $1 and application_id = $2 order by id limit 1)
union all select 'document', (select id::text from loan_document where union_id = $1 and application_id = $2 order by id limit 1)
union all select 'collateral', (select id::text from collateral where union_id = $1 and application_id = $2 limit 1)
union all select 'appraisal', (select a.id::text from appraisal a join collateral c on c.id = a.collateral_id where c.application_id = $2 limit 1)
union all select 'specimen', (select id::text from appraisal_specimen where union_id = $1 order by id limit 1)
union all select 'firm', (select firm_id::text from appraisal_specimen where union_id = $1 order by id limit 1)
union all select 'staff', (select staff_id::text from user_account where union_id = $1 and login = 'officer1')
union all select 'account', (select id::text from user_account where union_id = $1 and login = 'officer1')
union all select 'session', (select s.id::text from user_session s join user_account u on u.id = s.account_id where u.login = 'officer1' limit 1)
union all select 'appointment', (select p.id::text from post_appointment p join user_account u on u.staff_id = p.staff_id where u.login = 'director1' limit 1)
union all select 'household', (select household_id::text from household_member m join loan_application a on a.party_id = m.party_id where a.id = $2 limit 1)
union all select 'draft', id::text from rule_draft where union_id = $1
union all select 'run', id::text from impact_run where union_id = $1
union all select 'hash', (select hash from rule_book where union_id = $1 order by published_at limit 1)`;

/** A row of the compliance maker's, with its trace. */
const traced = (kind: string, insert: string): string => `
with made as (${insert} returning id)
insert into audit_event (id, union_id, at, actor_name, request_id, action, subject_kind, subject_id)
select gen_random_uuid(), $1, now(), 'verify', 'verify', 'verify', '${kind}', id from made`;

const DRAFT_SQL = traced(
  'rule_draft',
  `insert into rule_draft (id, union_id, state, title, parameters, cases, maker_id, created_at)
  select gen_random_uuid(), u.union_id, 'draft', 'x', '[{}]', '[]', u.staff_id, now() from user_account u where u.union_id = $1 and u.login = 'maker'`,
);

/** One that was stopped before it began. */
const RUN_SQL = traced(
  'impact_run',
  `insert into impact_run (id, union_id, request, policies, state, requested_by_id, requested_at, finished_at)
  select gen_random_uuid(), u.union_id, '{}', '{}', 'stopped', u.staff_id, now(), now() from user_account u where u.union_id = $1 and u.login = 'maker'`,
);

const SEALED_SQL =
  'select identity_cipher as identity, phone_cipher as phone from party where union_id = $1 and id = $2';

/** Walks loans to every stop; gives the records around one that waits for its contract. */
export async function makeTargets({ url, unionId, database }: DemoServer): Promise<Targets> {
  const stops = await walkToStops(new DemoClient(url));
  return asOwner(database.ownerUrl, unionId, async (owner) => {
    await owner.query(DRAFT_SQL, [unionId]);
    await owner.query(RUN_SQL, [unionId]);
    const found = await owner.query<{ name: string; value: string | null }>(TARGETS_SQL, [
      unionId,
      stops.get('contract'),
    ]);
    const missing = found.rows.filter(({ value }) => value === null).map(({ name }) => name);
    if (missing.length > 0) throw new Error(`nothing to ask for: ${missing.join(', ')}`);
    const targets = Object.fromEntries(found.rows.map(({ name, value }) => [name, value ?? '']));
    const sealed = await owner.query<{ identity: Buffer; phone: Buffer }>(SEALED_SQL, [unionId, targets['customer']]);
    const { identity, phone } = sealed.rows[0] ?? {};
    const vault = await openVault(owner, database.secret);
    const open = (cipher: Buffer | undefined): string => (cipher === undefined ? '' : vault.decrypt(cipher));
    return { ...targets, identityNumber: open(identity), phone: open(phone) };
  });
}

/** The record that a path is about, by what stands before its parameter. */
const OF_PREFIX: Readonly<Record<string, string>> = {
  applications: 'application',
  customers: 'customer',
  decisions: 'decision',
  accounts: 'account',
  sessions: 'session',
  staff: 'staff',
  appointments: 'appointment',
  'rule-drafts': 'draft',
  'impact-runs': 'run',
};

/** A path with the ids of the targets in the place of its parameters; what there is no target of gets an id that is none. */
export function fillPath(path: string, targets: Targets, otherwise: () => string): string {
  return path.replace(/([^/]+)\/:(\w+)/g, (_, before: string, name: string) => {
    const target = name === 'id' ? OF_PREFIX[before] : name.replace(/Id$/, '');
    return `${before}/${(target === undefined ? undefined : targets[target]) ?? otherwise()}`;
  });
}
