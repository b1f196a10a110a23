import type { Attempt } from '../attempt.js';
import { copy } from '../statements.js';

/** What a released loan owes, to whom, and on what security. */
export const AFTER_RELEASE: readonly Attempt[] = [
  ...Object.entries({
    'principal-raised': 'principal_fen = principal_fen * 2, balance_fen = balance_fen * 2',
    'balance-raised': 'balance_fen = balance_fen * 2',
    'borrower-of-a-loan-exchanged': 'party_id = :party',
    'branch-of-a-loan-exchanged': 'branch_id = :branch',
    'loan-issued-earlier': `issued_on = '2000-01-01'`,
    'loan-written-off-by-hand': `kind = 'written_off'`,
    'loan-taken-from-its-application': 'application_id = null',
    'loan-number-changed': `loan_no = 'X-9'`,
  }).map(([id, set]) => ({ id, clause: 'G1', sql: `update loan set ${set} where union_id = :union and id = :loan` })),
  {
    id: 'settled-loan-opened-again',
    clause: 'G1',
    given: [`update loan set status = 'settled', balance_fen = 0 where union_id = :union and id = :loan`],
    sql: `update loan set status = 'outstanding', balance_fen = 100 where union_id = :union and id = :loan`,
  },
  {
    id: 'instalment-changed',
    clause: 'G1',
    sql: `update loan_instalment set due_on = due_on + 3650 where union_id = :union and loan_id = :loan`,
  },
  {
    id: 'instalment-added',
    clause: 'G1',
    sql: copy('loan_instalment', 'r.loan_id = :loan', `'number', 999, 'principal_fen', 0`),
  },
  {
    id: 'plan-for-a-ledger-loan',
    clause: 'G1',
    sql: copy('loan_instalment', 'r.loan_id = :loan', `'loan_id', :ledgerLoan`),
  },
  { id: 'instalments-deleted', clause: 'G1', sql: `delete from loan_instalment where union_id = :union` },
  {
    id: 'guarantor-exchanged',
    clause: 'C3',
    sql: `update guarantee set guarantor_id = :party where union_id = :union and loan_id = :loan`,
  },
  {
    id: 'guarantee-ended',
    clause: 'C3',
    sql: `update guarantee set valid_to = current_date where union_id = :union and loan_id = :loan`,
  },
  {
    id: 'guarantee-cut-to-nothing',
    clause: 'C3',
    sql: `update guarantee set amount_fen = 1 where union_id = :union and application_id = :review`,
  },
  {
    id: 'guarantee-moved-to-another-loan',
    clause: 'C3',
    sql: `update guarantee set loan_id = :ledgerLoan, application_id = null where union_id = :union and application_id = :review`,
  },
  {
    id: 'collateral-withdrawn-after-release',
    clause: 'G3',
    sql: `update collateral set withdrawn_at = now() where union_id = :union and application_id = :released`,
  },
  {
    id: 'collateral-added-after-release',
    clause: 'G3',
    sql: copy('collateral', 'r.application_id = :released', `'number', 9, 'certificate_key', 'X'`),
  },
  {
    id: 'paper-added-after-release',
    clause: 'G1',
    sql: copy('loan_document', 'r.application_id = :released', `'number', 99, 'uploaded_at', now()`),
  },
  {
    id: 'exposure-set-to-nothing',
    clause: 'M2',
    sql: `update party_exposure set outstanding_fen = 0 where union_id = :union`,
  },
];
