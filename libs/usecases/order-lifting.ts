import { err, ok, type Result } from 'neverthrow';
import type { Problem } from '../domain/problem.js';
import type { Actor } from './actor.js';
import { findStop, type ProductStopsPort, type ProductStopView, recordStep, wrongStopState } from './product-stops.js';

/** Orders that a stop be lifted. It stands until another person confirms it within an hour. */
export async function orderLifting(
  port: ProductStopsPort,
  actor: Actor,
  { id, reason }: { id: string; reason: string },
): Promise<Result<ProductStopView, Problem>> {
  const found = await findStop(port, id);
  if (found.isErr()) return err(found.error);
  if (!found.value.inForce) return err(wrongStopState('该停办并未生效', 'this stop is not in force'));
  const after = await port.change(id, {
    lift_reason: reason,
    lift_ordered_by_id: actor.staffId,
    lift_ordered_at: actor.at,
  });
  const step = { action: 'product.order-lifting', topic: 'product.lifting-ordered' };
  await recordStep(port, actor, step, found.value, after);
  return ok(after);
}
