import type { FactDefinition } from '../fact-definition.js';

const bureau = { source: 'bureau', clause: 'M2' } as const;
const count = { ...bureau, type: 'number', unit: 'count' } as const;
const happened = { ...count, past: true } as const;

/** An income told longer ago says nothing of today's. */
const INCOME_GOOD_FOR_DAYS = 366;

/** What the credit bureau's report says; its age is a fact of its own, so these carry no age limit. */
export const BUREAU_FACTS = {
  'bureau.reportPresent': {
    ...bureau,
    type: 'boolean',
    label: { zh: '征信报告是否取得', en: 'Bureau report obtained' },
  },
  'bureau.consentValid': {
    ...bureau,
    type: 'boolean',
    label: { zh: '征信查询授权是否有效', en: 'Consent to the bureau query in force' },
  },
  'bureau.reportAgeDays': {
    ...bureau,
    type: 'number',
    unit: 'days',
    label: { zh: '征信报告距今天数', en: 'Age of the bureau report' },
  },
  'bureau.accountsOverdueNow': { ...count, label: { zh: '当前逾期账户数', en: 'Accounts overdue now' } },
  'bureau.monthsSince90DaysLate': {
    ...bureau,
    type: 'number',
    unit: 'months',
    mayBeNever: true,
    past: true,
    label: { zh: '距最近一次逾期90天以上的月数', en: 'Months since an instalment was 90 or more days late' },
  },
  'bureau.latePayments24Months': {
    ...happened,
    label: { zh: '24个月内逾期次数', en: 'Late payments in the last 24 months' },
  },
  'bureau.accountsWrittenOff': { ...happened, label: { zh: '呆账核销账户数', en: 'Accounts written off elsewhere' } },
  'bureau.accountsPaidByGuarantor': {
    ...happened,
    label: { zh: '担保人代偿账户数', en: 'Accounts paid by a guarantor elsewhere' },
  },
  'bureau.collections12Months': {
    ...happened,
    label: { zh: '12个月内被催收次数', en: 'Debts handed to collectors in the last 12 months' },
  },
  'bureau.accounts120DaysOverdue': {
    ...count,
    label: { zh: '逾期120天以上账户数', en: 'Accounts 120 or more days overdue' },
  },
  'bureau.bankruptcies': { ...happened, label: { zh: '破产记录数', en: 'Bankruptcies on record' } },
  'bureau.taxLiens': { ...count, label: { zh: '欠税记录数', en: 'Tax liens on record' } },
  'bureau.hardEnquiries12Months': {
    ...happened,
    label: { zh: '12个月内硬查询次数', en: 'Hard enquiries in the last 12 months' },
  },
  'bureau.otherLenders': {
    ...count,
    label: { zh: '其他机构未结清贷款家数', en: 'Other lenders with a live loan' },
  },
  'repayment.debtToIncomePercent': {
    ...bureau,
    type: 'number',
    unit: 'percent',
    maxAgeDays: INCOME_GOOD_FOR_DAYS,
    label: { zh: '还款占收入比例', en: 'Repayments as a share of income' },
  },
} as const satisfies Record<string, FactDefinition>;
