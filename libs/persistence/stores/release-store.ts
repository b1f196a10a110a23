import type { CivilDate } from '../../domain/civil-date.js';
import type { Instalment } from '../../domain/instalment-plan.js';
import type { CheckReviewPort } from '../../usecases/check-review.js';
import type { DecisionRecord, GatheredApplication } from '../../usecases/checkpoint.js';
import type { LoanCase } from '../../usecases/loan-case.js';
import type { ReviewPort } from '../../usecases/pass-review.js';
import type { RecordContractPort } from '../../usecases/record-contract.js';
import type { ReleasePort } from '../../usecases/release-loan.js';
import type { AnsweredFinding } from '../../usecases/standing-answers.js';
import { securityFacts } from '../facts/security-facts.js';
import { standingAnswers } from '../standing-answers.js';
import { CollateralStore } from './collateral-store.js';
import { gatheredApplication } from './decision-store.js';
import { decisionValues, WRITE_RELEASE_SQL, WRITE_REVIEW_SQL } from './write-decision.js';

/** The release's way to the database: under one lock for the union, because the ten largest are the union's. */
export class ReleaseStore
  extends CollateralStore
  implements CheckReviewPort, RecordContractPort, ReleasePort, ReviewPort
{
  async lockReleases(): Promise<void> {
    await this.sql.query(`select pg_advisory_xact_lock(hashtextextended('release ' || $1::text, 0))`, [this.unionId]);
  }

  /** With what secures the application and what its file holds. */
  async gather(applicationId: string, on: string): Promise<GatheredApplication | null> {
    const gathered = await gatheredApplication(this.sql, this.unionId, applicationId, on as CivilDate);
    if (gathered === null) return null;
    const security = await securityFacts(this.sql, this.unionId, applicationId, on as CivilDate);
    return { ...gathered, facts: { ...gathered.facts, ...security } };
  }

  bookInForce(on: string) {
    return this.books.inForce(this.unionId, on as CivilDate);
  }

  publishedBook(hash: string) {
    return this.books.published(this.unionId, hash);
  }

  private async write(name: string, text: string, decision: DecisionRecord): Promise<boolean> {
    const values = decisionValues(decision, this.unionId, this.ids);
    return (await this.sql.query({ name, text, values })).rowCount === 1;
  }

  writeReview(decision: DecisionRecord): Promise<boolean> {
    return this.write('write-review', WRITE_REVIEW_SQL, decision);
  }

  writeRelease(decision: DecisionRecord): Promise<boolean> {
    return this.write('write-release', WRITE_RELEASE_SQL, decision);
  }

  standingAnswers(applicationId: string, on: string): Promise<AnsweredFinding[]> {
    return standingAnswers(this.sql, this.unionId, applicationId, on);
  }

  async addLoan(
    { application }: LoanCase,
    plan: readonly Instalment[],
    on: string,
  ): Promise<{ id: string; loanNo: string }> {
    const id = this.ids.next();
    const total = plan.reduce((sum, { principalFen }) => sum + principalFen, 0n);
    const year = Number(on.slice(0, 4));
    const added = await this.sql.query<{ loan_no: string }>(
      `insert into loan (id, union_id, loan_no, branch_id, party_id, product_code, kind, status, five_tier, principal_fen, balance_fen, issued_on, due_on, overdue_days, application_id)
       select $1, $2, 'D' || $3::int || '-' || lpad(next_number($2, 'loan', $3::int)::text, 6, '0'), a.branch_id, a.party_id, $4, 'own', 'outstanding', 'normal', $5, $5, $6, $7, 0, a.id
       from loan_application a where a.union_id = $2 and a.id = $8 returning loan_no`,
      [id, this.unionId, year, application.productCode, total.toString(), on, plan.at(-1)?.dueOn ?? on, application.id],
    );
    await this.sql.query(
      `insert into loan_instalment (id, union_id, loan_id, number, due_on, principal_fen, interest_fen)
       select i.id, $1, $2, i.number, i.due_on, i.principal_fen, i.interest_fen
       from jsonb_to_recordset($3::jsonb) as i(id uuid, number int, due_on date, principal_fen bigint, interest_fen bigint)`,
      [
        this.unionId,
        id,
        JSON.stringify(
          plan.map(({ number, dueOn, principalFen, interestFen }) => ({
            id: this.ids.next(),
            number,
            due_on: dueOn,
            principal_fen: principalFen.toString(),
            interest_fen: interestFen.toString(),
          })),
        ),
      ],
    );
    // Who guaranteed the application guarantees the loan: borrower and guarantor stay one risk group (M2).
    await this.sql.query(
      'update guarantee set loan_id = $2, application_id = null where union_id = $1 and application_id = $3',
      [this.unionId, id, application.id],
    );
    return { id, loanNo: added.rows[0]?.loan_no ?? '' };
  }
}
