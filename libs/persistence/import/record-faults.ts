import type { RecordKind } from '../../contracts/import/records.js';
import { type Fault, fault } from '../../domain/problem.js';
import { customerIdentity } from './customer-row.js';
import type { CanonicalRecord } from './row-values.js';

type Pairs = readonly (readonly [earlier: string, later: string])[];

/** Dates of which the second may not come before the first. */
const DATE_ORDER: Partial<Record<RecordKind, Pairs>> = {
  householdMember: [['from', 'to']],
  link: [['from', 'to']],
  guarantee: [['from', 'to']],
  bureauConsent: [['signedOn', 'expiresOn']],
  loan: [
    ['issuedOn', 'dueOn'],
    ['issuedOn', 'settledOn'],
  ],
};

const ABOVE_ZERO: Partial<Record<RecordKind, readonly string[]>> = {
  loan: ['principal'],
  application: ['amount', 'instalment'],
  guarantee: ['amount'],
};

/** What is wrong across the fields of a record, each read well on its own: all of it. */
export function recordFaults(kind: RecordKind, record: CanonicalRecord): Fault[] {
  return [...dateFaults(kind, record), ...zeroFaults(kind, record), ...ownFaults(kind, record)];
}

function dateFaults(kind: RecordKind, record: CanonicalRecord): Fault[] {
  return (DATE_ORDER[kind] ?? []).flatMap(([earlier, later]) => {
    const [from, to] = [record[earlier], record[later]];
    if (typeof from !== 'string' || typeof to !== 'string' || to >= from) return [];
    return [fault(`/${later}`, 'import.dates', { zh: `${to} 早于 ${from}`, en: `${to} is before ${from}` })];
  });
}

const zeroFaults = (kind: RecordKind, record: CanonicalRecord): Fault[] =>
  (ABOVE_ZERO[kind] ?? [])
    .filter((name) => record[name] === '0')
    .map((name) => fault(`/${name}`, 'import.zero', { zh: '金额为零', en: 'is zero' }));

function ownFaults(kind: RecordKind, record: CanonicalRecord): Fault[] {
  switch (kind) {
    case 'orgUnit':
      return record['kind'] !== 'department' && record['location'] === null
        ? [
            fault('/location', 'import.missing', {
              zh: '办理贷款的机构须有所在地类别',
              en: 'a unit that lends has a place that limits what it may lend (G2)',
            }),
          ]
        : [];
    case 'customer':
      return customerIdentity(record) === 'wrong'
        ? [
            fault('/identity', 'import.identity', {
              zh: '证件号码校验不符',
              en: 'the identity number fails its check character',
            }),
          ]
        : [];
    case 'link':
      return record['customer'] === record['other']
        ? [
            fault('/other', 'import.same-customer', {
              zh: '不能与自己关联',
              en: 'a customer is not linked to itself',
            }),
          ]
        : [];
    case 'loan':
      return record['status'] === 'settled' && (record['balance'] ?? '0') !== '0'
        ? [
            fault('/balance', 'import.settled-with-balance', {
              zh: '已结清贷款仍有余额',
              en: 'a settled loan still has a balance',
            }),
          ]
        : [];
    case 'application':
      return Number(record['termMonths']) < 1 || Number(record['termMonths']) > 600
        ? [
            fault('/termMonths', 'import.term', {
              zh: '期限应为1至600个月',
              en: 'the term must be 1 to 600 months',
            }),
          ]
        : [];
    case 'guarantee':
      return (record['loan'] === null) === (record['application'] === null)
        ? [
            fault('', 'import.guarantee-of-one', {
              zh: '须且只能对应一笔贷款或一个申请',
              en: 'guarantees either a loan or an application',
            }),
          ]
        : [];
    default:
      return [];
  }
}
