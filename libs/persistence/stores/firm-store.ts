import type { CivilDate } from '../../domain/civil-date.js';
import type { IdSource } from '../../domain/clock.js';
import type { PanelChoice } from '../../domain/panel.js';
import type { Actor } from '../../usecases/actor.js';
import type { AddSpecimenPort, NewSpecimen } from '../../usecases/add-specimen.js';
import type { FirmView } from '../../usecases/appraisal-firms.js';
import type { ChoosePanelPort } from '../../usecases/choose-panel.js';
import type { CourtOutcomePort } from '../../usecases/record-court-outcome.js';
import type { RegisterFirmPort } from '../../usecases/register-appraisal-firm.js';
import type { BookStore } from '../book-store.js';
import type { Sql } from '../pool.js';
import { SqlRecords } from './sql-records.js';

/** $1 union, $2 percent above the market from which a report counts as deviating. */
const FIRMS_SQL = `
select f.id, f.name, f.credit_code as "creditCode",
  coalesce((select jsonb_agg(jsonb_build_object('year', p.year, 'chosenBy', p.chosen_by, 'agreementFrom', p.agreement_from, 'agreementTo', p.agreement_to)
    order by p.year) from appraisal_panel p where p.union_id = $1 and p.firm_id = f.id), '[]') as panels,
  coalesce((select jsonb_agg(jsonb_build_object('id', s.id, 'kind', s.kind, 'holder', s.holder, 'mediaType', s.media_type, 'sha256', s.sha256,
      'validFrom', s.valid_from, 'validTo', s.valid_to) order by s.kind, s.valid_from)
    from appraisal_specimen s where s.union_id = $1 and s.firm_id = f.id), '[]') as specimens,
  coalesce((select jsonb_agg(jsonb_build_object('caseNo', o.case_no, 'decidedOn', o.decided_on, 'against', o.against, 'detail', o.detail) order by o.decided_on)
    from firm_court_outcome o where o.union_id = $1 and o.firm_id = f.id), '[]') as "courtOutcomes",
  (select jsonb_build_object('reports', count(*),
      'aboveMarket', case when $2::numeric is not null then count(*) filter (where a.value_fen * 100 > m.middle * (100 + $2::numeric)) end,
      'differing', count(*) filter (where exists (select from specimen_comparison x
        where x.union_id = $1 and x.appraisal_id = a.id and x.outcome = 'differs')))
    from appraisal a left join lateral (select percentile_disc(0.5) within group (order by e.value_fen) as middle
      from market_evidence e where e.union_id = $1 and e.collateral_id = a.collateral_id) m on true
    where a.union_id = $1 and a.firm_id = f.id) as record
from appraisal_firm f where f.union_id = $1 order by f.name`;

/** Appraisal firms: panels, agreements, specimens, and what counts against them (G3). */
export class FirmStore
  extends SqlRecords
  implements AddSpecimenPort, ChoosePanelPort, CourtOutcomePort, RegisterFirmPort
{
  constructor(
    sql: Sql,
    ids: IdSource,
    actor: Actor,
    private readonly books: BookStore,
  ) {
    super(sql, ids, actor);
  }

  private parameter(key: string, on: string): Promise<number | null> {
    return this.books.parameter(this.unionId, key, on as CivilDate);
  }

  async firms(): Promise<FirmView[]> {
    const deviating = await this.parameter('policy.aboveMarketReferPercent', this.actor.businessDate);
    return (await this.sql.query<FirmView>(FIRMS_SQL, [this.unionId, deviating])).rows;
  }

  async addFirm({ name, creditCode }: { name: string; creditCode: string }): Promise<string> {
    const id = this.ids.next();
    await this.sql.query('insert into appraisal_firm (id, union_id, name, credit_code) values ($1, $2, $3, $4)', [
      id,
      this.unionId,
      name,
      creditCode,
    ]);
    return id;
  }

  async addSpecimen(firmId: string, it: NewSpecimen, staffId: string | null, at: Date): Promise<string> {
    const id = this.ids.next();
    await this.sql.query(
      `insert into appraisal_specimen (id, union_id, firm_id, kind, holder, media_type, image, sha256, valid_from, recorded_by_id, recorded_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [id, this.unionId, firmId, it.kind, it.holder, it.mediaType, it.image, it.sha256, it.validFrom, staffId, at],
    );
    return id;
  }

  async specimenImage(firmId: string, specimenId: string): Promise<{ mediaType: string; image: Buffer } | null> {
    const found = await this.sql.query<{ mediaType: string; image: Buffer }>(
      'select media_type as "mediaType", image from appraisal_specimen where union_id = $1 and firm_id = $2 and id = $3',
      [this.unionId, firmId, specimenId],
    );
    return found.rows[0] ?? null;
  }

  async addCourtOutcome(
    firmId: string,
    outcome: FirmView['courtOutcomes'][number],
    staffId: string | null,
    at: Date,
  ): Promise<void> {
    const { decidedOn, caseNo, against, detail } = outcome;
    await this.sql.query(
      `insert into firm_court_outcome (id, union_id, firm_id, decided_on, case_no, against, detail, recorded_by_id, recorded_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [this.ids.next(), this.unionId, firmId, decidedOn, caseNo, against, detail, staffId, at],
    );
  }

  async panelSize(on: string): Promise<{ fewest: number; most: number } | null> {
    const [fewest, most] = await Promise.all([
      this.parameter('policy.panelFirmsFewest', on),
      this.parameter('policy.panelFirmsMost', on),
    ]);
    return fewest === null || most === null ? null : { fewest, most };
  }

  panelQuorumPercent(on: string): Promise<number | null> {
    return this.parameter('policy.panelQuorumPercent', on);
  }

  async votingBranches(on: string): Promise<string[]> {
    const found = await this.sql.query<{ id: string }>(
      `select u.id from org_unit u where u.union_id = $1 and u.kind in ('branch', 'business_department')
         and (u.opened_on is null or u.opened_on <= $2) and (u.closed_on is null or u.closed_on >= $2)`,
      [this.unionId, on],
    );
    return found.rows.map(({ id }) => id);
  }

  async addPanel(choice: PanelChoice, staffId: string | null, at: Date): Promise<string> {
    const id = this.ids.next();
    const { year, record, decidedOn, basis } = choice;
    await this.sql.query(
      `insert into panel_selection (id, union_id, year, chosen_by, decided_on, basis, record, recorded_by_id, recorded_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [id, this.unionId, year, record.chosenBy, decidedOn, basis, JSON.stringify(record), staffId, at],
    );
    for (const { firmId, agreementFrom, agreementTo } of choice.firms) {
      await this.sql.query(
        `insert into appraisal_panel (id, union_id, firm_id, year, chosen_by, agreement_from, agreement_to, selection_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [this.ids.next(), this.unionId, firmId, year, record.chosenBy, agreementFrom, agreementTo, id],
      );
    }
    return id;
  }
}
