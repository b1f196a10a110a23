import type { IdSource } from '../../domain/clock.js';
import type { Actor } from '../../usecases/actor.js';
import type { AuditRecord, RecordsPort } from '../../usecases/records.js';
import type { Sql } from '../pool.js';

/** Audit and outbox rows of an act whose statements are written by hand, in the act's own transaction. */
export class SqlRecords implements RecordsPort {
  constructor(
    protected readonly sql: Sql,
    protected readonly ids: IdSource,
    protected readonly actor: Actor,
  ) {}

  protected get unionId(): string {
    return this.actor.unionId;
  }

  async audit({ actor, appointmentId, action, subjectKind, subjectId, before, after }: AuditRecord): Promise<void> {
    await this.sql.query(
      `insert into audit_event (id, union_id, at, actor_id, actor_name, appointment_id, request_id, action, subject_kind, subject_id, before, after)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        this.ids.next(),
        this.unionId,
        actor.at,
        actor.staffId,
        actor.name,
        appointmentId,
        actor.requestId,
        action,
        subjectKind,
        subjectId,
        before === undefined ? null : JSON.stringify(before),
        after === undefined ? null : JSON.stringify(after),
      ],
    );
  }

  async outbox(topic: string, payload: Readonly<Record<string, string>>): Promise<void> {
    await this.sql.query(
      'insert into outbox_event (id, union_id, topic, payload, created_at) values ($1, $2, $3, $4, $5)',
      [this.ids.next(), this.unionId, topic, JSON.stringify(payload), this.actor.at],
    );
  }
}
