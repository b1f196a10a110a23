import type { Attempt } from '../attempt.js';
import { act, copy, referral, trace } from '../statements.js';

const TODAY = `(now() at time zone 'Asia/Shanghai')::date`;

const traced = (kind: string): string =>
  `insert into audit_event (id, union_id, at, actor_name, request_id, action, subject_kind, subject_id)
   values (gen_random_uuid(), :union, now(), 'x', 'x', 'x', '${kind}', :fresh)`;

const draftedBy = (who: string): string =>
  `insert into rule_draft (id, union_id, state, title, parameters, cases, maker_id, created_at)
   values (:fresh, :union, 'draft', 'x', '[{"key": "policy.madeUp"}]', '[]', :${who}, now())`;
const goes = (state: string, set: string): string =>
  `update rule_draft set state = '${state}', version = version + 1, ${set} where union_id = :union and id = :fresh`;
const SUBMITTED = goes('submitted', `effective_from = ${TODAY}, submitted_at = now()`);
const checkedBy = (who: string): string =>
  goes('checked', `checker_id = :${who}, checked_at = now(), check_opinion = 'x'`);
const DRAFT = [traced('rule_draft'), draftedBy('maker')];

const stopBy = (who: string): string =>
  `insert into product_stop (id, union_id, product_code, reason, ordered_by_id, ordered_at)
   select :fresh, :union, code, 'x', :${who}, now() from product where union_id = :union order by code limit 1`;
const stopped = (set: string): string => `update product_stop set ${set} where union_id = :union and id = :fresh`;
const confirmedBy = (who: string): string => stopped(`confirmed_by_id = :${who}, confirmed_at = now()`);
const waivedBy = (who: string, held: string): string =>
  `insert into finding_answer (id, union_id, finding_id, staff_id, appointment_id, opinion, answered_at, waived_until)
   select gen_random_uuid(), :union, :fresh, :${who}, p.id, 'x', now(), ${TODAY} + 30 from post_appointment p
   where p.union_id = :union and p.staff_id = :${who} and p.post = '${held}' limit 1`;
/** The deputy answers the rule where it cannot judge; his act is there, his waiver is what is refused. */
const ANSWERED_BY_DEPUTY = act({
  on: 'review',
  by: 'deputy1',
  post: 'review',
  action: 'answer',
  held: 'deputy_director',
  content: "jsonb_build_object('findingId', :fresh::text)",
});
const STOP = [traced('product_stop'), stopBy('maker')];

/** Rules in force by one person, for days gone by, or past a step; a product stopped by one; a waiver by another post. */
export const RULES: readonly Attempt[] = [
  { id: 'draft-by-an-officer', clause: 'M3', given: [traced('rule_draft')], sql: draftedBy('officer1') },
  { id: 'draft-without-a-trace', clause: 'M3', sql: draftedBy('maker') },
  {
    id: 'draft-published-at-once',
    clause: 'M3',
    given: DRAFT,
    sql: goes('published', 'published_by_id = :maker, published_at = now()'),
  },
  { id: 'draft-checked-unsubmitted', clause: 'M3', given: DRAFT, sql: checkedBy('checker') },
  { id: 'draft-checked-by-its-maker', clause: 'M3', given: [...DRAFT, SUBMITTED], sql: checkedBy('maker') },
  { id: 'draft-checked-by-an-auditor', clause: 'M3', given: [...DRAFT, SUBMITTED], sql: checkedBy('audit') },
  {
    id: 'draft-changed-after-its-check',
    clause: 'M3',
    given: [...DRAFT, SUBMITTED, checkedBy('checker')],
    sql: `update rule_draft set parameters = '[{"key": "policy.other"}]', version = version + 1 where union_id = :union and id = :fresh`,
  },
  {
    id: 'draft-for-a-day-gone-by',
    clause: 'M3',
    given: DRAFT,
    sql: goes('submitted', `effective_from = ${TODAY} - 1, submitted_at = now()`),
  },
  {
    id: 'draft-published-in-part',
    clause: 'M3',
    given: [...DRAFT, SUBMITTED, checkedBy('checker')],
    sql: goes('published', 'published_by_id = :checker, published_at = now()'),
  },
  {
    id: 'publication-beside-a-draft',
    clause: 'M3',
    sql: copy('rule_publication', 'true', `'effective_from', ${TODAY} + 1, 'published_at', now()`),
  },
  {
    id: 'publication-of-two-and-no-draft',
    clause: 'M3',
    sql: copy(
      'rule_publication',
      'true',
      `'maker_id', :maker, 'checker_id', :checker, 'signature', 'x', 'public_key', 'x', 'published_at', now()`,
    ),
  },
  {
    id: 'parameter-ended-by-nobody',
    clause: 'M3',
    sql: `update policy_parameter set valid_to = ${TODAY} where union_id = :union and key = 'policy.hardEnquiriesTolerated'`,
  },
  { id: 'product-stopped-by-one', clause: 'M1', given: STOP, sql: confirmedBy('maker') },
  { id: 'product-stopped-by-an-officer', clause: 'M1', given: STOP, sql: confirmedBy('officer1') },
  {
    id: 'stop-lifted-by-one',
    clause: 'M1',
    given: [
      ...STOP,
      confirmedBy('checker'),
      stopped(`lift_reason = 'x', lift_ordered_by_id = :president, lift_ordered_at = now()`),
    ],
    sql: stopped('lifted_by_id = :president, lifted_at = now()'),
  },
  {
    id: 'stop-lifted-at-once',
    clause: 'M1',
    given: [...STOP, confirmedBy('checker')],
    sql: stopped('lifted_by_id = :president, lifted_at = now()'),
  },
  {
    id: 'finding-waived-by-another-post',
    clause: 'M1',
    given: [referral('review')],
    sql: waivedBy('officer1', 'field_credit_officer'),
  },
  {
    id: 'block-waived-by-who-answers-its-rule',
    clause: 'M1',
    given: [referral('review', 'npl-applicant', 'BLOCK'), trace('review'), ANSWERED_BY_DEPUTY],
    sql: waivedBy('deputy1', 'deputy_director'),
  },
];
