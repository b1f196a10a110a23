import type { CivilDate } from '../domain/civil-date.js';
import { writeTableCsv } from '../platform/tables/table-csv.js';
import { bookContent } from '../rules/book.js';
import type { BookStore } from './book-store.js';
import type { Sql } from './pool.js';
import { assertSigned, type Publication, publicationInForce, publicationsOf, signedTerms } from './publications.js';
import { datedParameters } from './read-parameters.js';

interface ExportRequest {
  readonly unionId: string;
  /** The book of this address; the one in force on the day where left out. */
  readonly hash: string | null;
  readonly on: CivilDate;
  readonly secret: Uint8Array;
}

/** A published book as the files of its folder, by name: text as it is, all else as JSON. */
export type BookFiles = ReadonlyMap<string, unknown>;

/** A published book with its parameters, the cases it was submitted with and its signature, which is held to. Null: no such book. */
export async function exportBook(sql: Sql, books: BookStore, request: ExportRequest): Promise<BookFiles | null> {
  const { unionId, hash, on, secret } = request;
  const publication = await publicationOf(sql, unionId, hash, on);
  if (publication === null) return null;
  assertSigned(publication, unionId, secret);
  const book = await books.byHash(sql, unionId, publication.bookHash);
  if (book === null) return null;
  const { manifest, rules, tables = [] } = bookContent(book);
  const files = new Map<string, unknown>([
    ['manifest.json', manifest],
    ['book.rules.json', { rules }],
    ['parameters.json', { parameters: await datedParameters(sql, unionId) }],
  ]);
  for (const table of tables) {
    const { rows: _, ...definition } = table;
    files.set(`tables/${table.id}.table.json`, definition);
    files.set(`tables/${table.id}.csv`, writeTableCsv(table, { mark: false }));
  }
  const signed = signedTerms(publication, unionId);
  if (signed !== null) files.set('signature.json', signed);
  const drafts = await sql.query<{ cases: { rule: string }[] }>(
    'select cases from rule_draft where union_id = $1 and id = $2',
    [unionId, publication.draftId],
  );
  for (const one of drafts.rows[0]?.cases ?? []) files.set(`cases/${one.rule}.json`, one);
  return files;
}

async function publicationOf(
  sql: Sql,
  unionId: string,
  hash: string | null,
  on: CivilDate,
): Promise<Publication | null> {
  if (hash === null) return publicationInForce(sql, unionId, on);
  return (await publicationsOf(sql, unionId)).find(({ bookHash }) => bookHash === hash) ?? null;
}
