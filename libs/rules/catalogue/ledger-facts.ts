import type { FactDefinition } from '../fact-definition.js';

const ledger = { source: 'ledger', clause: 'M2' } as const;
const count = { ...ledger, type: 'number', unit: 'count' } as const;
const fen = { ...ledger, type: 'number', unit: 'fen' } as const;

/** What the full in-house search (全数据库检索) finds over all branches, and the exposures reckoned from the ledger. */
export const LEDGER_FACTS = {
  'inHouse.applicant.nonPerformingLoans': {
    ...count,
    label: { zh: '申请人本系统不良贷款笔数', en: "Applicant's non-performing loans here" },
  },
  'inHouse.household.nonPerformingLoans': {
    ...count,
    label: { zh: '同户其他成员不良贷款笔数', en: "Other household members' non-performing loans" },
  },
  'inHouse.guarantors.nonPerformingLoans': {
    ...count,
    label: { zh: '担保人不良贷款笔数', en: "Guarantors' non-performing loans" },
  },
  'inHouse.applicant.outstandingLoansAtOtherBranches': {
    ...count,
    label: { zh: '申请人在其他社未结清贷款笔数', en: "Applicant's outstanding loans at other branches" },
  },
  'inHouse.applicant.liveApplicationsElsewhere': {
    ...count,
    label: { zh: '申请人其他在途申请数', en: "Applicant's other live applications" },
  },
  'inHouse.household.membersWithOutstandingLoans': {
    ...count,
    label: { zh: '同户有贷款的其他成员数', en: 'Other household members with outstanding loans' },
  },
  'inHouse.applicant.unexplainedLoanInstalments': {
    ...count,
    label: { zh: '代扣他行贷款的账户数', en: 'Accounts paying instalments on a loan that is not ours' },
  },
  'inHouse.applicant.accountsSharingPayee': {
    ...count,
    label: { zh: '与他人共用收款账户的账户数', en: "Accounts sharing a payee with another customer's" },
  },
  'inHouse.applicant.customersSharingPhone': {
    ...count,
    label: { zh: '共用电话的其他客户数', en: 'Other customers with the same phone' },
  },
  'inHouse.applicant.customersSharingAddress': {
    ...count,
    label: { zh: '户外共用地址的其他客户数', en: 'Customers outside the household at the same address' },
  },
  'inHouse.applicant.namesakesWithLoans': {
    ...count,
    label: { zh: '同名同生日且有贷款的其他客户数', en: 'Others of the same name and birth date with loans' },
  },
  'exposure.applicantAfterFen': {
    ...fen,
    label: { zh: '申请人贷款余额（含本笔）', en: "Applicant's exposure with this loan" },
  },
  'exposure.groupAfterFen': {
    ...fen,
    label: { zh: '风险集团贷款余额（含本笔）', en: "Risk group's exposure with this loan" },
  },
  'exposure.topTenAfterFen': {
    ...fen,
    label: { zh: '最大十户贷款余额（含本笔）', en: 'Ten largest borrowers with this loan' },
  },
  'microCredit.householdAfterFen': {
    ...fen,
    label: { zh: '农户小额信用贷款余额（含本笔）', en: "Household's micro-credit with this loan" },
  },
  'jointGuarantee.households': {
    ...count,
    label: { zh: '联保小组户数', en: 'Households in the joint-guarantee group' },
  },
  'jointGuarantee.relatedHouseholds': {
    ...count,
    label: { zh: '联保小组内同一家族的户数', en: 'Households of one family in the joint-guarantee group' },
  },
} as const satisfies Record<string, FactDefinition>;
