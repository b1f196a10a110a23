import { createReadStream } from 'node:fs';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { CsvError, type Info, parse } from 'csv-parse';
import iconv from 'iconv-lite';
import type { Mapping, SourceFormat } from '../../contracts/import/mapping.js';
import { type Fault, fault } from '../../domain/problem.js';

/** One line of a table: its number in the file and its cells, trimmed. */
export interface TableLine {
  readonly line: number;
  readonly cells: readonly string[];
}

/** A line that was not taken, and why. */
export interface RefusedLine {
  readonly file: string;
  readonly line: number;
  readonly faults: readonly Fault[];
}

/** A file that cannot be read at all: nothing of the import is written. */
export class TableUnreadable extends Error {
  constructor(readonly faults: readonly Fault[]) {
    super(faults.map((one) => `${one.path}: ${one.text.en}`).join('; '));
  }
}

export interface TableFormat {
  readonly file: string;
  readonly path: string;
  readonly source: SourceFormat;
  readonly defaults: Mapping['defaults'];
}

export interface OpenTable {
  readonly columns: readonly string[];
  lines(): AsyncGenerator<TableLine>;
}

/** Opens a delimited text file as its mapping describes it. Broken lines go to `refuse`; the rest keeps coming. */
export async function openTable(format: TableFormat, refuse: (line: RefusedLine) => void): Promise<OpenTable> {
  const { source, defaults, file } = format;
  const hasHeader = source.header ?? defaults?.header ?? source.columns === undefined;
  const rows = readRows(format, refuse);
  const named = source.columns ?? null;
  let columns: readonly string[];
  if (hasHeader) {
    const first = await rows.next();
    if (first.done === true) throw unreadable(file, 'file.empty', '文件是空的', 'the file is empty');
    columns = named ?? first.value.cells;
  } else if (named !== null) columns = named;
  else throw unreadable(file, 'file.no-columns', '没有表头时须给出 columns', 'a file without a header needs "columns"');
  return { columns, lines: () => wellFormed(rows, columns.length, file, refuse) };
}

const unreadable = (path: string, code: string, zh: string, en: string): TableUnreadable =>
  new TableUnreadable([fault(path, code, { zh, en })]);

function openBytes(format: TableFormat): Readable {
  const compression =
    format.source.compression ?? format.defaults?.compression ?? (format.file.endsWith('.gz') ? 'gzip' : 'none');
  const file = createReadStream(format.path);
  return compression === 'gzip' ? pipeline(file, createGunzip(), () => {}) : file;
}

async function* readRows(format: TableFormat, refuse: (line: RefusedLine) => void): AsyncGenerator<TableLine> {
  const { source, defaults, file } = format;
  let unclosed = false;
  let lastLine = 0;
  const parser = parse({
    delimiter: source.delimiter ?? defaults?.delimiter ?? ',',
    quote: quoteOf(source.quote, defaults?.quote),
    from_line: (source.skipLines ?? defaults?.skipLines ?? 0) + 1,
    bom: true,
    trim: true,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip: (error) => {
      if (error?.code === 'CSV_QUOTE_NOT_CLOSED') unclosed = true;
      else if (error !== undefined) refuse({ file, line: lineOf(error), faults: [csvFault(error)] });
      return undefined;
    },
  });
  const bytes = openBytes(format);
  const text = iconv.decodeStream(source.encoding ?? defaults?.encoding ?? 'utf-8');
  pipeline(bytes, text, parser, () => {}); // an error of any part destroys the parser, and the loop below throws it
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: Info }>) {
      // Exports pad cells inside quotes too, which the parser's own trimming leaves.
      lastLine = info.lines;
      yield { line: info.lines, cells: record.map((cell) => cell.trim()) };
    }
  } catch (cause) {
    throw asUnreadable(file, cause);
  }
  if (unclosed) {
    throw unreadable(
      file,
      'csv.quote-not-closed',
      `第 ${lastLine} 行之后有引号未闭合，其后各行无法读取`,
      `a quote that opens after line ${lastLine} never closes: no line after it can be read`,
    );
  }
}

const quoteOf = (own: string | null | undefined, common: string | null | undefined): string | false => {
  const chosen = own === undefined ? common : own;
  return chosen === null ? false : (chosen ?? '"');
};

const lineOf = (error: CsvError): number => Number((error as unknown as { lines?: number }).lines ?? 0);

const csvFault = (error: CsvError): Fault =>
  fault('', error.code.toLowerCase().replace('csv_', 'csv.').replaceAll('_', '-'), {
    zh: `CSV 格式错误：${error.message}`,
    en: error.message,
  });

function asUnreadable(file: string, cause: unknown): TableUnreadable {
  if (cause instanceof TableUnreadable) return cause;
  const { code, message } = cause as NodeJS.ErrnoException;
  if (code === 'ENOENT') return unreadable(file, 'file.missing', '没有此文件', 'there is no such file');
  return unreadable(file, 'file.unreadable', `无法读取：${message}`, `cannot be read: ${message}`);
}

async function* wellFormed(
  rows: AsyncGenerator<TableLine>,
  width: number,
  file: string,
  refuse: (line: RefusedLine) => void,
): AsyncGenerator<TableLine> {
  for await (const row of rows) {
    const wrong = lineFault(row.cells, width);
    if (wrong === null) yield row;
    else refuse({ file, line: row.line, faults: [wrong] });
  }
}

function lineFault(cells: readonly string[], width: number): Fault | null {
  if (cells.length !== width) {
    return fault('', 'csv.ragged-line', {
      zh: `应有 ${width} 列，实有 ${cells.length} 列`,
      en: `${cells.length} columns where ${width} are named`,
    });
  }
  // U+FFFD is what a decoder puts in place of bytes that its encoding does not have.
  if (cells.some((cell) => cell.includes('\uFFFD'))) {
    return fault('', 'csv.wrong-encoding', {
      zh: '有不属于所声明编码的字节',
      en: 'holds bytes that are not of the encoding stated: is it GB18030?',
    });
  }
  return null;
}
