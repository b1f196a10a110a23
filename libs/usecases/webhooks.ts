import { err, ok, type Result } from 'neverthrow';
import type { Problem } from '../domain/problem.js';
import type { Actor } from './actor.js';
import { notFound } from './problems.js';
import { auditOf, type RecordsPort } from './records.js';

export interface WebhookView {
  readonly id: string;
  readonly url: string;
  readonly topics: readonly string[];
  readonly stopped: boolean;
}

export interface WebhooksPort extends RecordsPort {
  webhooks(): Promise<WebhookView[]>;
  addWebhook(url: string, topics: readonly string[], secret: string, staffId: string | null, at: Date): Promise<string>;
  stopWebhook(id: string, at: Date): Promise<void>;
}

/** Adds an endpoint. Its secret is the receiver's own; it is kept encrypted and never shown. */
export async function addWebhook(
  port: WebhooksPort,
  actor: Actor,
  command: { url: string; topics: readonly string[]; secret: string },
): Promise<Result<WebhookView, Problem>> {
  const { url, topics, secret } = command;
  const id = await port.addWebhook(url, topics, secret, actor.staffId, actor.at);
  const view = { id, url, topics, stopped: false };
  await port.audit(auditOf(actor, 'webhook:manage', 'webhook.add', { kind: 'webhook', id }, { after: view }));
  return ok(view);
}

/** Stops an endpoint: nothing is sent to it any more. */
export async function stopWebhook(
  port: WebhooksPort,
  actor: Actor,
  { id }: { id: string },
): Promise<Result<WebhookView, Problem>> {
  const found = (await port.webhooks()).find((one) => one.id === id && !one.stopped);
  if (found === undefined) return err(notFound({ zh: '推送地址', en: 'webhook' }));
  await port.stopWebhook(id, actor.at);
  const after = { ...found, stopped: true };
  await port.audit(auditOf(actor, 'webhook:manage', 'webhook.stop', { kind: 'webhook', id }, { before: found, after }));
  return ok(after);
}
