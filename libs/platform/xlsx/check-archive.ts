import { promisify } from 'node:util';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { type Fault, fault } from '../../domain/problem.js';

export interface ArchiveLimits {
  /** Bytes of all parts together, inflated. */
  readonly inflatedBytes: number;
  /** Rows of a sheet, counted and by their numbers. */
  readonly rows: number;
}

const MOST_PARTS = 1000;
const open = promisify<Buffer, yauzl.Options, ZipFile>(yauzl.fromBuffer);

/**
 * Looks a workbook's archive over before anything is made of it: whether it is one, what its parts say they inflate to,
 * what they really inflate to, and how many rows its sheets hold. Stops at the first fault: nothing larger is inflated.
 */
export async function archiveFault(bytes: Buffer, limits: ArchiveLimits): Promise<Fault | null> {
  let archive: ZipFile;
  try {
    archive = await open(bytes, { lazyEntries: true, autoClose: false, validateEntrySizes: true });
  } catch {
    return fault('', 'xlsx.not-a-workbook', {
      zh: '不是 XLSX 工作簿（不是 ZIP 压缩包）；旧式 .xls 请另存为 .xlsx',
      en: 'is no XLSX workbook: no ZIP archive. Save an old .xls as .xlsx',
    });
  }
  try {
    const parts: Entry[] = [];
    for await (const part of entriesOf(archive)) {
      parts.push(part);
      if (parts.length > MOST_PARTS) return tooLarge(`${MOST_PARTS}`, 'parts', '个部件');
    }
    const declared = parts.reduce((sum, part) => sum + part.uncompressedSize, 0);
    if (declared > limits.inflatedBytes)
      return tooLarge(`${limits.inflatedBytes}`, 'bytes once inflated', '字节（解压后）');
    for (const part of parts) {
      const found = await partFault(archive, part, limits.rows);
      if (found !== null) return found;
    }
    return null;
  } catch (cause) {
    return fault('', 'xlsx.damaged', {
      zh: '压缩包已损坏，或其中部件的实际大小与声明不符',
      en: `the archive is damaged or says less than it holds: ${cause instanceof Error ? cause.message : 'unreadable'}`,
    });
  } finally {
    archive.close();
  }
}

const tooLarge = (limit: string, of: string, zhOf: string): Fault =>
  fault('', 'xlsx.too-large', { zh: `超过 ${limit} ${zhOf}`, en: `holds more than ${limit} ${of}` });

async function* entriesOf(archive: ZipFile): AsyncGenerator<Entry> {
  for (;;) {
    const next = await new Promise<Entry | null>((resolve, reject) => {
      const settle = (act: () => void) => {
        archive.removeAllListeners();
        act();
      };
      archive.once('entry', (entry: Entry) => settle(() => resolve(entry)));
      archive.once('end', () => settle(() => resolve(null)));
      archive.once('error', (cause: Error) => settle(() => reject(cause)));
      archive.readEntry();
    });
    if (next === null) return;
    yield next;
  }
}

const ROW = /<(?:\w+:)?row(?:\s(?:[^>]*?\s)?r="(\d+)"|[\s>/])/g;
/** Longer than the beginning of any row's tag: what a chunk cuts in two is looked at again with the next. */
const CARRIED = 200;

/** Inflates one part without keeping it. A part larger than it said is an error of yauzl's. */
async function partFault(archive: ZipFile, part: Entry, mostRows: number): Promise<Fault | null> {
  const stream = await promisify<Entry, NodeJS.ReadableStream>(archive.openReadStream.bind(archive))(part);
  const isSheet = /^xl\/worksheets\/[^/]+\.xml$/i.test(part.fileName);
  let carried = '';
  let rows = 0;
  let highest = 0;
  for await (const chunk of stream) {
    if (!isSheet) continue;
    const text = carried + (chunk as Buffer).toString('latin1');
    const cut = Math.max(0, text.lastIndexOf('<', text.length - 1));
    const whole = text.length - cut > CARRIED ? text.length : cut;
    for (const [, number] of text.slice(0, whole).matchAll(ROW)) {
      rows += 1;
      highest = Math.max(highest, Number(number ?? 0));
    }
    carried = text.slice(whole);
    if (rows > mostRows || highest > mostRows)
      return fault(part.fileName, 'xlsx.too-many-rows', {
        zh: `行数超过上限 ${mostRows}`,
        en: `has more rows than the ${mostRows} that are read`,
      });
  }
  return null;
}
