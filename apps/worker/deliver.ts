import { UnrecoverableError } from 'bullmq';
import { notificationText } from '#libs/domain/notification-text.js';
import { inUnion } from '#libs/persistence/pool.js';
import { ofNoUnit, reading, wholeUnion } from '#libs/persistence/scope.js';
import type { Services } from '#libs/persistence/services.js';
import { NotificationStore } from '#libs/persistence/stores/notification-store.js';
import { WebhookStore } from '#libs/persistence/stores/webhook-store.js';
import { MailNotTaken } from '#libs/platform/mail/mailer.js';
import { sendWebhook } from '#libs/platform/send-webhook.js';
import type { JobPayload } from '#libs/queue/jobs.js';
import { jobActor } from './job-actor.js';

const taken = (status: number | null): boolean => status !== null && status >= 200 && status < 300;

/** Sends one event to one endpoint; throws where it is not taken, so that the queue tries again later. */
export async function deliverWebhook(
  services: Services,
  { unionId, outboxId, deliveryId }: JobPayload<'webhook.deliver'>,
): Promise<'delivered' | 'not-needed'> {
  const { tools, clock } = services;
  const actor = jobActor(services, unionId, { job: 'webhook.deliver', id: outboxId });
  const over = <T>(work: (store: WebhookStore) => Promise<T>): Promise<T> =>
    inUnion(tools.pool, ofNoUnit(unionId), (sql) => work(new WebhookStore(sql, tools.ids, actor, tools.vault)));
  const delivery = await over((store) => store.pending(deliveryId));
  if (delivery === null) return 'not-needed';
  const { url, secret, eventId: id, topic, payload, happenedAt } = delivery;
  const body = { type: topic, timestamp: happenedAt, data: payload };
  const status = await sendWebhook({ url, secret, id, body }, clock.now());
  await over((store) => store.recordAttempt(deliveryId, status, taken(status) ? clock.now() : null));
  if (!taken(status)) throw new Error(`the webhook was not taken: ${status ?? 'no answer'}`);
  return 'delivered';
}

/** Mails one notification to its reader; throws where the server does not take it. */
export async function sendMail(
  services: Services,
  { unionId, outboxId, notificationId }: JobPayload<'mail.send'>,
): Promise<'sent' | 'not-needed'> {
  const { tools, books, mailer } = services;
  if (mailer === null) return 'not-needed';
  const actor = jobActor(services, unionId, { job: 'mail.send', id: outboxId });
  const found = await inUnion(tools.pool, reading(wholeUnion(unionId)), (sql) =>
    new NotificationStore(sql, tools.ids, actor, books, tools.vault).notification(notificationId),
  );
  if (found === null || found.email === null) return 'not-needed';
  const { zh, en } = notificationText(found);
  const mail = { to: found.email, subject: zh, text: `${zh}\n${en}\n`, messageId: notificationId };
  await mailer.send(mail).catch((cause: Error) => {
    throw cause instanceof MailNotTaken && cause.forGood ? new UnrecoverableError(cause.message) : cause;
  });
  return 'sent';
}
