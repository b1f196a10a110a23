import { civilDateOf } from '#libs/domain/civil-date.js';
import { inUnion } from '#libs/persistence/pool.js';
import { wholeUnion } from '#libs/persistence/scope.js';
import type { Services } from '#libs/persistence/services.js';
import { NotificationStore } from '#libs/persistence/stores/notification-store.js';
import { WebhookStore } from '#libs/persistence/stores/webhook-store.js';
import type { JobPayload } from '#libs/queue/jobs.js';
import { tellPeople } from '#libs/usecases/tell-people.js';
import { jobActor } from './job-actor.js';

/**
 * Tells people and other systems of an outbox row, in one transaction: notifications, and by the outbox again the mails
 * and webhooks that they become. Run twice it does so once.
 */
export async function notify(
  services: Services,
  { unionId, outboxId }: JobPayload<'notify'>,
): Promise<{ notifications: number; deliveries: number }> {
  const { tools, books, mailer } = services;
  const actor = jobActor(services, unionId, { job: 'notify', id: outboxId });
  return inUnion(tools.pool, wholeUnion(unionId), async (sql) => {
    const store = new NotificationStore(sql, tools.ids, actor, books, tools.vault);
    const event = await store.event(outboxId);
    if (event === null) return { notifications: 0, deliveries: 0 };
    const told = await tellPeople(store, event, civilDateOf(actor.at), actor.at);
    const mails = mailer === null ? [] : await store.mailable(told);
    for (const notificationId of mails) await store.outbox('mail.send', { notificationId });
    const deliveries = await new WebhookStore(sql, tools.ids, actor, tools.vault).openDeliveries(event.id, event.topic);
    for (const deliveryId of deliveries) await store.outbox('webhook.deliver', { deliveryId });
    return { notifications: told.length, deliveries: deliveries.length };
  });
}
