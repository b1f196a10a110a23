import { instant } from '../instant.js';

const COUNTED = `
select jsonb_build_object('done', count(*) filter (where s.done_at is not null), 'all', count(*)) as shards,
  jsonb_build_object('done', coalesce(sum(s.decisions) filter (where s.done_at is not null), 0), 'all', coalesce(sum(s.decisions), 0)) as decisions
from impact_shard s where s.union_id = r.union_id and s.run_id = r.id`;

/** Runs as they are shown; `$1` is the union. */
export const RUNS_SQL = `
select r.id, r.state, r.request as question, r.failure, r.requested_by_id as "requestedById",
  (select p.name from staff p where p.union_id = $1 and p.id = r.requested_by_id) as "requestedBy",
  ${instant('r.requested_at')} as "requestedAt", ${instant('r.finished_at')} as "finishedAt", c.shards, c.decisions
from impact_run r cross join lateral (${COUNTED}) c where r.union_id = $1`;
