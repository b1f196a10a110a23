import {
  COUNT,
  DATE,
  FEN,
  needed,
  oneOf,
  optional,
  PERCENT,
  REF,
  type RecordDefinition,
  refTo,
  TEXT,
} from './field-types.js';

export const LEDGER_RECORDS = {
  account: {
    label: { zh: '存款账户', en: 'Deposit account' },
    clause: 'M2',
    fields: {
      ref: needed(REF, '账号', "the account's number in the source"),
      branch: needed(refTo('orgUnit'), '开户机构', 'branch'),
      openedOn: optional(DATE, '开户日', 'opened on'),
    },
  },
  accountHolder: {
    label: { zh: '账户持有人', en: 'Holder of an account' },
    clause: 'M2',
    fields: {
      account: needed(refTo('account'), '账号', 'account'),
      customer: needed(refTo('customer'), '客户号', 'customer'),
      role: needed(oneOf('owner', 'authorised'), '角色', 'owns the account or may use it', { byDefault: 'owner' }),
    },
  },
  standingPayment: {
    label: { zh: '代扣代付', en: 'Standing payment' },
    clause: 'M2',
    fields: {
      ref: needed(REF, '编号', "the order's number in the source"),
      account: needed(refTo('account'), '付款账号', 'account that pays'),
      purpose: needed(oneOf('loan_instalment', 'leasing', 'insurance', 'household', 'other'), '用途', 'purpose'),
      payee: optional(TEXT, '收款账户', 'bank and account of the payee'),
      amount: optional(FEN, '金额', 'amount'),
    },
  },
  loan: {
    label: { zh: '贷款', en: 'Loan' },
    clause: 'M2',
    fields: {
      ref: needed(REF, '借据号', "the loan's number in the source"),
      branch: needed(refTo('orgUnit'), '贷款机构', 'branch that lent'),
      customer: needed(refTo('customer'), '借款人', 'borrower'),
      product: optional(TEXT, '品种', 'product code'),
      kind: needed(
        oneOf('own', 'written_off', 'central_bank_swap', 'government_swap'),
        '账务类别',
        'on the books, written off or swapped out',
        { byDefault: 'own' },
      ),
      status: needed(oneOf('outstanding', 'settled'), '状态', 'still owed or settled'),
      class: optional(
        oneOf('normal', 'special_mention', 'substandard', 'doubtful', 'loss'),
        '五级分类',
        'five-tier class',
      ),
      principal: needed(FEN, '本金', 'principal lent'),
      balance: optional(
        FEN,
        '余额',
        'balance; where left out: all of the principal while outstanding, nothing once settled',
      ),
      issuedOn: needed(DATE, '发放日', 'paid out on'),
      dueOn: optional(DATE, '到期日', 'due on'),
      settledOn: optional(DATE, '结清日', 'settled on'),
      overdueDays: optional(COUNT, '逾期天数', 'days overdue'),
      account: optional(refTo('account'), '还款账号', 'account that repays'),
    },
  },
  application: {
    label: { zh: '贷款申请', en: 'Loan application' },
    clause: 'M2',
    fields: {
      ref: needed(REF, '申请号', "the application's number in the source"),
      branch: needed(refTo('orgUnit'), '受理机构', 'branch applied to'),
      customer: needed(refTo('customer'), '申请人', 'applicant'),
      product: needed(TEXT, '品种', 'product code', { byDefault: 'personal-consumption' }),
      amount: needed(FEN, '金额', 'amount'),
      termMonths: needed(COUNT, '期限（月）', 'term in months'),
      instalment: optional(FEN, '月还款额', 'what the loan costs a month'),
      debtToIncome: optional(PERCENT, '还款占收入', 'repayments as a share of income, as the source states it'),
      submittedOn: needed(DATE, '申请日', 'submitted on'),
      purpose: needed(TEXT, '用途', 'purpose', { byDefault: 'not stated' }),
      outcome: optional(oneOf('good', 'bad'), '贷款结果', 'what the loan became, where a history tells it'),
    },
  },
  guarantee: {
    label: { zh: '担保', en: 'Guarantee' },
    clause: 'C3',
    fields: {
      ref: needed(REF, '编号', "the guarantee's number in the source"),
      customer: needed(refTo('customer'), '担保人', 'guarantor'),
      loan: optional(refTo('loan'), '借据号', 'loan guaranteed; either this or an application'),
      application: optional(refTo('application'), '申请号', 'application guaranteed'),
      kind: needed(oneOf('guarantee', 'pledge', 'mortgage'), '方式', 'kind', { byDefault: 'guarantee' }),
      amount: optional(FEN, '金额', 'amount'),
      from: needed(DATE, '自', 'in force from', { byDefault: '1900-01-01' }),
      to: optional(DATE, '至', 'in force to'),
    },
  },
} as const satisfies Record<string, RecordDefinition>;

const bureauCount = (zh: string, en: string) => optional(COUNT, zh, en);

export const BUREAU_RECORDS = {
  bureauConsent: {
    label: { zh: '征信查询授权', en: 'Consent to a bureau query' },
    clause: 'M2',
    fields: {
      customer: needed(refTo('customer'), '客户号', 'customer'),
      signedOn: needed(DATE, '签署日', 'signed on'),
      expiresOn: needed(DATE, '失效日', 'in force to'),
      purpose: needed(TEXT, '用途', 'purpose', { byDefault: 'loan application' }),
      evidence: needed(TEXT, '存档', 'where the signed paper is'),
    },
  },
  bureauReport: {
    label: { zh: '征信报告', en: 'Credit-bureau report' },
    clause: 'M2',
    fields: {
      ref: needed(REF, '报告号', "the report's number in the source"),
      customer: needed(refTo('customer'), '客户号', 'customer'),
      reportedOn: needed(DATE, '报告日', 'as of'),
      accountsOverdueNow: bureauCount('当前逾期账户数', 'accounts overdue now'),
      monthsSince90DaysLate: optional(
        COUNT,
        '距最近90天逾期月数',
        'months since an instalment was 90 or more days late',
        { mayBeNever: true },
      ),
      latePayments24Months: bureauCount('24个月逾期次数', 'late payments in 24 months'),
      accountsWrittenOff: bureauCount('核销账户数', 'accounts written off'),
      accountsPaidByGuarantor: bureauCount('代偿账户数', 'accounts paid by a guarantor'),
      collections12Months: bureauCount('12个月被催收次数', 'collections in 12 months'),
      accounts120DaysOverdue: bureauCount('逾期120天以上账户数', 'accounts 120 or more days overdue'),
      bankruptcies: bureauCount('破产记录数', 'bankruptcies on record'),
      taxLiens: bureauCount('欠税记录数', 'tax liens on record'),
      hardEnquiries12Months: bureauCount('12个月硬查询次数', 'hard enquiries in 12 months'),
      otherLenders: bureauCount('其他机构家数', 'other lenders with a live loan'),
      monthlyRepayment: optional(FEN, '他行月还款额', 'what other lenders are paid a month'),
    },
  },
} as const satisfies Record<string, RecordDefinition>;
