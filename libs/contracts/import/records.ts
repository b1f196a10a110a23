import { CUSTOMER_RECORDS } from './customer-records.js';
import type { RecordDefinition } from './field-types.js';
import { BUREAU_RECORDS, LEDGER_RECORDS } from './ledger-records.js';

/** The canonical records that any export is mapped to, in the order in which they are taken in. */
export const RECORD_DEFINITIONS = { ...CUSTOMER_RECORDS, ...LEDGER_RECORDS, ...BUREAU_RECORDS };
export type RecordKind = keyof typeof RECORD_DEFINITIONS;
export const RECORD_KINDS = Object.keys(RECORD_DEFINITIONS) as [RecordKind, ...RecordKind[]];

export const definitionOf = (kind: RecordKind): RecordDefinition => RECORD_DEFINITIONS[kind];
