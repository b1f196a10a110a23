/** Columns of an appointment `p` as it is shown. */
export const APPOINTMENT = `p.id, p.staff_id as "staffId", p.unit_id as "unitId", p.post, p.valid_from::text as "validFrom", p.valid_to::text as "validTo",
  p.basis, p.delegated_from_id as "delegatedFromId", p.end_reason as "endReason"`;

/** Columns of a member of staff `s` as one is shown: no personal data beyond name, number and unit. */
export const STAFF = `s.id, s.staff_no as "staffNo", s.name, s.home_unit_id as "homeUnitId", s.joined_on::text as "joinedOn", s.left_on::text as "leftOn"`;

/** $1 union, $2 member of staff, $3 today. */
export const STAFF_MEMBER_SQL = `
select s.id, s.joined_on::text as "joinedOn", s.left_on::text as "leftOn",
  coalesce((select jsonb_agg(jsonb_build_object('post', p.post, 'unitId', p.unit_id, 'validFrom', p.valid_from, 'validTo', p.valid_to) order by p.id)
    from post_appointment p where p.union_id = $1 and p.staff_id = s.id and (p.valid_to is null or p.valid_to >= $3)), '[]') as appointments
from staff s where s.union_id = $1 and s.id = $2`;

/**
 * $1 union, $2 member of staff, $3 today, $4 live stages: the live applications that the person had a hand in or is party
 * to. A decision that was taken in person counts for the side of its checkpoint: a release that was held is a try too.
 */
export const LOANS_SQL = `
select a.file_no as "fileNo", a.branch_id as "branchId", a.stage, a.route, handled.acts, bound.party
from loan_application a join staff s on s.union_id = $1 and s.id = $2
cross join lateral (
  select coalesce(jsonb_agg(distinct jsonb_build_object('side', h.side, 'post', h.post, 'unitId', h.unit_id)), '[]') as acts from (
    select 'lending' as side, null::post as post, null::uuid as unit_id where a.officer_id = s.id
    union all
    select 'lending', null, null from loan_contract c where c.union_id = $1 and c.application_id = a.id and c.recorded_by_id = s.id
    union all
    select case d.checkpoint when 'intake' then 'lending' else d.checkpoint::text end, null, null from decision d
      where d.union_id = $1 and d.application_id = a.id and d.decided_by_id = s.id and d.checkpoint in ('intake', 'review', 'release')
    union all
    select case t.post when 'investigation' then 'lending' else t.post::text end, p.post, p.unit_id from post_act t
      join post_appointment p on p.union_id = $1 and p.id = t.appointment_id
      where t.union_id = $1 and t.application_id = a.id and t.staff_id = s.id
    union all
    select 'legal', p.post, p.unit_id from legal_signature g join post_appointment p on p.union_id = $1 and p.id = g.appointment_id
      where g.union_id = $1 and g.application_id = a.id and g.staff_id = s.id) h) handled
cross join lateral (
  select case when a.party_id = s.party_id then 'applicant'
    when exists (select from guarantee g where g.union_id = $1 and g.application_id = a.id and g.guarantor_id = s.party_id
      and (g.valid_to is null or g.valid_to >= $3)) then 'guarantor' end as party) bound
where a.union_id = $1 and a.stage = any($4::application_stage[]) and (handled.acts <> '[]' or bound.party is not null)
order by a.file_no`;
