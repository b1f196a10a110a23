import { LOCATION_CLASSES } from '../../domain/product.js';
import { DATE, FEN, needed, oneOf, optional, REF, type RecordDefinition, refTo, TEXT } from './field-types.js';

export const CUSTOMER_RECORDS = {
  orgUnit: {
    label: { zh: '机构', en: 'Organisation unit' },
    clause: 'G2',
    fields: {
      ref: needed(REF, '编号', "the unit's number in the source"),
      name: needed(TEXT, '名称', 'name'),
      kind: needed(oneOf('branch', 'sub_branch', 'business_department', 'department'), '类别', 'kind of unit', {
        byDefault: 'branch',
      }),
      location: optional(
        oneOf(...LOCATION_CLASSES),
        '所在地类别',
        'where it stands: limits what it may lend; needed for units that lend',
      ),
      openedOn: optional(DATE, '开业日', 'opened on'),
    },
  },
  customer: {
    label: { zh: '客户', en: 'Customer' },
    clause: 'M2',
    fields: {
      ref: needed(REF, '客户号', "the customer's number in the source"),
      kind: needed(oneOf('person', 'organisation'), '类型', 'kind of customer', { byDefault: 'person' }),
      name: needed(TEXT, '姓名或名称', 'name'),
      identity: optional(
        TEXT,
        '证件号码',
        'resident identity number (18 or old 15 digits) or unified social credit code',
      ),
      birthDate: optional(DATE, '出生日期', 'date of birth; read from the identity number where that is given'),
      phone: optional(TEXT, '电话', 'phone'),
      address: optional(TEXT, '住址', 'address'),
      residence: optional(oneOf('rural', 'urban'), '居住地', 'lives in the countryside or in town'),
      insiderStatus: optional(
        oneOf('none', 'insider', 'relative'),
        '关系人',
        'insider of the union, or a relative of one',
      ),
      monthlyIncome: optional(FEN, '月收入', 'monthly income'),
      incomeAsOf: optional(DATE, '收入截至日', 'income as of'),
      creditLevel: optional(oneOf('excellent', 'good', 'ordinary'), '信用等级', "farmer's credit level"),
      creditLevelRatedOn: optional(DATE, '评级日', 'rated on'),
      branch: optional(refTo('orgUnit'), '管户机构', 'home branch'),
    },
  },
  householdMember: {
    label: { zh: '户成员', en: 'Household member' },
    clause: 'M2',
    fields: {
      household: needed(REF, '户号', "the household's number in the source"),
      customer: needed(refTo('customer'), '客户号', 'customer'),
      role: needed(oneOf('head', 'spouse', 'child', 'parent', 'other'), '关系', 'role in the household', {
        byDefault: 'other',
      }),
      from: needed(DATE, '自', 'member from', { byDefault: '1900-01-01' }),
      to: optional(DATE, '至', 'member to'),
    },
  },
  link: {
    label: { zh: '关联关系', en: 'Link between customers' },
    clause: 'M2',
    fields: {
      kind: needed(
        oneOf('spouse', 'relative', 'controller', 'guarantor', 'joint_guarantee'),
        '关系类型',
        'kind of link',
      ),
      customer: needed(refTo('customer'), '客户号', 'one customer'),
      other: needed(refTo('customer'), '关联客户号', 'the other customer'),
      status: needed(oneOf('lead', 'confirmed'), '状态', 'a lead joins no group until confirmed', {
        byDefault: 'lead',
      }),
      from: needed(DATE, '自', 'in force from', { byDefault: '1900-01-01' }),
      to: optional(DATE, '至', 'in force to'),
    },
  },
} as const satisfies Record<string, RecordDefinition>;
