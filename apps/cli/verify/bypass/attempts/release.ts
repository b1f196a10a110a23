import type { Attempt } from '../attempt.js';
import { copy, decision, loan, move, referral, trace } from '../statements.js';

const checked = (on: string, verdict = 'PASS', by = 'accountant1'): string => decision(on, 'release', verdict, by);
const released = (on: string): string => move(on, 'released');

/** The whole sum in one instalment, of the loan that the attempt made. */
const PLAN = `'number', 1, 'principal_fen', (select l.principal_fen from loan l where l.union_id = :union and l.application_id = :release),
  'loan_id', (select l.id from loan l where l.union_id = :union and l.application_id = :release)`;

/** Releases that the posts did not make (G1, G4). */
export const RELEASES: readonly Attempt[] = [
  { id: 'released-without-a-check', clause: 'G1', sql: released('release') },
  {
    id: 'released-past-a-check-that-blocks',
    clause: 'G1',
    given: [checked('release', 'BLOCK')],
    sql: released('release'),
  },
  {
    id: 'released-by-a-handler',
    clause: 'G1',
    given: [checked('release', 'PASS', 'officer1')],
    sql: released('release'),
  },
  {
    id: 'released-over-an-open-finding-of-the-release',
    clause: 'M1',
    given: [checked('release', 'REFER'), referral('release')],
    sql: released('release'),
  },
  {
    id: 'released-over-an-open-finding-of-the-review',
    clause: 'M1',
    given: [decision('release', 'review', 'REFER', 'deputy1'), referral('release'), checked('release')],
    sql: released('release'),
  },
  {
    id: 'released-past-a-review-check-that-blocks',
    clause: 'G1',
    given: [decision('release', 'review', 'BLOCK', 'deputy1'), checked('release')],
    sql: released('release'),
  },
  { id: 'large-loan-without-the-adviser', clause: 'G4', given: [checked('large')], sql: released('large') },
  ...['investigation', 'review', 'deliberation', 'approval', 'contract'].map((stage) => ({
    id: `released-from-${stage}`,
    clause: 'G1',
    given: [checked(stage)],
    sql: released(stage),
  })),
  {
    id: 'released-without-a-loan',
    clause: 'G1',
    given: [checked('release'), trace('release')],
    sql: released('release'),
  },
  {
    id: 'released-as-a-loan-without-a-plan',
    clause: 'G1',
    given: [checked('release'), trace('release'), released('release')],
    sql: loan('release'),
  },
  {
    id: 'released-as-a-loan-settled-already',
    clause: 'G1',
    given: [checked('release'), trace('release'), released('release')],
    sql: loan('release').replace('s.fen, s.fen', 's.fen, 0'),
  },
  {
    id: 'released-without-a-trace',
    clause: 'I1',
    given: [checked('release'), released('release'), loan('release')],
    sql: copy('loan_instalment', 'r.loan_id = :loan', PLAN),
  },
  {
    id: 'paper-slipped-in-after-the-adviser',
    clause: 'G4',
    given: [
      copy('loan_document', 'r.application_id = :signed', `'number', 99, 'uploaded_at', now()`),
      checked('signed'),
    ],
    sql: released('signed'),
  },
  { id: 'loan-before-release', clause: 'G1', sql: loan('release') },
  { id: 'loan-of-an-application-in-review', clause: 'G1', sql: loan('review') },
  { id: 'loan-of-a-refused-application', clause: 'G1', sql: loan('refused') },
  { id: 'second-loan-of-one-application', clause: 'G1', sql: loan('released') },
  { id: 'loan-over-another-sum', clause: 'G1', sql: loan('released', { amount: 'a.approved_amount_fen * 2' }) },
  {
    id: 'loan-of-the-application-of-another-union',
    clause: 'G1',
    sql: loan('released', { application: ':otherApplication' }),
  },
  { id: 'loan-in-another-union', clause: 'G1', sql: loan('released', { union: ':other' }) },
  {
    id: 'ledger-loan-turned-into-a-released-one',
    clause: 'G1',
    sql: `update loan set application_id = :release where union_id = :union and id = :ledgerLoan`,
  },
  {
    id: 'payment-told-of-a-ledger-loan',
    clause: 'G1',
    sql: `insert into outbox_event (id, union_id, topic, payload, created_at)
      values (gen_random_uuid(), :union, 'loan.released', jsonb_build_object('loanId', :ledgerLoan::text, 'applicationId', :release::text), now())`,
  },
  {
    id: 'payment-told-twice',
    clause: 'G1',
    sql: `insert into outbox_event (id, union_id, topic, payload, created_at)
      values (gen_random_uuid(), :union, 'loan.released', jsonb_build_object('loanId', :loan::text, 'applicationId', :released::text), now())`,
  },
  {
    id: 'terms-frozen-anew-with-another-payee',
    clause: 'G1',
    sql: copy('approved_terms', 'r.application_id = :release', `'round', 9, 'payee', 'X'`),
  },
  {
    id: 'terms-without-an-approval',
    clause: 'G1',
    sql: copy('approved_terms', 'r.application_id = :release', `'application_id', :approval`),
  },
  {
    id: 'contract-before-its-stage',
    clause: 'G1',
    sql: copy('loan_contract', 'r.application_id = :release', `'application_id', :approval, 'contract_no', 'X-1'`),
  },
  {
    id: 'contract-short-of-a-condition',
    clause: 'G1',
    sql: copy(
      'loan_contract',
      'r.application_id = :release',
      `'application_id', :contract, 'contract_no', 'X-1', 'conditions_met', '[]'::jsonb`,
    ),
  },
  {
    id: 'contract-on-a-paper-of-another-file',
    clause: 'G1',
    sql: copy('loan_contract', 'r.application_id = :release', `'application_id', :contract, 'contract_no', 'X-1'`),
  },
  {
    id: 'contract-written-anew',
    clause: 'G1',
    sql: copy('loan_contract', 'r.application_id = :released', `'round', 9`),
  },
];
