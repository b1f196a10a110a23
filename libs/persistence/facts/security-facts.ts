import type { CivilDate } from '../../domain/civil-date.js';
import { NEEDED_PAPERS } from '../../domain/needed-papers.js';
import { END_STAGES } from '../../domain/workflow.js';
import type { SecurityFactName } from '../../rules/catalogue/index.js';
import type { GatheredFact } from '../../rules/fact-value.js';
import { acrossBranches } from '../across-branches.js';
import type { Sql } from '../pool.js';
import { sinceReview } from '../since-review.js';

const ENDED_UNPAID = END_STAGES.filter((stage) => stage !== 'released')
  .map((stage) => `'${stage}'`)
  .join(', ');

/** Another application, alive or released, that is secured by `y`. */
const ELSEWHERE = `join loan_application o on o.union_id = $1 and o.id = y.application_id and o.id <> $2 and o.stage not in (${ENDED_UNPAID})
    where y.union_id = $1 and y.withdrawn_at is null`;

/** $1 union, $2 application, $3 day, $4 needed papers. Things by their newest report and title check; the market is the middle of its evidence. */
const SECURITY_SQL = `
with thing as (
  select c.id, c.class, c.certificate_key, c.secured_fen, report.*, title.outcome as title, title.checked_on, market.middle, market.observed_on,
    exists (select from title_check f where f.union_id = $1 and f.collateral_id = c.id and f.outcome = 'forged') as called_forged,
    coalesce(report.value_fen, case when c.class = 'deposit_receipt' then market.middle end) as worth
  from collateral c
  left join lateral (select a.id as report_id, a.firm_id, a.firm_credit_code, a.report_key, a.sha256, a.appraised_on, a.valid_until, a.value_fen
    from appraisal a where a.union_id = $1 and a.collateral_id = c.id order by a.recorded_at desc, a.id desc limit 1) report on true
  left join lateral (select t.outcome, t.checked_on from title_check t where t.union_id = $1 and t.collateral_id = c.id
    order by t.checked_on desc, t.recorded_at desc, t.id desc limit 1) title on true
  left join lateral (select percentile_disc(0.5) within group (order by m.value_fen) as middle, max(m.observed_on) as observed_on
    from market_evidence m where m.union_id = $1 and m.collateral_id = c.id) market on true
  where c.union_id = $1 and c.application_id = $2 and c.withdrawn_at is null),
compared as (
  select t.id, count(distinct newest.kind) as kinds, count(*) filter (where newest.outcome <> 'matches') as differing from thing t
  join lateral (select distinct on (x.specimen_id) s.kind, x.outcome from specimen_comparison x
    join appraisal_specimen s on s.union_id = $1 and s.id = x.specimen_id
    where x.union_id = $1 and x.appraisal_id = t.report_id and ${sinceReview('x.id', '$2')}
    order by x.specimen_id, x.compared_at desc, x.id desc) newest on true
  group by t.id)
select
  (select count(distinct g.guarantor_id) from guarantee g where g.union_id = $1 and g.application_id = $2 and g.kind = 'guarantee'
    and g.valid_from <= $3 and (g.valid_to is null or g.valid_to >= $3))::float8 as "security.guarantors",
  (select greatest(0, coalesce(a.approved_amount_fen, a.amount_fen) - coalesce((select sum(secured_fen) from thing), 0))
    from loan_application a where a.union_id = $1 and a.id = $2)::float8 as "security.shortfallFen",
  (select count(*) from unnest($4::document_kind[]) needed where not exists (select from loan_document d
    where d.union_id = $1 and d.application_id = $2 and d.kind = needed))::float8 as "papers.missingKinds",
  coalesce(jsonb_agg(jsonb_build_object('class', t.class, 'loanToValuePercent', t.secured_fen * 100 / t.worth::numeric) order by t.id)
    filter (where t.id is not null), '[]') as "collateral.items",
  count(*) filter (where t.report_id is null and t.class <> 'deposit_receipt')::float8 as "collateral.unappraised",
  count(*) filter (where t.report_id is not null and not exists (select from appraisal_panel p where p.union_id = $1 and p.firm_id = t.firm_id
    and p.year = extract(year from t.appraised_on)))::float8 as "collateral.firmsOffPanel",
  count(*) filter (where exists (select from appraisal_panel p where p.union_id = $1 and p.year = extract(year from $3::date))
    and exists (select from appraisal_panel p where p.union_id = $1 and p.firm_id = t.firm_id) and not exists (select from appraisal_panel p
      where p.union_id = $1 and p.firm_id = t.firm_id and p.year = extract(year from $3::date)))::float8 as "collateral.firmsDropped",
  count(*) filter (where t.report_id is not null and not exists (select from appraisal_panel p where p.union_id = $1 and p.firm_id = t.firm_id
    and p.year = extract(year from t.appraised_on) and t.appraised_on between p.agreement_from and p.agreement_to))::float8 as "collateral.withoutAgreement",
  count(*) filter (where t.valid_until < $3)::float8 as "collateral.expiredReports",
  count(*) filter (where exists (select from appraisal x join collateral y on y.union_id = $1 and y.id = x.collateral_id ${ELSEWHERE}
    and x.union_id = $1 and (x.sha256 = t.sha256 or x.firm_credit_code = t.firm_credit_code and x.report_key = t.report_key)))::float8
    as "collateral.reportsUsedElsewhere",
  count(*) filter (where exists (select from thing o where o.id <> t.id and (o.sha256 = t.sha256
    or o.firm_credit_code = t.firm_credit_code and o.report_key = t.report_key)))::float8 as "collateral.reportsShared",
  count(*) filter (where exists (select from collateral y ${ELSEWHERE} and y.certificate_key = t.certificate_key
    and not exists (select from loan l where l.union_id = $1 and l.application_id = o.id and l.status <> 'outstanding')))::float8
    as "collateral.titlesUsedElsewhere",
  count(*) filter (where t.report_id is not null and coalesce(k.kinds, 0) < 2)::float8 as "collateral.uncomparedReports",
  count(*) filter (where k.differing > 0)::float8 as "collateral.differingReports",
  case when count(*) filter (where t.report_id is not null and t.middle is null) = 0
    then greatest(0, max((t.value_fen - t.middle) * 100 / t.middle::numeric))::float8 end as "collateral.aboveMarketPercent",
  count(*) filter (where t.id is not null and t.title is null)::float8 as "collateral.titlesUnchecked",
  coalesce(max($3::date - t.checked_on), 0)::float8 as "collateral.titleCheckAgeDays",
  coalesce(max($3::date - t.observed_on), 0)::float8 as "collateral.marketEvidenceAgeDays",
  count(*) filter (where t.called_forged or t.title = 'not_found')::float8 as "collateral.titlesNotGenuine",
  count(*) filter (where t.title = 'encumbered')::float8 as "collateral.titlesEncumbered",
  (select count(*) from firm_court_outcome o where o.union_id = $1 and o.against and o.decided_on > $3::date - interval '24 months'
    and o.firm_id in (select firm_id from thing))::float8 as "collateral.courtOutcomesAgainst24Months"
from (select) once left join thing t on true left join compared k on k.id = t.id`;

type SecurityRow = Record<SecurityFactName, unknown>;

/** What secures an application and what its file holds, as facts of one day; null is not known. */
export async function securityFacts(
  sql: Sql,
  unionId: string,
  applicationId: string,
  on: CivilDate,
): Promise<Record<SecurityFactName, GatheredFact>> {
  const values = [unionId, applicationId, on, NEEDED_PAPERS];
  const { rows } = await acrossBranches(sql, () =>
    sql.query<SecurityRow>({ name: 'gather-security', text: SECURITY_SQL, values }),
  );
  const facts = Object.entries(rows[0] ?? {}).map(([name, value]): [string, GatheredFact] => [
    name,
    value === null ? { unknown: 'not-stated', source: 'collateral' } : { value, source: 'collateral', asOf: on },
  ]);
  return Object.fromEntries(facts) as Record<SecurityFactName, GatheredFact>;
}
