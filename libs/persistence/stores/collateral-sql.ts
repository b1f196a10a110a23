/** $1 union, $2 application: what secures it, each thing with its checks, evidence and reports, oldest first. */
export const COLLATERAL_SQL = `
select c.id, c.application_id as "applicationId", c.number, c.class, c.description, c.owner_name as "ownerName", c.certificate_no as "certificateNo",
  c.secured_fen::float8 as "securedFen", c.withdrawn_at is not null as withdrawn,
  coalesce((select jsonb_agg(jsonb_build_object('id', t.id, 'registry', t.registry, 'checkedOn', t.checked_on, 'outcome', t.outcome,
      'evidence', t.evidence, 'checkedBy', s.name) order by t.recorded_at, t.id)
    from title_check t join staff s on s.union_id = $1 and s.id = t.checked_by_id where t.union_id = $1 and t.collateral_id = c.id), '[]') as "titleChecks",
  coalesce((select jsonb_agg(jsonb_build_object('id', m.id, 'source', m.source, 'observedOn', m.observed_on, 'valueFen', m.value_fen,
      'evidence', m.evidence) order by m.recorded_at, m.id)
    from market_evidence m where m.union_id = $1 and m.collateral_id = c.id), '[]') as "marketEvidence",
  coalesce((select jsonb_agg(jsonb_build_object('id', a.id, 'firmId', a.firm_id, 'firmName', a.firm_name, 'firmCreditCode', a.firm_credit_code,
      'reportNo', a.report_no, 'signer', a.signer, 'appraisedOn', a.appraised_on, 'validUntil', a.valid_until, 'valueFen', a.value_fen,
      'documentId', a.document_id,
      'comparisons', coalesce((select jsonb_agg(jsonb_build_object('id', x.id, 'specimenId', x.specimen_id, 'kind', p.kind, 'holder', p.holder,
          'outcome', x.outcome, 'opinion', x.opinion, 'comparedBy', s.name) order by x.compared_at, x.id)
        from specimen_comparison x join appraisal_specimen p on p.union_id = $1 and p.id = x.specimen_id
        join staff s on s.union_id = $1 and s.id = x.compared_by_id where x.union_id = $1 and x.appraisal_id = a.id), '[]'))
      order by a.recorded_at, a.id)
    from appraisal a where a.union_id = $1 and a.collateral_id = c.id), '[]') as appraisals
from collateral c where c.union_id = $1 and c.application_id = $2 order by c.number`;
