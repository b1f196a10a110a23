import { err, ok, type Result } from 'neverthrow';
import { type Problem, problem } from '../domain/problem.js';
import { CONFIRMED_WITHIN_MS } from '../domain/product-stop.js';
import type { Actor } from './actor.js';
import { notFound } from './problems.js';
import { auditOf, type RecordsPort } from './records.js';

/** Ordered by one person, in force once another confirms it; lifted the same way. */
export interface ProductStopView {
  readonly id: string;
  readonly productCode: string;
  readonly reason: string;
  readonly orderedById: string;
  readonly orderedBy: string;
  readonly orderedAt: string;
  readonly confirmedBy: string | null;
  readonly confirmedAt: string | null;
  readonly liftReason: string | null;
  readonly liftOrderedById: string | null;
  readonly liftOrderedBy: string | null;
  readonly liftOrderedAt: string | null;
  readonly liftedBy: string | null;
  readonly liftedAt: string | null;
  readonly inForce: boolean;
}

/** What one step writes, by column. */
export type StopChange =
  | { confirmed_by_id: string | null; confirmed_at: Date }
  | { lift_reason: string; lift_ordered_by_id: string | null; lift_ordered_at: Date }
  | { lifted_by_id: string | null; lifted_at: Date };

export interface ProductStopsPort extends RecordsPort {
  isProduct(code: string): Promise<boolean>;
  /** The stop of a product that is in force. */
  standing(productCode: string): Promise<ProductStopView | null>;
  /** With the row locked until the transaction ends. */
  stop(id: string): Promise<ProductStopView | null>;
  addStop(productCode: string, reason: string, staffId: string | null, at: Date): Promise<ProductStopView>;
  change(id: string, change: StopChange): Promise<ProductStopView>;
}

export const wrongStopState = (zh: string, en: string): Problem =>
  problem('conflict', 'stop.wrong-state', { zh, en }, { clause: 'M1' });

const byOneAlone = (): Problem =>
  problem(
    'forbidden',
    'stop.own-order',
    { zh: '须由另一人确认', en: 'another person confirms what one has ordered' },
    { clause: 'M1' },
  );

const tooLate = (): Problem =>
  problem(
    'conflict',
    'stop.too-late',
    { zh: '一小时内未获确认，须重新发起', en: 'it was not confirmed within an hour: order it again' },
    { clause: 'M1' },
  );

export async function findStop(port: ProductStopsPort, id: string): Promise<Result<ProductStopView, Problem>> {
  const stop = await port.stop(id);
  return stop === null ? err(notFound({ zh: '停办记录', en: 'stop of a product' })) : ok(stop);
}

/** Whether the actor is the second person, in time. */
export function seconds(actor: Actor, orderedById: string | null, orderedAt: string): Result<null, Problem> {
  if (actor.staffId === null || orderedById === actor.staffId) return err(byOneAlone());
  return actor.at.getTime() - Date.parse(orderedAt) > CONFIRMED_WITHIN_MS ? err(tooLate()) : ok(null);
}

/** The audit row and the word to those who act next. */
export async function recordStep(
  port: ProductStopsPort,
  actor: Actor,
  step: { action: string; topic: string },
  before: ProductStopView | null,
  after: ProductStopView,
): Promise<void> {
  const subject = { kind: 'product_stop', id: after.id };
  const change = before === null ? { after } : { before, after };
  await port.audit(auditOf(actor, 'product:stop', step.action, subject, change));
  await port.outbox(step.topic, { stopId: after.id, byId: actor.staffId ?? actor.unionId });
}
