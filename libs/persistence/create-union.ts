import pg from 'pg';
import type { Clock, IdSource } from '../domain/clock.js';
import { DEFAULT_PRODUCTS } from '../domain/default-products.js';
import type { LoadedBook } from '../platform/load-book.js';
import { publishBook } from './publish-book.js';

export interface NewUnion {
  readonly code: string;
  readonly name: string;
  readonly cityUnionName?: string;
}

/**
 * Founds a county union with its products, rule book and policy parameters, or finds the one of that code. Only the
 * owner of the database may: the application role cannot make tenants. Returns the union's id.
 */
export async function createUnion(
  ownerUrl: string,
  union: NewUnion,
  loaded: LoadedBook,
  tools: { clock: Clock; ids: IdSource },
): Promise<string> {
  const owner = new pg.Client(ownerUrl);
  await owner.connect();
  try {
    const known = await owner.query<{ id: string }>('select id from county_union where code = $1', [union.code]);
    const found = known.rows[0]?.id;
    if (found !== undefined) return found;
    const id = tools.ids.next();
    await owner.query('begin');
    await owner.query(`select set_config('app.union_id', $1, true)`, [id]);
    await owner.query('insert into county_union (id, code, name, city_union_name) values ($1, $2, $3, $4)', [
      id,
      union.code,
      union.name,
      union.cityUnionName ?? null,
    ]);
    await owner.query(
      `insert into org_unit (id, union_id, kind, code, name) values ($1, $2, 'county_union', 'UNION', $3)`,
      [tools.ids.next(), id, union.name],
    );
    for (const product of DEFAULT_PRODUCTS) {
      await owner.query(
        `insert into product (id, union_id, code, name_zh, name_en, category, customer_kind, unsecured, active_from)
         values ($1, $2, $3, $4, $5, $6, $7, $8, '1990-01-01')`,
        [
          tools.ids.next(),
          id,
          product.code,
          product.nameZh,
          product.nameEn,
          product.category,
          product.customerKind,
          product.unsecured,
        ],
      );
    }
    await publishBook(owner, id, loaded, tools);
    await owner.query('commit');
    return id;
  } finally {
    await owner.end();
  }
}

/** Puts a shipped book and the parameters that are missing in force for a union that is there. By the owner alone. */
export async function republish(
  ownerUrl: string,
  unionId: string,
  loaded: LoadedBook,
  tools: { clock: Clock; ids: IdSource },
): Promise<void> {
  const owner = new pg.Client(ownerUrl);
  await owner.connect();
  try {
    await owner.query('begin');
    await owner.query(`select set_config('app.union_id', $1, true)`, [unionId]);
    await publishBook(owner, unionId, loaded, tools);
    await owner.query('commit');
  } finally {
    await owner.end();
  }
}
