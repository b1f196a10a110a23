import type { AuthorityRoute } from '../../domain/authority.js';
import { holdersOf } from '../../domain/authority.js';
import type { CivilDate } from '../../domain/civil-date.js';
import type { IdSource } from '../../domain/clock.js';
import type { DeliberationPolicy } from '../../domain/deliberation.js';
import type { Desk } from '../../domain/desk.js';
import type { Post } from '../../domain/post.js';
import { END_STAGES } from '../../domain/workflow.js';
import type { Rule } from '../../rules/rule-format.js';
import { type Actor, reaches } from '../../usecases/actor.js';
import type { AnswerFindingPort } from '../../usecases/answer-finding.js';
import type { ApprovePort } from '../../usecases/approve-application.js';
import type { CloseDeliberationPort, Minutes } from '../../usecases/close-deliberation.js';
import type { ConvenePort } from '../../usecases/convene-deliberation.js';
import type { ConflictPort } from '../../usecases/declare-conflict.js';
import type { InvestigatePort } from '../../usecases/investigate-application.js';
import type { AgreedTerms, LoanCase, Move, NewAct, OpenFinding } from '../../usecases/loan-case.js';
import type { ContractRecord, RecordContractPort } from '../../usecases/record-contract.js';
import type { SendBackPort } from '../../usecases/send-back.js';
import type { ApplicationView } from '../../usecases/views.js';
import type { BookStore } from '../book-store.js';
import type { Sql } from '../pool.js';
import { CASE_SQL, MOVE_SQL } from './case-sql.js';
import { gatheredApplication } from './decision-store.js';
import { SqlRecords } from './sql-records.js';

type Ports = AnswerFindingPort &
  ApprovePort &
  CloseDeliberationPort &
  ConvenePort &
  ConflictPort &
  InvestigatePort &
  Pick<RecordContractPort, 'addContract'> &
  SendBackPort;

export interface CaseRow {
  readonly application: ApplicationView;
  readonly route: AuthorityRoute | null;
  readonly round: number;
  readonly book_hash: string | null;
  readonly acts: LoanCase['acts'];
  readonly findings: LoanCase['referrals'];
  readonly meeting: LoanCase['meeting'];
  readonly terms: AgreedTerms | null;
  readonly conditions_met: number;
  readonly review_check: LoanCase['reviewCheck'];
  readonly purpose_document_id: string | null;
}

/** The posts' way to the database. */
export class WorkflowStore extends SqlRecords implements Ports {
  constructor(
    sql: Sql,
    ids: IdSource,
    actor: Actor,
    protected readonly books: BookStore,
  ) {
    super(sql, ids, actor);
  }

  /** For a command: nobody else acts on the application until this transaction ends. */
  async loanCase(id: string): Promise<LoanCase | null> {
    await this.sql.query('select from loan_application where union_id = $1 and id = $2 for update', [this.unionId, id]);
    const found = await this.readCase(id);
    return found !== null && reaches(this.actor, found.application.branchId) ? found : null;
  }

  async readCase(id: string): Promise<LoanCase | null> {
    const found = await this.sql.query<CaseRow>(CASE_SQL, [this.unionId, id, this.actor.businessDate]);
    const row = found.rows[0];
    if (row === undefined) return null;
    const { application, route, round, acts, findings, meeting, terms, book_hash: bookHash } = row;
    const referrals = findings.filter(({ verdict }) => verdict === 'REFER');
    const blocks = findings.filter(({ verdict }) => verdict === 'BLOCK');
    const { conditions_met: conditionsMet, review_check: reviewCheck, purpose_document_id: purposeDocumentId } = row;
    const standing = { application, route, round, acts, referrals, blocks, meeting, terms };
    return { ...standing, bookHash, reviewCheck, conditionsMet, purposeDocumentId };
  }

  async recordAct({ application, round }: LoanCase, act: NewAct, at: Date): Promise<void> {
    await this.sql.query(
      `insert into post_act (id, union_id, application_id, post, action, staff_id, appointment_id, deliberation_id, choice, return_to, opinion, content, round, acted_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
      [
        this.ids.next(),
        this.unionId,
        application.id,
        act.post,
        act.action,
        act.staffId,
        act.appointmentId,
        act.deliberationId ?? null,
        act.choice ?? null,
        act.returnTo ?? null,
        act.opinion,
        JSON.stringify(act.content ?? {}),
        round,
        at,
      ],
    );
  }

  async touch(id: string): Promise<void> {
    await this.sql.query('update loan_application set version = version + 1 where union_id = $1 and id = $2', [
      this.unionId,
      id,
    ]);
  }

  async move(id: string, version: number, move: Move, at: Date): Promise<ApplicationView | null> {
    const moved = await this.sql.query<{ application: ApplicationView }>(MOVE_SQL, [
      this.unionId,
      id,
      version,
      move.stage,
      move.route ?? null,
      move.round ?? null,
      move.approvedAmountFen !== undefined,
      move.approvedAmountFen ?? null,
      END_STAGES.includes(move.stage) ? at : null,
      move.closedReason ?? null,
      at,
    ]);
    return moved.rows[0]?.application ?? null;
  }

  protected parameter(key: string, on: string): Promise<number | null> {
    return this.books.parameter(this.unionId, key, on as CivilDate);
  }

  pairOnSiteFromFen(on: string): Promise<number | null> {
    return this.parameter('policy.pairOnSiteFromFen', on);
  }

  async deliberationPolicy(on: string): Promise<DeliberationPolicy | null> {
    const [quorumPercent, fewestMembers, carryPercent] = await Promise.all([
      this.parameter('policy.deliberationQuorumPercent', on),
      this.parameter('policy.deliberationFewestMembers', on),
      this.parameter('policy.deliberationCarryPercent', on),
    ]);
    if (quorumPercent === null || fewestMembers === null || carryPercent === null) return null;
    return { quorumPercent, fewestMembers, carryPercent };
  }

  async routeToday(applicationId: string, on: string): Promise<AuthorityRoute> {
    const gathered = await gatheredApplication(this.sql, this.unionId, applicationId, on as CivilDate);
    return gathered?.route ?? 'over';
  }

  private async ruleOf({ bookHash, ruleId }: OpenFinding): Promise<Rule | undefined> {
    const book = await this.books.published(this.unionId, bookHash);
    return book?.rules.find(({ id }) => id === ruleId);
  }

  async waiverOf(finding: OpenFinding): Promise<Post | null> {
    return (await this.ruleOf(finding))?.waivedBy ?? null;
  }

  async answererOf(finding: OpenFinding): Promise<Post | null> {
    const { excepted } = finding;
    const rule = await this.ruleOf(finding);
    return rule?.exceptions?.find(({ clause }) => clause === excepted)?.answeredBy ?? rule?.answeredBy ?? null;
  }

  async answerFinding(
    findingId: string,
    answer: { staffId: string; appointmentId: string; opinion: string },
    at: Date,
    waivedUntil: string | null = null,
  ): Promise<boolean> {
    const written = await this.sql.query(
      `insert into finding_answer (id, union_id, finding_id, staff_id, appointment_id, opinion, answered_at, waived_until)
       values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
      [this.ids.next(), this.unionId, findingId, answer.staffId, answer.appointmentId, answer.opinion, at, waivedUntil],
    );
    return written.rowCount === 1;
  }

  /** Who holds one of a desk's posts on a day: at the branch, or at head office. */
  async holdersOf({ posts, headOffice }: Desk, branchId: string, on: string): Promise<string[]> {
    const found = await this.sql.query<{ staff_id: string }>(
      `select distinct p.staff_id from post_appointment p join org_unit o on o.union_id = $1 and o.id = p.unit_id
       where p.union_id = $1 and p.post = any($2::post[]) and p.valid_from <= $3 and (p.valid_to is null or p.valid_to >= $3)
         and case when $4 then o.kind in ('county_union', 'department') else p.unit_id = $5 end`,
      [this.unionId, posts, on, headOffice, branchId],
    );
    return found.rows.map(({ staff_id: staffId }) => staffId);
  }

  groupMembers(route: AuthorityRoute, branchId: string, on: string): Promise<string[]> {
    return this.holdersOf({ posts: holdersOf(route, 'deliberation'), headOffice: route === 'over' }, branchId, on);
  }

  async openMeeting(
    { application, round }: LoanCase,
    convenedById: string,
    members: readonly string[],
    at: Date,
  ): Promise<string> {
    const id = this.ids.next();
    await this.sql.query(
      'insert into deliberation (id, union_id, application_id, round, amount_fen, convened_by_id, convened_at) values ($1, $2, $3, $4, $5, $6, $7)',
      [id, this.unionId, application.id, round, application.amountFen, convenedById, at],
    );
    for (const staffId of members) {
      await this.sql.query(
        'insert into deliberation_member (id, union_id, deliberation_id, staff_id) values ($1, $2, $3, $4)',
        [this.ids.next(), this.unionId, id, staffId],
      );
    }
    return id;
  }

  async declareConflict(meetingId: string, staffId: string, reason: string): Promise<void> {
    await this.sql.query(
      'update deliberation_member set conflict = $4 where union_id = $1 and deliberation_id = $2 and staff_id = $3 and conflict is null',
      [this.unionId, meetingId, staffId, reason],
    );
  }

  async closeMeeting(meetingId: string, minutes: Minutes, minutesHash: string, at: Date): Promise<void> {
    await this.sql.query(
      'update deliberation set closed_at = $3, outcome = $4, minutes = $5, minutes_hash = $6 where union_id = $1 and id = $2',
      [this.unionId, meetingId, at, minutes.outcome, JSON.stringify(minutes), minutesHash],
    );
  }

  async freezeTerms({ application, round }: LoanCase, terms: AgreedTerms, at: Date): Promise<void> {
    await this.sql.query(
      `insert into approved_terms (id, union_id, application_id, round, amount_fen, term_months, rate_ten_thousandths, method, day_count, payee, payment_mode, conditions, approved_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
      [
        this.ids.next(),
        this.unionId,
        application.id,
        round,
        terms.amountFen,
        terms.termMonths,
        terms.rateTenThousandths,
        terms.method,
        terms.dayCount,
        terms.payee,
        terms.paymentMode,
        JSON.stringify(terms.conditions),
        at,
      ],
    );
  }

  async addContract(
    { application, round }: LoanCase,
    contract: ContractRecord,
    staffId: string,
    at: Date,
  ): Promise<void> {
    await this.sql.query(
      `insert into loan_contract (id, union_id, application_id, round, contract_no, signed_on, conditions_met, purpose_document_id, recorded_by_id, recorded_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        this.ids.next(),
        this.unionId,
        application.id,
        round,
        contract.contractNo,
        contract.signedOn,
        JSON.stringify(contract.conditionsMet),
        contract.purposeDocumentId,
        staffId,
        at,
      ],
    );
  }
}
