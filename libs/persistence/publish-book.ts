import type { ClientBase } from 'pg';
import type { Clock, IdSource } from '../domain/clock.js';
import type { LoadedBook } from '../platform/load-book.js';
import { bookContent } from '../rules/book.js';

/** Puts the shipped rule book and its parameters in force for a new union; what is there already stays as it is. */
export async function publishBook(
  sql: ClientBase,
  unionId: string,
  { book, parameters }: LoadedBook,
  tools: { clock: Clock; ids: IdSource },
): Promise<void> {
  const { manifest, hash } = book;
  const added = await sql.query(
    `insert into rule_book (id, union_id, code, book_version, hash, content, effective_from, published_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (union_id, hash) do nothing returning hash`,
    [
      tools.ids.next(),
      unionId,
      manifest.code,
      manifest.version,
      hash,
      JSON.stringify(bookContent(book)),
      manifest.effectiveFrom,
      tools.clock.now(),
    ],
  );
  if (added.rowCount === 1) {
    await sql.query(
      'insert into rule_publication (id, union_id, book_hash, effective_from, published_at) values ($1, $2, $3, $4, $5)',
      [tools.ids.next(), unionId, hash, manifest.effectiveFrom, tools.clock.now()],
    );
  }
  for (const parameter of parameters) {
    await sql.query(
      `insert into policy_parameter (id, union_id, key, value, unit, valid_from, valid_to, source, source_en, clause, own)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict do nothing`,
      [
        tools.ids.next(),
        unionId,
        parameter.key,
        JSON.stringify(parameter.value),
        parameter.unit,
        parameter.from,
        parameter.to,
        parameter.source.zh,
        parameter.source.en,
        parameter.clause,
        parameter.own,
      ],
    );
  }
}
