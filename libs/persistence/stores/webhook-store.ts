import type { IdSource } from '../../domain/clock.js';
import type { PersonalDataVault } from '../../platform/personal-data.js';
import type { Actor } from '../../usecases/actor.js';
import type { WebhooksPort, WebhookView } from '../../usecases/webhooks.js';
import type { Sql } from '../pool.js';
import { SqlRecords } from './sql-records.js';

export interface PendingDelivery {
  readonly url: string;
  readonly secret: string;
  readonly eventId: string;
  readonly topic: string;
  readonly payload: Readonly<Record<string, string>>;
  readonly happenedAt: string;
}

/** Endpoints of other systems, and the events on their way to them. */
export class WebhookStore extends SqlRecords implements WebhooksPort {
  constructor(
    sql: Sql,
    ids: IdSource,
    actor: Actor,
    private readonly vault: PersonalDataVault,
  ) {
    super(sql, ids, actor);
  }

  async webhooks(): Promise<WebhookView[]> {
    const found = await this.sql.query<WebhookView>(
      'select id, url, topics, stopped_at is not null as stopped from webhook_endpoint where union_id = $1 order by id',
      [this.unionId],
    );
    return found.rows;
  }

  async addWebhook(
    url: string,
    topics: readonly string[],
    secret: string,
    staffId: string | null,
    at: Date,
  ): Promise<string> {
    const id = this.ids.next();
    await this.sql.query(
      'insert into webhook_endpoint (id, union_id, url, topics, secret_cipher, added_by_id, added_at) values ($1, $2, $3, $4, $5, $6, $7)',
      [id, this.unionId, url, topics, this.vault.encrypt(secret), staffId, at],
    );
    return id;
  }

  async stopWebhook(id: string, at: Date): Promise<void> {
    await this.sql.query('update webhook_endpoint set stopped_at = $3 where union_id = $1 and id = $2', [
      this.unionId,
      id,
      at,
    ]);
  }

  /** A delivery of an event to each endpoint that wants its topic; each once. Returns the new ones. */
  async openDeliveries(eventId: string, topic: string): Promise<string[]> {
    const wanting = await this.sql.query<{ id: string }>(
      `select id from webhook_endpoint where union_id = $1 and stopped_at is null and (topics = '{}' or $2 = any(topics))`,
      [this.unionId, topic],
    );
    const opened: string[] = [];
    for (const { id: endpoint } of wanting.rows) {
      const added = await this.sql.query<{ id: string }>(
        `insert into webhook_delivery (id, union_id, endpoint_id, event_id) values ($1, $2, $3, $4)
         on conflict (union_id, endpoint_id, event_id) do nothing returning id`,
        [this.ids.next(), this.unionId, endpoint, eventId],
      );
      opened.push(...added.rows.map(({ id }) => id));
    }
    return opened;
  }

  /** Null where it was delivered, or its endpoint was stopped. */
  async pending(deliveryId: string): Promise<PendingDelivery | null> {
    const found = await this.sql.query<PendingDelivery & { cipher: Buffer }>(
      `select w.url, w.secret_cipher as cipher, e.id as "eventId", e.topic, e.payload,
         to_char(e.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "happenedAt"
       from webhook_delivery d join webhook_endpoint w on w.union_id = $1 and w.id = d.endpoint_id
       join outbox_event e on e.union_id = $1 and e.id = d.event_id
       where d.union_id = $1 and d.id = $2 and d.delivered_at is null and w.stopped_at is null`,
      [this.unionId, deliveryId],
    );
    const row = found.rows[0];
    if (row === undefined) return null;
    const { cipher, ...delivery } = row;
    return { ...delivery, secret: this.vault.decrypt(cipher) };
  }

  async recordAttempt(deliveryId: string, status: number | null, deliveredAt: Date | null): Promise<void> {
    await this.sql.query(
      'update webhook_delivery set attempts = attempts + 1, last_status = $3, delivered_at = coalesce(delivered_at, $4) where union_id = $1 and id = $2',
      [this.unionId, deliveryId, status, deliveredAt],
    );
  }
}
