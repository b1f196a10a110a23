import { LOCATION_CLASSES, PRODUCT_CATEGORIES } from '../../domain/product.js';
import type { FactDefinition } from '../fact-definition.js';

const application = { source: 'application' } as const;
const customer = { source: 'customer' } as const;
const organisation = { source: 'organisation' } as const;

/** What is known of the application, the applicant as a customer, and the branch applied to. */
export const APPLICATION_FACTS = {
  'application.amountFen': {
    ...application,
    type: 'number',
    unit: 'fen',
    clause: 'M2',
    label: { zh: '申请金额', en: 'Amount applied for' },
  },
  'application.termMonths': {
    ...application,
    type: 'number',
    unit: 'months',
    clause: 'M2',
    label: { zh: '申请期限', en: 'Term applied for' },
  },
  'application.productCategory': {
    ...application,
    type: 'text',
    values: PRODUCT_CATEGORIES,
    clause: 'G2',
    label: { zh: '贷款品种类别', en: 'Product category' },
  },
  'application.productCustomerKind': {
    ...application,
    type: 'text',
    values: ['person', 'organisation'],
    clause: 'G2',
    label: { zh: '品种适用客户', en: 'Kind of customer that the product is for' },
  },
  'application.unsecured': {
    ...application,
    type: 'boolean',
    clause: 'M2',
    label: { zh: '是否信用贷款', en: 'Unsecured (credit) loan' },
  },
  'application.exceptionClause': {
    ...application,
    type: 'text',
    values: ['none', 'C9'],
    clause: 'C9',
    label: { zh: '申请的例外条款', en: 'Exception asked for' },
  },
  'application.exceptionPapers': {
    ...application,
    type: 'list',
    clause: 'C9',
    fields: { name: { type: 'text', values: ['repaymentPlan', 'overAuthorityRoute'] } },
    label: { zh: '例外所附材料', en: 'Papers given for the exception' },
  },
  'applicant.kind': {
    ...customer,
    type: 'text',
    values: ['person', 'organisation'],
    clause: 'G2',
    label: { zh: '申请人类型', en: 'Kind of applicant' },
  },
  'applicant.residence': {
    ...customer,
    type: 'text',
    values: ['rural', 'urban'],
    clause: 'G2',
    label: { zh: '申请人居住地', en: "Applicant's residence" },
  },
  'applicant.insiderStatus': {
    ...customer,
    type: 'text',
    values: ['none', 'insider', 'relative'],
    clause: 'M2',
    label: { zh: '申请人关系人身份', en: 'Insider or relative of one' },
  },
  'applicant.creditLevel': {
    ...customer,
    type: 'text',
    values: ['excellent', 'good', 'ordinary', 'none'],
    clause: 'G2',
    label: { zh: '农户信用等级', en: "Farmer's credit level" },
  },
  'applicant.monthsSinceCreditRating': {
    ...customer,
    type: 'number',
    unit: 'months',
    mayBeNever: true,
    clause: 'G2',
    label: { zh: '信用评级距今月数', en: 'Months since the credit rating' },
  },
  'branch.location': {
    ...organisation,
    type: 'text',
    values: LOCATION_CLASSES,
    clause: 'G2',
    label: { zh: '受理机构所在地类别', en: 'Where the branch stands' },
  },
  'branch.responsibleCreditOfficers': {
    ...organisation,
    type: 'number',
    unit: 'count',
    clause: 'I2',
    label: { zh: '在岗责任信贷员人数', en: 'Responsible credit officers on post' },
  },
} as const satisfies Record<string, FactDefinition>;
