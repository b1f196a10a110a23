interface Act {
  /** Name of the application. */
  readonly on: string;
  readonly by: string;
  readonly post: string;
  readonly action: string;
  /** The post of the appointment that it is done under. */
  readonly held: string;
  /** Whose appointment, where not the own. */
  readonly under?: string;
  /** The application whose meeting is voted at. */
  readonly meeting?: string;
  readonly at?: string;
  /** SQL of its JSON. */
  readonly content?: string;
  readonly round?: number;
}

/** An act at a post as the product writes it. */
export function act({
  on,
  by,
  post,
  action,
  held,
  under = by,
  meeting,
  at = 'now()',
  round = 0,
  content = `'{}'`,
}: Act): string {
  const vote =
    meeting === undefined
      ? 'null, null'
      : `(select d.id from deliberation d where d.union_id = :union and d.application_id = :${meeting}), 'support'`;
  return `insert into post_act (id, union_id, application_id, post, action, staff_id, appointment_id, deliberation_id, choice, opinion, content, round, acted_at)
    select gen_random_uuid(), :union, :${on}, '${post}', '${action}', :${by}, p.id, ${vote}, 'x', ${content}, ${round}, ${at}
    from post_appointment p join loan_application a on a.union_id = :union and a.id = :${on}
    where p.union_id = :union and p.staff_id = :${under} and p.post = '${held}' order by p.unit_id = a.branch_id desc limit 1`;
}

export const vote = (on: string, by: string, more: Partial<Act> = {}): string =>
  act({ on, by, post: 'deliberation', action: 'vote', held: 'deliberation_group_member', meeting: on, ...more });

/** Gives a person a post, at the unit of another's home. */
export const appoint = (who: string, post: string, like = 'officer1', from = `'2025-01-01'`): string =>
  `insert into post_appointment (id, union_id, staff_id, unit_id, post, valid_from, basis)
   select gen_random_uuid(), :union, :${who}, s.home_unit_id, '${post}', ${from}, 'x' from staff s where s.union_id = :union and s.id = :${like}`;

export const seat = (who: string, on: string): string =>
  `insert into deliberation_member (id, union_id, deliberation_id, staff_id)
   select gen_random_uuid(), :union, d.id, :${who} from deliberation d where d.union_id = :union and d.application_id = :${on}`;

const ENDS = ['released', 'refused', 'withdrawn', 'lapsed'];

/** Moves an application by hand, whole in every column that a step changes. */
export const move = (on: string, stage: string, set = ''): string =>
  `update loan_application set stage = '${stage}', version = version + 1, stage_since = now(),
     closed_at = ${ENDS.includes(stage) ? 'now()' : 'null'}${set} where union_id = :union and id = :${on}`;

/** A decision that nobody made, alike to the newest of the application's in all else. */
export const decision = (on: string, checkpoint: string, verdict: string, by: string): string =>
  `insert into decision (id, union_id, application_id, checkpoint, business_date, book_hash, parameter_set_hash, product_code, verdict, facts,
     facts_hash, outcome_hash, decided_at, decided_by_id)
   select gen_random_uuid(), union_id, application_id, '${checkpoint}', business_date, book_hash, parameter_set_hash, product_code, '${verdict}', facts,
     facts_hash, outcome_hash, now(), :${by} from decision where union_id = :union and application_id = :${on} order by decided_at desc limit 1`;

/** A finding of the application's newest decision: referred to a post, or what a rule says. */
export const referral = (on: string, rule = 'made-up', verdict = 'REFER'): string =>
  `insert into finding (id, union_id, decision_id, position, rule_id, clause, severity, verdict, judged, operands, reason_zh, reason_en)
   select :fresh, union_id, id, 99, '${rule}', 'M1', '${verdict}', '${verdict}', true, '["made up"]', 'x', 'x' from decision
   where union_id = :union and application_id = :${on} order by decided_at desc limit 1`;

/** The trace of an act, as the product leaves it. */
export const trace = (on: string): string =>
  `insert into audit_event (id, union_id, at, actor_name, request_id, action, subject_kind, subject_id)
   values (gen_random_uuid(), :union, now(), 'x', 'x', 'x', 'application', :${on})`;

/** A loan of an application, paid out today. */
export const loan = (on: string, set: { amount?: string; union?: string; application?: string } = {}): string =>
  `insert into loan (id, union_id, loan_no, branch_id, party_id, kind, status, principal_fen, balance_fen, issued_on, application_id)
   select gen_random_uuid(), ${set.union ?? ':union'}, 'X-1', branch_id, party_id, 'own', 'outstanding', s.fen, s.fen, current_date, ${set.application ?? 'a.id'}
   from loan_application a cross join lateral (select ${set.amount ?? 'coalesce(a.approved_amount_fen, a.amount_fen)'} as fen) s where a.union_id = :union and a.id = :${on}`;

/** A copy of a row with some columns set otherwise. */
export const copy = (table: string, where: string, set: string): string =>
  `insert into ${table} select (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(), ${set}))).* from ${table} r where r.union_id = :union and ${where} limit 1`;
