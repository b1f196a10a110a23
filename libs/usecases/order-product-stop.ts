import { err, ok, type Result } from 'neverthrow';
import { fault, type Problem } from '../domain/problem.js';
import type { Actor } from './actor.js';
import { invalidInput } from './problems.js';
import { type ProductStopsPort, type ProductStopView, recordStep, wrongStopState } from './product-stops.js';

/** Orders the emergency stop of a product. Nothing stops before another person confirms it within an hour (M1). */
export async function orderProductStop(
  port: ProductStopsPort,
  actor: Actor,
  { productCode, reason }: { productCode: string; reason: string },
): Promise<Result<ProductStopView, Problem>> {
  if (!(await port.isProduct(productCode))) {
    const text = { zh: '没有这个产品', en: 'there is no such product' };
    return err(invalidInput([fault('/productCode', 'input.no-such-record', text)]));
  }
  if ((await port.standing(productCode)) !== null)
    return err(wrongStopState('该产品已停办', 'the product is stopped already'));
  const stop = await port.addStop(productCode, reason, actor.staffId, actor.at);
  await recordStep(port, actor, { action: 'product.order-stop', topic: 'product.stop-ordered' }, null, stop);
  return ok(stop);
}
