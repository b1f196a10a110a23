import { COLLATERAL_CLASSES } from '../../domain/collateral.js';
import type { FactDefinition } from '../fact-definition.js';

const collateral = { source: 'collateral', clause: 'G3' } as const;
const counted = { ...collateral, type: 'number', unit: 'count' } as const;

/** What secures the loan, the reports on it, and the papers of the file; gathered from the review on. */
export const SECURITY_FACTS = {
  'security.guarantors': {
    ...counted,
    label: { zh: '保证人人数', en: 'Guarantors' },
  },
  'security.shortfallFen': {
    ...collateral,
    type: 'number',
    unit: 'fen',
    label: { zh: '抵质押担保金额不足部分', en: 'Part of the loan that no collateral secures' },
  },
  'papers.missingKinds': {
    ...counted,
    clause: 'M1',
    label: { zh: '缺少的必备资料种类数', en: 'Kinds of needed papers that are missing' },
  },
  'collateral.items': {
    ...collateral,
    type: 'list',
    fields: {
      class: { type: 'text', values: COLLATERAL_CLASSES },
      loanToValuePercent: { type: 'number', unit: 'percent' },
    },
    label: { zh: '抵质押物', en: 'Collateral' },
  },
  'collateral.unappraised': {
    ...counted,
    label: { zh: '未评估的抵押物件数', en: 'Collateral without an appraisal' },
  },
  'collateral.firmsOffPanel': {
    ...counted,
    label: { zh: '非当年入选机构出具的报告数', en: "Reports of firms that were not on their year's panel" },
  },
  'collateral.firmsDropped': {
    ...counted,
    label: { zh: '本年度落选机构出具的报告数', en: "Reports of firms that this year's panel has dropped" },
  },
  'collateral.withoutAgreement': {
    ...counted,
    label: { zh: '评估日无有效协议的报告数', en: 'Reports made without an agreement in force' },
  },
  'collateral.expiredReports': {
    ...counted,
    label: { zh: '已过有效期的报告数', en: 'Reports that have expired' },
  },
  'collateral.reportsUsedElsewhere': {
    ...counted,
    label: { zh: '已用于他笔贷款的报告数', en: 'Reports used for another loan' },
  },
  'collateral.reportsShared': {
    ...counted,
    label: { zh: '同一报告用于多件的件数', en: 'Things of this loan that share one report' },
  },
  'collateral.titlesUsedElsewhere': {
    ...counted,
    label: { zh: '已担保他笔贷款的权证数', en: 'Titles that secure another loan' },
  },
  'collateral.uncomparedReports': {
    ...counted,
    label: { zh: '印鉴签字未比对齐全的报告数', en: 'Reports whose seal and signature were not both compared' },
  },
  'collateral.differingReports': {
    ...counted,
    label: { zh: '印鉴或签字不符的报告数', en: 'Reports whose seal or signature is not the specimen’s' },
  },
  'collateral.aboveMarketPercent': {
    ...collateral,
    type: 'number',
    unit: 'percent',
    label: { zh: '评估值高出市场价格的最大比例', en: 'Appraised above the market, at most by' },
  },
  'collateral.titlesUnchecked': {
    ...counted,
    label: { zh: '未核查权属的抵质押物件数', en: 'Titles that were not checked' },
  },
  'collateral.titleCheckAgeDays': {
    ...collateral,
    type: 'number',
    unit: 'days',
    label: { zh: '权属核查距今天数', en: 'Days since the titles were checked' },
  },
  'collateral.marketEvidenceAgeDays': {
    ...collateral,
    type: 'number',
    unit: 'days',
    label: { zh: '市场价格依据距今天数', en: 'Days since the market was looked at' },
  },
  'collateral.titlesNotGenuine': {
    ...counted,
    label: { zh: '权证虚假或查无登记的件数', en: 'Titles that are forged or not registered' },
  },
  'collateral.titlesEncumbered': {
    ...counted,
    label: { zh: '已设他项权利的件数', en: 'Titles that are encumbered' },
  },
  'collateral.courtOutcomesAgainst24Months': {
    ...counted,
    label: { zh: '评估机构24个月内败诉件数', en: 'Court outcomes against the firms in 24 months' },
  },
} as const satisfies Record<string, FactDefinition>;
