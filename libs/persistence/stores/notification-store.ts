import type { IdSource } from '../../domain/clock.js';
import type { NotificationKind } from '../../domain/notification-kind.js';
import type { Post } from '../../domain/post.js';
import type { PersonalDataVault } from '../../platform/personal-data.js';
import type { Actor } from '../../usecases/actor.js';
import type { LoanCase } from '../../usecases/loan-case.js';
import type { HappenedEvent, NewNotification } from '../../usecases/notices.js';
import type { SetOwnEmailPort } from '../../usecases/set-own-email.js';
import type { TellPeoplePort } from '../../usecases/tell-people.js';
import type { BookStore } from '../book-store.js';
import { instant } from '../instant.js';
import type { Sql } from '../pool.js';
import { WorkflowStore } from './workflow-store.js';

/** A notification as its reader has it; its text is made of these. */
export interface NotificationRow {
  readonly id: string;
  readonly kind: NotificationKind;
  readonly applicationId: string | null;
  readonly fileNo: string | null;
  readonly stage: string | null;
  readonly unit: string | null;
  readonly subjectId: string | null;
  readonly createdAt: string;
  readonly readAt: string | null;
}

const SHOWN = `
select n.id, n.kind, n.application_id as "applicationId", a.file_no as "fileNo", n.stage, u.name as unit,
  n.subject_id as "subjectId", ${instant('n.created_at')} as "createdAt", ${instant('n.read_at')} as "readAt"
from notification n left join loan_application a on a.union_id = $1 and a.id = n.application_id
left join org_unit u on u.union_id = $1 and u.id = n.unit_id
where n.union_id = $1`;

/** Who is told what, and what each has been told. */
export class NotificationStore extends WorkflowStore implements SetOwnEmailPort, TellPeoplePort {
  constructor(
    sql: Sql,
    ids: IdSource,
    actor: Actor,
    books: BookStore,
    private readonly vault: PersonalDataVault,
  ) {
    super(sql, ids, actor, books);
  }

  async event(outboxId: string): Promise<HappenedEvent | null> {
    const found = await this.sql.query<HappenedEvent>(
      'select id, topic, payload from outbox_event where union_id = $1 and id = $2',
      [this.unionId, outboxId],
    );
    return found.rows[0] ?? null;
  }

  async answerersOf({ referrals }: LoanCase): Promise<readonly Post[]> {
    const open = referrals.filter(({ answered }) => !answered);
    const posts = await Promise.all(open.map((finding) => this.answererOf(finding)));
    return [...new Set(posts.filter((post): post is Post => post !== null))];
  }

  async notify(staffIds: readonly string[], told: NewNotification, eventId: string, at: Date): Promise<string[]> {
    const added = await this.sql.query<{ id: string }>(
      `insert into notification (id, union_id, staff_id, kind, application_id, stage, unit_id, subject_id, event_id, created_at)
       select n.id, $1, n.staff, $2, $3, $4::application_stage, $5, $6, $7, $8
       from jsonb_to_recordset($9::jsonb) as n(id uuid, staff uuid)
       on conflict (union_id, staff_id, event_id) do nothing returning id`,
      [
        this.unionId,
        told.kind,
        told.applicationId,
        told.stage,
        told.unitId,
        told.subjectId ?? null,
        eventId,
        at,
        JSON.stringify([...new Set(staffIds)].map((staff) => ({ id: this.ids.next(), staff }))),
      ],
    );
    return added.rows.map(({ id }) => id);
  }

  async holdersAnywhere(posts: readonly Post[], on: string): Promise<string[]> {
    const found = await this.sql.query<{ staff_id: string }>(
      `select distinct staff_id from post_appointment where union_id = $1 and post = any($2::post[]) and valid_from <= $3
         and (valid_to is null or valid_to >= $3)`,
      [this.unionId, posts, on],
    );
    return found.rows.map(({ staff_id: staffId }) => staffId);
  }

  /** Newest first, after the one of `cursor`. */
  async notificationsOf(staffId: string, unread: boolean, cursor: string | null, limit: number) {
    const found = await this.sql.query<NotificationRow>(
      `${SHOWN} and n.staff_id = $2 and ($3::uuid is null or n.id < $3) and (not $4 or n.read_at is null) order by n.id desc limit $5`,
      [this.unionId, staffId, cursor, unread, limit],
    );
    return found.rows;
  }

  async notification(id: string): Promise<(NotificationRow & { email: string | null }) | null> {
    const found = await this.sql.query<NotificationRow & { email_cipher: Buffer | null }>(
      `select shown.*, s.email_cipher from (${SHOWN} and n.id = $2) shown join notification m on m.union_id = $1 and m.id = shown.id
       join staff s on s.union_id = $1 and s.id = m.staff_id`,
      [this.unionId, id],
    );
    const row = found.rows[0];
    if (row === undefined) return null;
    const { email_cipher: cipher, ...shown } = row;
    return { ...shown, email: cipher === null ? null : this.vault.decrypt(cipher) };
  }

  /** False where there is no such notification of theirs. */
  async markRead(staffId: string, id: string, at: Date): Promise<boolean> {
    const read = await this.sql.query(
      'update notification set read_at = coalesce(read_at, $4) where union_id = $1 and staff_id = $2 and id = $3',
      [this.unionId, staffId, id, at],
    );
    return read.rowCount === 1;
  }

  async setEmail(staffId: string, email: string | null): Promise<void> {
    await this.sql.query('update staff set email_cipher = $3 where union_id = $1 and id = $2', [
      this.unionId,
      staffId,
      email === null ? null : this.vault.encrypt(email),
    ]);
  }

  /** Of these notifications those whose reader has a mail address. */
  async mailable(ids: readonly string[]): Promise<string[]> {
    const found = await this.sql.query<{ id: string }>(
      `select n.id from notification n join staff s on s.union_id = $1 and s.id = n.staff_id
       where n.union_id = $1 and n.id = any($2::uuid[]) and s.email_cipher is not null`,
      [this.unionId, ids],
    );
    return found.rows.map(({ id }) => id);
  }
}
