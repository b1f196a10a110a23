import type { FactDefinition, NumberUnit } from '../fact-definition.js';

const limit = (unit: NumberUnit, clause: string, zh: string, en: string) =>
  ({ source: 'policy', type: 'number', unit, clause, label: { zh, en } }) as const;

/** Policy parameters: dated, sourced values of the union. Rules name them; no rule carries a limit of its own. */
export const POLICY_FACTS = {
  'policy.netCapitalFen': limit('fen', 'M2', '资本净额', 'Net capital'),
  'policy.singleBorrowerPercent': limit('percent', 'M2', '单一客户占资本净额上限', 'Single borrower limit'),
  'policy.groupPercent': limit('percent', 'M2', '集团客户占资本净额上限', 'Credit group limit'),
  'policy.topTenPercent': limit('percent', 'M2', '最大十户占资本净额上限', 'Ten largest borrowers limit'),
  'policy.bureauReportFreshDaysAtIntake': limit(
    'days',
    'M2',
    '受理时征信报告有效天数',
    'Bureau report fresh at intake',
  ),
  'policy.overdueAccountsTolerated': limit('count', 'M2', '容忍的当前逾期账户数', 'Overdue accounts tolerated'),
  'policy.lateWithinMonths': limit('months', 'M2', '连三回溯月数', 'Months looked back for 90 days late'),
  'policy.latePaymentsLimit': limit('count', 'M2', '累六次数', 'Late payments that block'),
  'policy.writtenOffTolerated': limit('count', 'M2', '容忍的核销账户数', 'Written-off accounts tolerated'),
  'policy.guarantorPaidTolerated': limit('count', 'M2', '容忍的代偿账户数', 'Accounts paid by a guarantor tolerated'),
  'policy.collectionsTolerated': limit('count', 'M2', '容忍的被催收次数', 'Collections tolerated'),
  'policy.bankruptciesTolerated': limit('count', 'M2', '容忍的破产记录数', 'Bankruptcies tolerated'),
  'policy.taxLiensTolerated': limit('count', 'M2', '容忍的欠税记录数', 'Tax liens tolerated'),
  'policy.hardEnquiriesTolerated': limit('count', 'M2', '容忍的硬查询次数', 'Hard enquiries tolerated'),
  'policy.otherLendersWarn': limit('count', 'M2', '其他机构家数提示线', 'Other lenders: warn from'),
  'policy.otherLendersRefer': limit('count', 'M2', '其他机构家数关注线', 'Other lenders: refer from'),
  'policy.otherLendersBlock': limit('count', 'M2', '其他机构家数禁止线', 'Other lenders: block from'),
  'policy.repaymentToIncomePercent': limit('percent', 'M2', '还款占收入上限', 'Repayment to income limit'),
  'policy.nonPerformingTolerated': limit('count', 'M2', '容忍的不良贷款笔数', 'Non-performing loans tolerated'),
  'policy.loansAtOtherBranchesTolerated': limit(
    'count',
    'M2',
    '容忍的跨社贷款笔数',
    'Loans at other branches tolerated',
  ),
  'policy.liveApplicationsTolerated': limit('count', 'M2', '容忍的其他在途申请数', 'Other live applications tolerated'),
  'policy.householdBorrowersTolerated': limit(
    'count',
    'M2',
    '容忍的同户借款人数',
    'Other borrowers in the household tolerated',
  ),
  'policy.leadsTolerated': limit('count', 'M2', '容忍的关联线索数', 'Leads tolerated'),
  'policy.responsibleOfficersMinimum': limit('count', 'I2', '责任信贷员最低人数', 'Responsible credit officers needed'),
  'policy.microCreditRatingValidMonths': limit('months', 'G2', '信用评级有效月数', 'Credit rating valid for'),
  'policy.microCreditExcellentFen': limit('fen', 'G2', '优秀户小额信用贷款限额', 'Micro-credit limit, excellent'),
  'policy.microCreditGoodFen': limit('fen', 'G2', '较好户小额信用贷款限额', 'Micro-credit limit, good'),
  'policy.microCreditOrdinaryFen': limit('fen', 'G2', '一般户小额信用贷款限额', 'Micro-credit limit, ordinary'),
  'policy.jointGuaranteeMinimum': limit('count', 'G2', '联保小组最少户数', 'Joint-guarantee group: fewest households'),
  'policy.jointGuaranteeMaximum': limit('count', 'G2', '联保小组最多户数', 'Joint-guarantee group: most households'),
  'policy.jointGuaranteeRelatedTolerated': limit('count', 'G2', '容忍的同族户数', 'Related households tolerated'),
} as const satisfies Record<string, FactDefinition>;
