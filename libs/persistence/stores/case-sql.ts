import { sinceReview } from '../since-review.js';
import { standsOn } from '../standing-answers.js';

const APPLICATION = `jsonb_build_object('id', a.id, 'fileNo', a.file_no, 'branchId', a.branch_id, 'customerId', a.party_id, 'productCode', p.code,
  'amountFen', a.amount_fen, 'termMonths', a.term_months, 'purpose', a.purpose, 'stage', a.stage, 'intakeVerdict', a.intake_verdict,
  'waitingFor', a.waiting_for, 'submittedOn', a.submitted_on, 'version', a.version)`;

/** $1 union, $2 application, $3 day: a case as LoanCase has it, in one round trip. */
export const CASE_SQL = `
select ${APPLICATION} as application, a.route, a.round, a.book_hash,
  coalesce((select jsonb_agg(jsonb_build_object('id', t.id, 'post', t.post, 'action', t.action, 'staffId', t.staff_id, 'returnTo', t.return_to,
      'deliberationId', t.deliberation_id, 'choice', t.choice, 'opinion', t.opinion, 'appointmentPost', q.post, 'staffName', s.name, 'actedAt', t.acted_at) order by t.acted_at, t.id)
    from post_act t join post_appointment q on q.union_id = $1 and q.id = t.appointment_id join staff s on s.union_id = $1 and s.id = t.staff_id
    where t.union_id = $1 and t.application_id = a.id), '[]') as acts,
  coalesce((select jsonb_agg(jsonb_build_object('id', f.id, 'verdict', f.verdict, 'checkpoint', newest.checkpoint, 'ruleId', f.rule_id, 'bookHash', coalesce(f.book_hash, newest.book_hash),
      'excepted', f.excepted, 'answered', exists (select from finding_answer n join finding g on g.union_id = $1 and g.id = n.finding_id
        join decision e on e.union_id = $1 and e.id = g.decision_id
        where n.union_id = $1 and ${standsOn('$3')} and e.application_id = a.id and (n.finding_id = f.id or e.checkpoint = newest.checkpoint
          and g.rule_id = f.rule_id and g.operands = f.operands and ${sinceReview('n.id', 'a.id')})))
      order by newest.checkpoint, f.position)
    from (select distinct on (d.checkpoint) d.id, d.checkpoint, d.book_hash from decision d where d.union_id = $1 and d.application_id = a.id
      order by d.checkpoint, d.decided_at desc, d.id desc) newest
    join finding f on f.union_id = $1 and f.decision_id = newest.id and f.verdict in ('REFER', 'BLOCK')), '[]') as findings,
  (select jsonb_build_object('outcomeHash', d.outcome_hash, 'verdict', d.verdict) from decision d
    where d.union_id = $1 and d.application_id = a.id and d.checkpoint = 'review' and ${sinceReview('d.id', 'a.id')}
    order by d.decided_at desc, d.id desc limit 1) as review_check,
  (select jsonb_build_object('id', m.id, 'round', m.round, 'amountFen', m.amount_fen, 'closed', m.closed_at is not null, 'outcome', m.outcome,
      'members', (select jsonb_agg(jsonb_build_object('staffId', b.staff_id, 'conflict', b.conflict) order by b.staff_id)
        from deliberation_member b where b.union_id = $1 and b.deliberation_id = m.id))
    from deliberation m where m.union_id = $1 and m.application_id = a.id order by m.round desc limit 1) as meeting,
  (select jsonb_build_object('amountFen', t.amount_fen, 'termMonths', t.term_months, 'rateTenThousandths', t.rate_ten_thousandths, 'method', t.method,
      'dayCount', t.day_count, 'payee', t.payee, 'paymentMode', t.payment_mode, 'conditions', t.conditions)
    from approved_terms t where t.union_id = $1 and t.application_id = a.id order by t.round desc limit 1) as terms,
  coalesce(jsonb_array_length(agreed.conditions_met), 0) as conditions_met, agreed.purpose_document_id
from loan_application a join product p on p.union_id = $1 and p.id = a.product_id
left join lateral (select c.conditions_met, c.purpose_document_id from loan_contract c
  where c.union_id = $1 and c.application_id = a.id order by c.round desc limit 1) agreed on true
where a.union_id = $1 and a.id = $2`;

/** $1 union, $2 application, $3 version, $4 stage, $5 route or null, $6 round or null, $7 set the approved sum, $8 it, $9 end, $10 reason, $11 now. */
export const MOVE_SQL = `
update loan_application a set stage = $4::application_stage, route = coalesce($5::authority_route, a.route), round = coalesce($6::int, a.round),
  approved_amount_fen = case when $7::boolean then $8::bigint else a.approved_amount_fen end,
  closed_at = $9::timestamptz, closed_reason = coalesce($10::text, a.closed_reason), stage_since = $11::timestamptz, version = a.version + 1
from product p where p.union_id = $1 and p.id = a.product_id and a.union_id = $1 and a.id = $2 and a.version = $3
returning ${APPLICATION} as application`;
