import type { CivilDate } from '../../domain/civil-date.js';
import type { IdSource } from '../../domain/clock.js';
import type { ApplicationStage } from '../../domain/workflow.js';
import type { DecisionRecord, GatheredApplication } from '../../usecases/checkpoint.js';
import type { DecideIntakePort } from '../../usecases/decide-intake.js';
import type { AnsweredFinding } from '../../usecases/standing-answers.js';
import { acrossBranches } from '../across-branches.js';
import type { BookStore } from '../book-store.js';
import { factsOfRow, routeOfRow } from '../facts/facts-of-row.js';
import { GATHER_SQL } from '../facts/gather-sql.js';
import type { GatheredRow } from '../facts/gathered-row.js';
import type { Sql } from '../pool.js';
import { standingAnswers } from '../standing-answers.js';
import { decisionValues, WRITE_INTAKE_SQL } from './write-decision.js';

/** The intake checkpoint's way to the database: one statement gathers, one writes. */
export class DecisionStore implements DecideIntakePort {
  constructor(
    private readonly sql: Sql,
    private readonly unionId: string,
    private readonly books: BookStore,
    private readonly ids: IdSource,
  ) {}

  gather(applicationId: string, on: string): Promise<GatheredApplication | null> {
    return gatheredApplication(this.sql, this.unionId, applicationId, on as CivilDate);
  }

  bookInForce(on: string) {
    return this.books.inForce(this.unionId, on as CivilDate);
  }

  publishedBook(hash: string) {
    return this.books.published(this.unionId, hash);
  }

  standingAnswers(applicationId: string, on: string): Promise<AnsweredFinding[]> {
    return standingAnswers(this.sql, this.unionId, applicationId, on);
  }

  async write(decision: DecisionRecord): Promise<boolean> {
    const values = [...decisionValues(decision, this.unionId, this.ids), decision.standsAs];
    const written = await this.sql.query({ name: 'write-intake', text: WRITE_INTAKE_SQL, values });
    return written.rowCount === 1;
  }
}

/** An application with its facts of one day, in one statement. */
export async function gatheredApplication(
  sql: Sql,
  unionId: string,
  applicationId: string,
  on: CivilDate,
): Promise<GatheredApplication | null> {
  const values = [unionId, [applicationId], on];
  const found = await acrossBranches(sql, () =>
    sql.query<GatheredRow>({ name: 'gather-facts', text: GATHER_SQL, values }),
  );
  const row = found.rows[0];
  if (row === undefined) return null;
  return {
    id: row.application_id,
    branchId: row.branch_id,
    stage: row.stage as ApplicationStage,
    version: row.version,
    product: { code: row.product_code, category: row.category },
    bureauOutstanding: row.bureau_outstanding === true,
    stopped: row.product_stopped,
    route: routeOfRow(row),
    facts: factsOfRow(row, on),
  };
}
