import { paperKey } from '../../domain/paper-key.js';
import type { AddCollateralPort, NewCollateral } from '../../usecases/add-collateral.js';
import type { MarketEvidencePort, NewMarketEvidence } from '../../usecases/add-market-evidence.js';
import type { CheckTitlePort, NewTitleCheck } from '../../usecases/check-title.js';
import type { CompareSpecimenPort, LodgedSpecimen, NewComparison } from '../../usecases/compare-specimen.js';
import type { NewAppraisal, RecordAppraisalPort } from '../../usecases/record-appraisal.js';
import type { CollateralView } from '../../usecases/security-work.js';
import type { WithdrawCollateralPort } from '../../usecases/withdraw-collateral.js';
import { COLLATERAL_SQL } from './collateral-sql.js';
import { PapersStore } from './papers-store.js';

type Ports = AddCollateralPort &
  MarketEvidencePort &
  CheckTitlePort &
  CompareSpecimenPort &
  RecordAppraisalPort &
  WithdrawCollateralPort;

/** What secures loans, and the reports on it (G3). */
export class CollateralStore extends PapersStore implements Ports {
  async collateralOf(applicationId: string): Promise<CollateralView[]> {
    return (await this.sql.query<CollateralView>(COLLATERAL_SQL, [this.unionId, applicationId])).rows;
  }

  async addCollateral(applicationId: string, it: NewCollateral, staffId: string, at: Date): Promise<string> {
    const id = this.ids.next();
    await this.sql.query(
      `insert into collateral (id, union_id, application_id, number, class, description, owner_name, certificate_no, certificate_key, secured_fen, recorded_by_id, recorded_at)
       select $1, $2, $3, coalesce(max(c.number), 0) + 1, $4::collateral_class, $5, $6, $7, $8, $9, $10, $11
       from collateral c where c.union_id = $2 and c.application_id = $3`,
      [
        id,
        this.unionId,
        applicationId,
        it.class,
        it.description,
        it.ownerName,
        it.certificateNo,
        paperKey(it.certificateNo),
        it.securedFen,
        staffId,
        at,
      ],
    );
    return id;
  }

  async withdrawCollateral(collateralId: string, at: Date): Promise<void> {
    await this.sql.query('update collateral set withdrawn_at = $3 where union_id = $1 and id = $2', [
      this.unionId,
      collateralId,
      at,
    ]);
  }

  async addTitleCheck(collateralId: string, check: NewTitleCheck, staffId: string, at: Date): Promise<void> {
    const { registry, checkedOn, outcome, evidence } = check;
    await this.sql.query(
      `insert into title_check (id, union_id, collateral_id, registry, checked_on, outcome, evidence, checked_by_id, recorded_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [this.ids.next(), this.unionId, collateralId, registry, checkedOn, outcome, evidence, staffId, at],
    );
  }

  async addMarketEvidence(collateralId: string, found: NewMarketEvidence, staffId: string, at: Date): Promise<void> {
    const { source, observedOn, valueFen, evidence } = found;
    await this.sql.query(
      `insert into market_evidence (id, union_id, collateral_id, source, observed_on, value_fen, evidence, recorded_by_id, recorded_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [this.ids.next(), this.unionId, collateralId, source, observedOn, valueFen, evidence, staffId, at],
    );
  }

  async addAppraisal(
    collateralId: string,
    it: NewAppraisal & { sha256: string },
    staffId: string,
    at: Date,
  ): Promise<void> {
    await this.sql.query(
      `insert into appraisal (id, union_id, collateral_id, firm_id, firm_name, firm_credit_code, report_no, report_key, signer, appraised_on, valid_until,
         value_fen, document_id, sha256, recorded_by_id, recorded_at)
       values ($1, $2, $3, (select f.id from appraisal_firm f where f.union_id = $2 and f.credit_code = $5), $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
      [
        this.ids.next(),
        this.unionId,
        collateralId,
        it.firmName,
        it.firmCreditCode,
        it.reportNo,
        paperKey(it.reportNo),
        it.signer,
        it.appraisedOn,
        it.validUntil,
        it.valueFen,
        it.documentId,
        it.sha256,
        staffId,
        at,
      ],
    );
  }

  async lodgedSpecimen(appraisalId: string, specimenId: string): Promise<LodgedSpecimen | null> {
    const found = await this.sql.query<LodgedSpecimen>(
      `select s.kind, s.holder, s.recorded_by_id as "lodgedById" from appraisal a
       join appraisal_specimen s on s.union_id = $1 and s.firm_id = a.firm_id and s.id = $3 and s.recorded_at <= a.recorded_at
         and s.valid_from <= a.appraised_on and (s.valid_to is null or s.valid_to >= a.appraised_on)
       where a.union_id = $1 and a.id = $2`,
      [this.unionId, appraisalId, specimenId],
    );
    return found.rows[0] ?? null;
  }

  async addComparison(
    appraisalId: string,
    { specimenId, outcome, opinion }: NewComparison,
    by: { staffId: string; appointmentId: string },
    at: Date,
  ): Promise<void> {
    await this.sql.query(
      `insert into specimen_comparison (id, union_id, appraisal_id, specimen_id, outcome, opinion, compared_by_id, appointment_id, compared_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [this.ids.next(), this.unionId, appraisalId, specimenId, outcome, opinion, by.staffId, by.appointmentId, at],
    );
  }
}
