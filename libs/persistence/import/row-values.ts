import type { PersonalDataVault } from '../../platform/personal-data.js';
import type { RecordValue } from './read-value.js';

export type CanonicalRecord = Readonly<Record<string, RecordValue>>;
export type DatabaseRow = Record<string, unknown>;

export interface RowContext {
  readonly vault: PersonalDataVault;
  readonly mappingName: string;
  readonly receivedAt: string;
}

/** Bytes as PostgreSQL reads them from JSON text. */
export const hex = (bytes: Buffer): string => `\\x${bytes.toString('hex')}`;

export const textOf = (value: RecordValue | undefined): string | null => (typeof value === 'string' ? value : null);
