import type { RecordValue } from './read-value.js';

/** Bytes as PostgreSQL reads them from JSON text. */
export const hex = (bytes: Buffer): string => `\\x${bytes.toString('hex')}`;

export const textOf = (value: RecordValue | undefined): string | null => (typeof value === 'string' ? value : null);
