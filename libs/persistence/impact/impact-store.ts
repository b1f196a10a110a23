import { v5 as uuidOf } from 'uuid';
import type { ImpactState } from '../../domain/impact-run.js';
import type { KnownParameter } from '../../rules/parameter-changes.js';
import type { DraftSource } from '../../rules/read-draft.js';
import type { FinishImpactPort } from '../../usecases/finish-impact.js';
import type { ImpactPolicies, ImpactQuestion, ImpactRunView, ImpactStep } from '../../usecases/impact-runs.js';
import type { ImpactPart, LayOutImpactPort } from '../../usecases/lay-out-impact.js';
import type { RequestImpactPort } from '../../usecases/request-impact.js';
import { RuleDraftStore } from '../stores/rule-draft-store.js';
import { SqlRecords } from '../stores/sql-records.js';
import { mergeShards } from './merge-shards.js';
import { RUNS_SQL } from './run-view.js';

/** Impact runs and their parts. */
export class ImpactStore extends SqlRecords implements RequestImpactPort, LayOutImpactPort, FinishImpactPort {
  private get drafts(): RuleDraftStore {
    return new RuleDraftStore(this.sql, this.ids, this.actor);
  }

  async draftSource(id: string): Promise<DraftSource | null> {
    return (await this.drafts.readDraft(id))?.source ?? null;
  }

  knownParameters(): Promise<KnownParameter[]> {
    return this.drafts.knownParameters();
  }

  parameterValues(on: string): Promise<Readonly<Record<string, number | string | boolean>>> {
    return this.drafts.parameterValues(on);
  }

  async run(id: string): Promise<ImpactRunView | null> {
    const lock = 'select from impact_run where union_id = $1 and id = $2 for no key update';
    await this.sql.query(lock, [this.unionId, id]);
    return (await this.read('and r.id = $2', [id]))[0] ?? null;
  }

  private async read(where: string, values: unknown[]): Promise<ImpactRunView[]> {
    return (await this.sql.query<ImpactRunView>(`${RUNS_SQL} ${where}`, [this.unionId, ...values])).rows;
  }

  private async seen(id: string): Promise<ImpactRunView> {
    const [run] = await this.read('and r.id = $2', [id]);
    if (run === undefined) throw new Error('the run is gone');
    return run;
  }

  async addRun(
    question: ImpactQuestion,
    policies: ImpactPolicies,
    staffId: string | null,
    at: Date,
  ): Promise<ImpactRunView> {
    const id = this.ids.next();
    await this.sql.query(
      `insert into impact_run (id, union_id, request, policies, state, requested_by_id, requested_at) values ($2, $1, $3, $4, 'waiting', $5, $6)`,
      [this.unionId, id, JSON.stringify(question), JSON.stringify(policies), staffId, at],
    );
    return this.seen(id);
  }

  async step(id: string, state: ImpactState, { roundId, failure, finishedAt }: ImpactStep): Promise<ImpactRunView> {
    await this.sql.query(
      `update impact_run set state = $3, round_id = coalesce($4, round_id), failure = $5, finished_at = $6 where union_id = $1 and id = $2`,
      [
        this.unionId,
        id,
        state,
        roundId ?? null,
        failure === undefined ? null : JSON.stringify(failure),
        finishedAt ?? null,
      ],
    );
    return this.seen(id);
  }

  /** Their ids follow from the run's: cut twice, a part is there once. */
  async addShards(runId: string, parts: readonly ImpactPart[]): Promise<void> {
    const rows = parts.map((part, number) => ({ id: uuidOf(String(number), runId), number, ...part }));
    await this.sql.query(
      `insert into impact_shard (id, union_id, run_id, number, first_id, last_id, decisions)
       select p.id, $1, $2, p.number, p.first, p.last, p.decisions
       from jsonb_to_recordset($3) as p(id uuid, number int, first uuid, last uuid, decisions int)`,
      [this.unionId, runId, JSON.stringify(rows)],
    );
  }

  async openShards(runId: string): Promise<string[]> {
    const found = await this.sql.query<{ id: string }>(
      'select id from impact_shard where union_id = $1 and run_id = $2 and done_at is null order by number',
      [this.unionId, runId],
    );
    return found.rows.map(({ id }) => id);
  }

  /** Runs under way of which no part was done within the hour. */
  async resting(at: Date): Promise<string[]> {
    const found = await this.sql.query<{ id: string }>(
      `select r.id from impact_run r where r.union_id = $1 and r.state in ('waiting', 'running') and $2::timestamptz - interval '1 hour' >
         greatest(r.requested_at, (select max(s.done_at) from impact_shard s where s.union_id = $1 and s.run_id = r.id))
       order by r.id for no key update skip locked`,
      [this.unionId, at],
    );
    return found.rows.map(({ id }) => id);
  }

  async isRound(runId: string, roundId: string): Promise<boolean> {
    const found = await this.sql.query('select from impact_run where union_id = $1 and id = $2 and round_id = $3', [
      this.unionId,
      runId,
      roundId,
    ]);
    return found.rowCount === 1;
  }

  async complete(runId: string, at: Date): Promise<ImpactRunView> {
    const { tally, swept } = await mergeShards(this.sql, this.unionId, runId);
    await this.sql.query(
      `update impact_run set state = 'done', tally = $3, swept = $4, finished_at = $5 where union_id = $1 and id = $2`,
      [this.unionId, runId, JSON.stringify(tally), swept === null ? null : JSON.stringify(swept), at],
    );
    return this.seen(runId);
  }
}
