import { APPLICATION_FACTS } from '../../rules/catalogue/application-facts.js';
import type { Catalogue, FactDefinition, FieldDefinition } from '../../rules/fact-definition.js';

const described = { source: 'ledger', clause: 'M2', label: { zh: '事实', en: 'fact' } } as const;
const number = (unit: 'count' | 'fen' | 'percent' | 'months', more: object = {}): FactDefinition =>
  ({ ...described, type: 'number', unit, ...more }) as FactDefinition;

const TEXTS = ['a', 'b', "it's", '张', '9', '10'] as const;

const LOAN: Readonly<Record<string, FieldDefinition>> = {
  kind: { type: 'text', values: TEXTS },
  amountFen: { type: 'number', unit: 'fen' },
  ratePercent: { type: 'number', unit: 'percent' },
  on: { type: 'date' },
  settled: { type: 'boolean' },
  sinceMonths: { type: 'number', unit: 'months', mayBeNever: true },
};

const SCALARS: Readonly<Record<string, FactDefinition>> = {
  'count.one': number('count'),
  'count.two': number('count'),
  'amount.oneFen': number('fen'),
  'share.onePercent': number('percent'),
  'months.since': number('months', { mayBeNever: true }),
  'months.sinceStale': number('months', { mayBeNever: true, maxAgeDays: 30 }),
  'text.one': { ...described, type: 'text', values: TEXTS },
  'text.two': { ...described, type: 'text', values: TEXTS },
  'day.one': { ...described, type: 'date' },
  'day.two': { ...described, type: 'date' },
  'flag.one': { ...described, type: 'boolean' },
  'flag.two': { ...described, type: 'boolean' },
};

export const SCALAR_FACTS = Object.keys(SCALARS);

/** One fact of every type, with the names that exceptions ask for: random rules and facts are made over these. */
export const PARITY_CATALOGUE: Catalogue = new Map<string, FactDefinition>([
  ...Object.entries(SCALARS),
  ['list.loans', { ...described, type: 'list', fields: LOAN }],
  ['application.exceptionClause', APPLICATION_FACTS['application.exceptionClause']],
  ['application.exceptionPapers', APPLICATION_FACTS['application.exceptionPapers']],
]);

/** Parameters in force; any other parameter is missing, which is unknown. */
export const PARITY_PARAMETERS = {
  'policy.hardEnquiriesTolerated': 3,
  'policy.netCapitalFen': 1000,
  'policy.singleBorrowerPercent': 0.3,
} as const;

export const PARITY_PRODUCTS = [
  { code: 'rural-personal', category: "farmers'" },
  { code: 'company', category: 'company' },
] as const;
