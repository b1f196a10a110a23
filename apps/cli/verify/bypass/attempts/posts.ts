import type { Attempt } from '../attempt.js';
import { act, appoint, referral, seat, trace, vote } from '../statements.js';

const review = (by: string, more: object = {}): string =>
  act({ on: 'review', by, post: 'review', action: 'pass_review', held: 'deputy_director', ...more });
const approve = (by: string, on = 'approval'): string =>
  act({ on, by, post: 'approval', action: 'approve', held: 'branch_director' });

/** One person at two posts of a loan: each pair of posts, by each way to act (G1). */
export const TWO_POSTS: readonly Attempt[] = [
  {
    id: 'investigator-reviews',
    clause: 'G1',
    given: [appoint('officer1', 'deputy_director')],
    sql: review('officer1'),
  },
  {
    id: 'investigator-votes',
    clause: 'G1',
    given: [appoint('officer1', 'deliberation_group_member'), seat('officer1', 'convened')],
    sql: vote('convened', 'officer1'),
  },
  {
    id: 'investigator-approves',
    clause: 'G1',
    given: [appoint('officer1', 'branch_director')],
    sql: approve('officer1'),
  },
  {
    id: 'reviewer-votes',
    clause: 'G1',
    given: [appoint('deputy1', 'deliberation_group_member'), seat('deputy1', 'convened')],
    sql: vote('convened', 'deputy1'),
  },
  { id: 'reviewer-approves', clause: 'G1', given: [appoint('deputy1', 'branch_director')], sql: approve('deputy1') },
  { id: 'member-approves', clause: 'G1', given: [appoint('officer2', 'branch_director')], sql: approve('officer2') },
  {
    id: 'reviewer-refuses-at-approval',
    clause: 'G1',
    given: [appoint('deputy1', 'branch_director')],
    sql: act({ on: 'approval', by: 'deputy1', post: 'approval', action: 'refuse', held: 'branch_director' }),
  },
  {
    id: 'investigator-compares',
    clause: 'G1',
    given: [appoint('officer1', 'deputy_director')],
    sql: act({ on: 'review', by: 'officer1', post: 'review', action: 'compare', held: 'deputy_director' }),
  },
  {
    id: 'investigator-answers-a-finding',
    clause: 'G1',
    given: [referral('review')],
    sql: act({ on: 'review', by: 'officer1', post: 'review', action: 'answer', held: 'field_credit_officer' }),
  },
  {
    id: 'answer-without-its-act',
    clause: 'M1',
    given: [referral('review')],
    sql: `insert into finding_answer (id, union_id, finding_id, staff_id, appointment_id, opinion, answered_at)
      select gen_random_uuid(), :union, :fresh, :officer1, p.id, 'x', now() from post_appointment p
      where p.union_id = :union and p.staff_id = :officer1 limit 1`,
  },
  {
    id: 'investigator-signs-legally',
    clause: 'G4',
    given: [appoint('officer1', 'legal_adviser', 'lawyer')],
    sql: signature('release', 'officer1'),
  },
  {
    id: 'two-reviews-by-one',
    clause: 'G1.2',
    given: [review('deputy1'), trace('review')],
    sql: review('deputy1'),
  },
];

function signature(on: string, by: string): string {
  return `insert into legal_signature (id, union_id, application_id, document_set_hash, documents, outcome, opinion, staff_id, appointment_id, signed_at)
    select gen_random_uuid(), :union, :${on}, 'x', 1, 'signed', 'x', :${by}, p.id, now() from post_appointment p
    where p.union_id = :union and p.staff_id = :${by} order by p.post = 'legal_adviser' desc limit 1`;
}

/** Acts under an appointment that does not give the post (G1.1, G1.2). */
export const APPOINTMENTS: readonly Attempt[] = [
  { id: 'under-the-appointment-of-another', clause: 'G1.1', sql: review('director1', { under: 'deputy1' }) },
  {
    id: 'under-an-ended-appointment',
    clause: 'G1.1',
    given: [
      `update post_appointment set valid_to = current_date - 2 where union_id = :union and staff_id = :deputy1 and post = 'deputy_director'`,
    ],
    sql: review('deputy1'),
  },
  {
    id: 'by-one-who-has-left',
    clause: 'G1.1',
    given: [`update staff set left_on = current_date - 1 where union_id = :union and id = :deputy1`],
    sql: review('deputy1'),
  },
  { id: 'act-without-a-trace', clause: 'I1', sql: review('deputy1') },
  {
    id: 'backdated-into-an-ended-appointment',
    clause: 'G1.1',
    given: [
      `update post_appointment set valid_to = current_date - 2 where union_id = :union and staff_id = :deputy1 and post = 'deputy_director'`,
    ],
    sql: review('deputy1', { at: `now() - interval '3 days'` }),
  },
  {
    id: 'under-an-appointment-to-come',
    clause: 'G1.1',
    given: [appoint('accountant3', 'deputy_director', 'officer1', 'current_date + 2')],
    sql: review('accountant3'),
  },
  {
    id: 'postdated-into-an-appointment-to-come',
    clause: 'G1.1',
    given: [appoint('accountant3', 'deputy_director', 'officer1', 'current_date + 2')],
    sql: review('accountant3', { at: `now() + interval '3 days'` }),
  },
  { id: 'under-the-appointment-of-another-branch', clause: 'G1.1', sql: review('deputy5') },
  {
    id: 'under-a-post-that-does-not-review',
    clause: 'G1.1',
    sql: review('director1', { held: 'branch_director' }),
  },
  {
    id: 'head-office-on-a-branch-loan',
    clause: 'G1.1',
    sql: review('credit', { held: 'head_of_credit_department' }),
  },
  {
    id: 'branch-director-approves-over-authority',
    clause: 'G1.2',
    sql: approve('director1', 'large'),
  },
  {
    id: 'approval-written-as-an-act-of-review',
    clause: 'G1',
    sql: review('deputy1', { action: 'approve' }),
  },
  { id: 'approval-before-its-stage', clause: 'G1', sql: approve('director1', 'review') },
  { id: 'act-of-another-round', clause: 'G1', sql: review('deputy1', { round: 7 }) },
  { id: 'act-on-a-refused-application', clause: 'G1', sql: review('deputy1', { on: 'refused' }) },
  { id: 'adviser-who-is-none', clause: 'G4', sql: signature('large', 'audit') },
  { id: 'legal-signature-before-approval', clause: 'G4', sql: signature('review', 'lawyer') },
  {
    id: 'appointment-made-to-begin-earlier',
    clause: 'G1',
    sql: `update post_appointment set valid_from = '2020-01-01' where union_id = :union and staff_id = :deputy1`,
  },
  {
    id: 'appointment-given-to-another',
    clause: 'G1',
    sql: `update post_appointment set staff_id = :officer1 where union_id = :union and staff_id = :deputy1`,
  },
  {
    id: 'appointment-made-another-post',
    clause: 'G1',
    sql: `update post_appointment set post = 'president' where union_id = :union and staff_id = :officer1`,
  },
];
