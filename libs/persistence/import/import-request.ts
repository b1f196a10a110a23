import type { Mapping } from '../../contracts/import/mapping.js';
import type { RecordKind } from '../../contracts/import/records.js';
import type { Clock, IdSource } from '../../domain/clock.js';
import type { RefusedLine } from '../../platform/csv/read-table.js';
import type { PersonalDataVault } from '../../platform/personal-data.js';

export interface ImportReport {
  readonly taken: Partial<Record<RecordKind, number>>;
  readonly refusedLines: number;
  readonly refused: readonly RefusedLine[];
}

export interface ImportRequest {
  readonly mapping: Mapping;
  readonly folder: string;
  readonly unionId: string;
  /** The date that `{ "asOf": true }` fields take. */
  readonly asOf: string;
  /** Who takes the files in, for the audit trail. */
  readonly actorName: string;
  readonly onProgress?: (kind: RecordKind, lines: number) => void;
}

export interface ImportTools {
  readonly vault: PersonalDataVault;
  readonly clock: Clock;
  readonly ids: IdSource;
}
