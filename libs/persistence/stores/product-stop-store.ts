import type { ProductStopsPort, ProductStopView, StopChange } from '../../usecases/product-stops.js';
import { instant } from '../instant.js';
import { SqlRecords } from './sql-records.js';

const nameOf = (column: string): string => `(select s.name from staff s where s.union_id = $1 and s.id = z.${column})`;

const VIEW = `z.id, z.product_code as "productCode", z.reason, z.ordered_by_id as "orderedById", ${nameOf('ordered_by_id')} as "orderedBy",
  ${instant('z.ordered_at')} as "orderedAt", ${nameOf('confirmed_by_id')} as "confirmedBy", ${instant('z.confirmed_at')} as "confirmedAt",
  z.lift_reason as "liftReason", z.lift_ordered_by_id as "liftOrderedById", ${nameOf('lift_ordered_by_id')} as "liftOrderedBy",
  ${instant('z.lift_ordered_at')} as "liftOrderedAt", ${nameOf('lifted_by_id')} as "liftedBy", ${instant('z.lifted_at')} as "liftedAt",
  z.confirmed_at is not null and z.lifted_at is null as "inForce"`;

/** Emergency stops of products. */
export class ProductStopStore extends SqlRecords implements ProductStopsPort {
  async isProduct(code: string): Promise<boolean> {
    const found = await this.sql.query('select from product where union_id = $1 and code = $2', [this.unionId, code]);
    return found.rowCount === 1;
  }

  private async read(where: string, values: unknown[]): Promise<ProductStopView[]> {
    const text = `select ${VIEW} from product_stop z where z.union_id = $1 ${where}`;
    return (await this.sql.query<ProductStopView>(text, [this.unionId, ...values])).rows;
  }

  /** Newest first. */
  stops(): Promise<ProductStopView[]> {
    return this.read('order by z.ordered_at desc, z.id desc limit 200', []);
  }

  async standing(productCode: string): Promise<ProductStopView | null> {
    const where = 'and z.product_code = $2 and z.confirmed_at is not null and z.lifted_at is null';
    return (await this.read(where, [productCode]))[0] ?? null;
  }

  async stop(id: string): Promise<ProductStopView | null> {
    return (await this.read('and z.id = $2 for update of z', [id]))[0] ?? null;
  }

  async addStop(productCode: string, reason: string, staffId: string | null, at: Date): Promise<ProductStopView> {
    const id = this.ids.next();
    await this.sql.query(
      'insert into product_stop (id, union_id, product_code, reason, ordered_by_id, ordered_at) values ($1, $2, $3, $4, $5, $6)',
      [id, this.unionId, productCode, reason, staffId, at],
    );
    return this.seen(id);
  }

  async change(id: string, change: StopChange): Promise<ProductStopView> {
    const columns = Object.keys(change);
    const set = columns.map((column, at) => `${column} = $${at + 3}`).join(', ');
    const values = [this.unionId, id, ...Object.values(change)];
    await this.sql.query(`update product_stop set ${set} where union_id = $1 and id = $2`, values);
    return this.seen(id);
  }

  private async seen(id: string): Promise<ProductStopView> {
    const [stop] = await this.read('and z.id = $2', [id]);
    if (stop === undefined) throw new Error('the stop is gone');
    return stop;
  }
}
