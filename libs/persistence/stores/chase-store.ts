import { type ApplicationStage, LIVE_STAGES } from '../../domain/workflow.js';
import type { ChasePort, StageLimits, StandingApplication } from '../../usecases/chase-applications.js';
import { WorkflowStore } from './workflow-store.js';

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** Applications that stand for long, and who was reminded of them. */
export class ChaseStore extends WorkflowStore implements ChasePort {
  async stageLimits(on: string): Promise<StageLimits> {
    const limits = await Promise.all(
      LIVE_STAGES.map(async (stage) => [stage, await this.parameter(`policy.stageDays${capital(stage)}`, on)] as const),
    );
    return { days: Object.fromEntries(limits), lapseAfterDays: await this.parameter('policy.lapseAfterDays', on) };
  }

  async standingSince(
    stage: ApplicationStage,
    day: string,
    after: string | null,
    most: number,
  ): Promise<StandingApplication[]> {
    const found = await this.sql.query<Omit<StandingApplication, 'stage'>>(
      `select a.id, (a.stage_since at time zone 'Asia/Shanghai')::date::text as since, a.stage_since::text as "stageSince" from loan_application a
       where a.union_id = $1 and a.stage = $2::application_stage and a.stage_since < ($3::date + 1)::timestamp at time zone 'Asia/Shanghai'
         and ($4::uuid is null or a.id > $4) order by a.id limit $5`,
      [this.unionId, stage, day, after, most],
    );
    return found.rows.map((row) => ({ ...row, stage }));
  }

  async standsStill({ id, stage, stageSince }: StandingApplication): Promise<boolean> {
    const found = await this.sql.query(
      'select from loan_application where union_id = $1 and id = $2 and stage = $3::application_stage and stage_since = $4::timestamptz',
      [this.unionId, id, stage, stageSince],
    );
    return found.rowCount === 1;
  }

  async remind({ id, stage, stageSince }: StandingApplication, number: number, at: Date): Promise<boolean> {
    const reminded = await this.sql.query(
      `insert into stage_reminder (id, union_id, application_id, stage_since, number, reminded_at)
       select $1, $2, a.id, a.stage_since, $4, $5 from loan_application a
       where a.union_id = $2 and a.id = $3 and a.stage = $6::application_stage and a.stage_since = $7::timestamptz
       on conflict (union_id, application_id, stage_since, number) do nothing`,
      [this.ids.next(), this.unionId, id, number, at, stage, stageSince],
    );
    return reminded.rowCount === 1;
  }
}
