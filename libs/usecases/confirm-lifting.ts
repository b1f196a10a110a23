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

/** Lifts a stop as the second person, within an hour of the order. */
export async function confirmLifting(
  port: ProductStopsPort,
  actor: Actor,
  { id }: { id: string },
): Promise<Result<ProductStopView, Problem>> {
  const found = await findStop(port, id);
  if (found.isErr()) return err(found.error);
  const { inForce, liftOrderedById, liftOrderedAt } = found.value;
  if (!inForce || liftOrderedAt === null)
    return err(wrongStopState('尚未发起解除', 'nobody has ordered that it be lifted'));
  const second = seconds(actor, liftOrderedById, liftOrderedAt);
  if (second.isErr()) return err(second.error);
  const after = await port.change(id, { lifted_by_id: actor.staffId, lifted_at: actor.at });
  await recordStep(port, actor, { action: 'product.lift-stop', topic: 'product.resumed' }, found.value, after);
  return ok(after);
}
