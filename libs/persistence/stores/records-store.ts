import type { Actor } from '../../usecases/actor.js';
import type { AuditRecord, RecordsPort } from '../../usecases/records.js';
import type { PrismaTransaction } from '../prisma.js';
import type { PersistenceTools } from '../tools.js';

/** Rows of one act: its audit row and its outbox row, in the act's own transaction. */
export class RecordsStore implements RecordsPort {
  constructor(
    protected readonly tx: PrismaTransaction,
    protected readonly tools: PersistenceTools,
    protected readonly actor: Actor,
  ) {}

  protected get unionId(): string {
    return this.actor.unionId;
  }

  async knownCustomers(ids: readonly string[]): Promise<ReadonlyMap<string, string | null>> {
    const found = await this.tx.$queryRaw<
      { id: string; home_unit_id: string | null }[]
    >`select id, home_unit_id from customer_homes(${[...ids]}::uuid[])`;
    return new Map(found.map((row) => [row.id, row.home_unit_id]));
  }

  async audit(record: AuditRecord): Promise<void> {
    await this.tx.auditEvent.create({
      data: {
        id: this.tools.ids.next(),
        unionId: this.unionId,
        at: record.actor.at,
        actorId: record.actor.staffId,
        actorName: record.actor.name,
        appointmentId: record.appointmentId,
        requestId: record.actor.requestId,
        action: record.action,
        subjectKind: record.subjectKind,
        subjectId: record.subjectId,
        ...(record.before === undefined ? {} : { before: { ...record.before } }),
        ...(record.after === undefined ? {} : { after: { ...record.after } }),
      },
    });
  }

  async outbox(topic: string, payload: Readonly<Record<string, string>>): Promise<void> {
    await this.tx.outboxEvent.create({
      data: {
        id: this.tools.ids.next(),
        unionId: this.unionId,
        topic,
        payload: { ...payload },
        createdAt: this.actor.at,
      },
    });
  }
}
