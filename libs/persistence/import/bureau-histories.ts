import type { Mapping } from '../../contracts/import/mapping.js';
import { madeIdentity } from '../../domain/made-identity.js';
import { BUREAU_SUMMARY_FACTS } from '../../rules/bureau-summary.js';
import type { BureauSummary } from '../../usecases/query-bureau.js';
import { recordReader } from './record-reader.js';
import { SourceTables } from './source-tables.js';

/**
 * Reads the bureau reports of a mapped export for the simulator: the history of the n-th customer reference, under the
 * n-th made identity number (`madeIdentity(Number(ref))`), because real histories come without identities.
 */
export async function readBureauHistories(mapping: Mapping, folder: string): Promise<Map<string, BureauSummary>> {
  const tables = new SourceTables(mapping, folder, () => {});
  const histories = new Map<string, BureauSummary>();
  for (const block of mapping.records.filter(({ record }) => record === 'bureauReport')) {
    const table = await tables.open(block.from);
    const read = await recordReader(block, table.columns, tables, '2000-01-01');
    for await (const line of table.lines()) {
      const reading = await read(line);
      if (reading === 'left-out' || 'faults' in reading) continue;
      const stated = BUREAU_SUMMARY_FACTS.map(({ key }) => [key, reading.record[key]] as const).filter(
        ([, value]) => value !== null && value !== undefined,
      );
      histories.set(madeIdentity(Number(reading.record['customer'])), Object.fromEntries(stated) as BureauSummary);
    }
  }
  return histories;
}
