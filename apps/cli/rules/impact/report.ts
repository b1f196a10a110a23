import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import { changedLine, changedTable } from '#libs/bulk/impact/changed-line.js';
import { type CurvePoint, curveOf } from '#libs/bulk/impact/curve.js';
import { changesSheet, impactSheets, MOST_CHANGES_ON_SHEET } from '#libs/bulk/impact/sheets.js';
import { type ImpactSummary, summarise } from '#libs/bulk/impact/summary.js';
import type { SweepCell } from '#libs/bulk/impact/sweep.js';
import type { ChangedCase, ImpactTally } from '#libs/bulk/impact/tally.js';
import { writeWorkbook } from '#libs/platform/xlsx/write-workbook.js';

export interface ImpactReport extends ImpactSummary {
  /** A point for each value of the parameter that was swept. */
  readonly curve?: readonly CurvePoint[];
  readonly seconds: number;
}

/** Where the changed cases go while a run goes on: to a file, or nowhere. */
export interface ChangedFile {
  /** The first of them, as many as a workbook shows. */
  readonly first: readonly (readonly string[])[];
  write(changed: ChangedCase): void;
  end(): Promise<void>;
}

export async function openChanged(out: string | null): Promise<ChangedFile> {
  if (out === null) return { first: [], write: () => {}, end: async () => {} };
  await mkdir(out, { recursive: true });
  const lines = changedTable();
  const file = lines.pipe(createWriteStream(join(out, 'changed.csv')));
  const first: string[][] = [];
  return {
    first,
    write: (changed) => {
      const line = changedLine(changed);
      if (first.length < MOST_CHANGES_ON_SHEET) first.push(line);
      lines.write(line);
    },
    end: async () => {
      lines.end();
      await finished(file);
    },
  };
}

/** The report of a run, written where it was asked for. */
export async function reportOf(
  out: string | null,
  tally: ImpactTally,
  swept: readonly SweepCell[] | null,
  changed: ChangedFile,
  seconds: number,
): Promise<ImpactReport> {
  const summary = summarise(tally);
  const curve = swept === null ? null : curveOf(swept);
  const report = { ...summary, ...(curve === null ? {} : { curve }), seconds };
  if (out !== null) {
    await writeFile(join(out, 'impact.json'), `${JSON.stringify(report, null, 2)}\n`);
    const sheets = impactSheets(summary, curve);
    const workbook = await writeWorkbook([...sheets, changesSheet(changed.first, summary.changed)]);
    await writeFile(join(out, 'impact.xlsx'), workbook);
    for (const { name, rows } of sheets) {
      const text = stringify(
        [...rows].map((row) => [...row]),
        { bom: true },
      );
      await finished(text.pipe(createWriteStream(join(out, `${name}.csv`))));
    }
  }
  return report;
}
