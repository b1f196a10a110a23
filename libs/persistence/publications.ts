import type { CivilDate } from '../domain/civil-date.js';
import { isOurs, type SignedText } from '../platform/anchor-signature.js';
import { publicationText } from '../rules/publication-text.js';
import { instant } from './instant.js';
import type { Sql } from './pool.js';

/** A book in force from a date, with who made and checked it. */
export interface Publication {
  readonly id: string;
  readonly bookHash: string;
  readonly effectiveFrom: string;
  readonly publishedAt: string;
  readonly makerId: string | null;
  readonly maker: string | null;
  readonly checkerId: string | null;
  readonly checker: string | null;
  /** Null: shipped, and put in force by the owner of the database. */
  readonly draftId: string | null;
  readonly signature: string | null;
  readonly publicKey: string | null;
  readonly code: string;
  readonly bookVersion: string;
}

const PUBLICATIONS_SQL = `
select p.id, p.book_hash as "bookHash", p.effective_from::text as "effectiveFrom",
  ${instant('p.published_at')} as "publishedAt", p.maker_id as "makerId", m.name as maker,
  p.checker_id as "checkerId", c.name as checker, p.draft_id as "draftId", p.signature, p.public_key as "publicKey", b.code,
  b.book_version as "bookVersion"
from rule_publication p join rule_book b on b.union_id = $1 and b.hash = p.book_hash
left join staff m on m.union_id = $1 and m.id = p.maker_id left join staff c on c.union_id = $1 and c.id = p.checker_id
where p.union_id = $1`;
/** The later date is in force; of one date what was published last. */
const NEWEST_FIRST = 'order by p.effective_from desc, p.published_at desc, p.id desc';

/** Which book was in force when, by whom: the newest first. */
export const publicationsOf = async (sql: Sql, unionId: string): Promise<Publication[]> =>
  (await sql.query<Publication>(`${PUBLICATIONS_SQL} ${NEWEST_FIRST}`, [unionId])).rows;

export async function publicationInForce(sql: Sql, unionId: string, on: CivilDate): Promise<Publication | null> {
  const found = await sql.query<Publication>(`${PUBLICATIONS_SQL} and p.effective_from <= $2 ${NEWEST_FIRST} limit 1`, [
    unionId,
    on,
  ]);
  return found.rows[0] ?? null;
}

/** The signature of a publication over its terms; null for what ships. */
export function signedTerms(publication: Publication, unionId: string): SignedText | null {
  const { bookHash, effectiveFrom, makerId, checkerId, signature, publicKey } = publication;
  if (makerId === null || checkerId === null || signature === null || publicKey === null) return null;
  return { text: publicationText({ unionId, bookHash, effectiveFrom, makerId, checkerId }), signature, publicKey };
}

/** Throws where people published a book and this installation did not sign it so: the loan stops. */
export function assertSigned(publication: Publication, unionId: string, secret: Uint8Array | null): void {
  if (publication.draftId === null) return;
  const signed = signedTerms(publication, unionId);
  if (secret === null || signed === null || !isOurs(secret, signed, 'rule books'))
    throw new Error(`publication ${publication.id} of rule book ${publication.bookHash} was not signed so here`);
}
