import type { AnsweredFinding } from '../usecases/standing-answers.js';
import type { Sql } from './pool.js';
import { sinceReview } from './since-review.js';

/** True of an answer, and of a waiver that has not ended on the day of a parameter. */
export const standsOn = (day: string): string => `(n.waived_until is null or n.waived_until >= ${day})`;

/** $1 union, $2 application, $3 day. */
const STANDING_SQL = `
select d.checkpoint::text as checkpoint, f.rule_id as "ruleId", f.excepted, f.operands, n.waived_until is not null as waived
from decision d join finding f on f.union_id = $1 and f.decision_id = d.id
join finding_answer n on n.union_id = $1 and n.finding_id = f.id and ${standsOn('$3')}
where d.union_id = $1 and d.application_id = $2 and (d.checkpoint = 'intake' or ${sinceReview('n.id', 'd.application_id')})`;

export const standingAnswers = async (
  sql: Sql,
  unionId: string,
  applicationId: string,
  on: string,
): Promise<AnsweredFinding[]> => (await sql.query<AnsweredFinding>(STANDING_SQL, [unionId, applicationId, on])).rows;
