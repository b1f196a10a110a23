import { err, ok, type Result } from 'neverthrow';
import type { Problem } from '../domain/problem.js';
import type { Actor } from './actor.js';
import {
  findStop,
  type ProductStopsPort,
  type ProductStopView,
  recordStep,
  seconds,
  wrongStopState,
} from './product-stops.js';

/** Confirms a stop as the second person, within an hour: from then on nothing of the product is accepted or released (M1). */
export async function confirmProductStop(
  port: ProductStopsPort,
  actor: Actor,
  { id }: { id: string },
): Promise<Result<ProductStopView, Problem>> {
  const found = await findStop(port, id);
  if (found.isErr()) return err(found.error);
  const before = found.value;
  if (before.confirmedAt !== null || (await port.standing(before.productCode)) !== null)
    return err(wrongStopState('该产品已停办', 'the product was stopped already'));
  const second = seconds(actor, before.orderedById, before.orderedAt);
  if (second.isErr()) return err(second.error);
  const after = await port.change(id, { confirmed_by_id: actor.staffId, confirmed_at: actor.at });
  await recordStep(port, actor, { action: 'product.stop', topic: 'product.stopped' }, before, after);
  return ok(after);
}
