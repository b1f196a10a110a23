import type pg from 'pg';
import type { CivilDate } from '../domain/civil-date.js';
import type { IdSource } from '../domain/clock.js';
import { type BookContent, makeBook, type RuleBook } from '../rules/book.js';
import { type ParameterSet, parameterSet } from '../rules/parameters.js';
import type { BookInForce } from '../usecases/deciding-books.js';
import { parametersInForceOn } from './parameters-in-force.js';
import { inUnion, type Sql } from './pool.js';
import { assertSigned, publicationInForce } from './publications.js';
import { ofNoUnit } from './scope.js';
import { assertParametersSigned } from './signed-parameters.js';

const KEPT_MILLISECONDS = 5000;

/** Rule books and parameters in force, kept for seconds: publications take effect from a date, not within a minute. */
export class BookStore {
  private readonly kept = new Map<string, { until: number; value: Promise<BookInForce | null> }>();
  private readonly books = new Map<string, RuleBook>();

  /** `pool` must be another one than that of the transactions which decide: see openServices. */
  constructor(
    private readonly pool: pg.Pool,
    private readonly ids: IdSource,
    /** The installation's, by which publications were signed; null where books are read by their address alone. */
    private readonly secret: Uint8Array | null,
  ) {}

  inForce(unionId: string, on: CivilDate): Promise<BookInForce | null> {
    const key = `${unionId}|${on}`;
    const known = this.kept.get(key);
    if (known !== undefined && known.until > performance.now()) return known.value;
    const value = inUnion(this.pool, ofNoUnit(unionId), (sql) => this.read(sql, unionId, on));
    this.kept.set(key, { until: performance.now() + KEPT_MILLISECONDS, value });
    value.catch(() => this.kept.delete(key));
    return value;
  }

  private async read(sql: Sql, unionId: string, on: CivilDate): Promise<BookInForce | null> {
    const publication = await publicationInForce(sql, unionId, on);
    if (publication !== null) assertSigned(publication, unionId, this.secret);
    const book = publication === null ? null : await this.byHash(sql, unionId, publication.bookHash);
    if (book === null) return null;
    await assertParametersSigned(sql, unionId, on, this.secret);
    const parameters = parameterSet(await parametersInForceOn(sql, unionId, on));
    await sql.query(
      'insert into parameter_set (id, union_id, hash, content) values ($1, $2, $3, $4) on conflict (union_id, hash) do nothing',
      [this.ids.next(), unionId, parameters.hash, JSON.stringify(parameters.values)],
    );
    return { book, parameters };
  }

  /** A published book by its content's address. Throws where what is stored is not what the address says. */
  async byHash(sql: Sql, unionId: string, hash: string): Promise<RuleBook | null> {
    const known = this.books.get(hash);
    if (known !== undefined) return known;
    const found = await sql.query<{ content: BookContent }>(
      'select content from rule_book where union_id = $1 and hash = $2',
      [unionId, hash],
    );
    const stored = found.rows[0]?.content;
    if (stored === undefined) return null;
    const book = makeBook(stored);
    if (book.hash !== hash) throw new Error(`rule book ${hash} was altered: its content is ${book.hash}`);
    this.books.set(hash, book);
    return book;
  }

  /** A published book, read in a transaction of its own where it is not in hand yet. */
  published(unionId: string, hash: string): Promise<RuleBook | null> {
    const known = this.books.get(hash);
    return known === undefined
      ? inUnion(this.pool, ofNoUnit(unionId), (sql) => this.byHash(sql, unionId, hash))
      : Promise.resolve(known);
  }

  /** A numeric policy parameter in force on a day; null where there is none. */
  async parameter(unionId: string, key: string, on: CivilDate): Promise<number | null> {
    const value = (await this.inForce(unionId, on))?.parameters.values[key];
    return typeof value === 'number' ? value : null;
  }

  async parametersByHash(sql: Sql, unionId: string, hash: string): Promise<ParameterSet | null> {
    const found = await sql.query<{ content: ParameterSet['values'] }>(
      'select content from parameter_set where union_id = $1 and hash = $2',
      [unionId, hash],
    );
    const values = found.rows[0]?.content;
    if (values === undefined) return null;
    const set = parameterSet(values);
    if (set.hash !== hash) throw new Error(`parameter set ${hash} was altered: its content is ${set.hash}`);
    return set;
  }
}
