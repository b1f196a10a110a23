import type { NotificationKind } from '../domain/notification-kind.js';
import type { Post } from '../domain/post.js';
import type { ApplicationStage } from '../domain/workflow.js';

/** An outbox row that people or other systems hear of. */
export interface HappenedEvent {
  readonly id: string;
  readonly topic: string;
  readonly payload: Readonly<Record<string, string>>;
}

export interface NewNotification {
  readonly kind: NotificationKind;
  readonly applicationId: string | null;
  readonly unitId: string | null;
  readonly stage: ApplicationStage | null;
  /** The draft or the stop that it tells of. */
  readonly subjectId?: string;
}

export interface NoticesPort {
  /** Who holds one of these posts today, anywhere in the union. */
  holdersAnywhere(posts: readonly Post[], on: string): Promise<string[]>;
  /** Each person once for an event; returns the new notifications' ids. */
  notify(staffIds: readonly string[], told: NewNotification, eventId: string, at: Date): Promise<string[]>;
}
