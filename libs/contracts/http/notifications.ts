import { z } from 'zod';
import { WEBHOOK_TOPICS } from '../../domain/event-topic.js';
import { NOTIFICATION_KINDS } from '../../domain/notification-kind.js';
import { APPLICATION_STAGES } from '../../domain/workflow.js';
import { cursorQuery } from './values.js';

export const notificationsQuery = cursorQuery.extend({
  unread: z.enum(['true', 'false']).default('false'),
});
export type NotificationsQuery = z.infer<typeof notificationsQuery>;

export const emailBody = z.strictObject({ email: z.email().max(200).nullable().describe('Null: no mails') });
export type EmailBody = z.infer<typeof emailBody>;

export const webhookBody = z.strictObject({
  url: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .refine((url) => !/^https?:\/\/[^/]*@/.test(url), 'must hold no password: messages are signed'),
  topics: z.array(z.enum(WEBHOOK_TOPICS)).max(20).default([]).describe('Empty: every topic'),
  secret: z
    .string()
    .regex(/^whsec_[A-Za-z0-9+/]{32,86}={0,2}$/, 'must be whsec_ and 24 to 64 bytes in base64')
    .describe('Messages are signed with it; it is never shown again'),
});
export type WebhookBody = z.infer<typeof webhookBody>;

const id = z.uuid();

const notificationView = z.strictObject({
  id,
  kind: z.enum(NOTIFICATION_KINDS),
  text: z.string().describe('In the language asked for'),
  applicationId: id.nullable(),
  fileNo: z.string().nullable(),
  stage: z.enum(APPLICATION_STAGES).nullable(),
  unit: z.string().nullable(),
  subjectId: id.nullable().describe('The draft, the stop or the impact run that it tells of'),
  createdAt: z.iso.datetime(),
  readAt: z.iso.datetime().nullable(),
});
export const notificationsView = z.strictObject({ items: z.array(notificationView), nextCursor: id.nullable() });
export const readView = z.strictObject({ id });
export const emailView = z.strictObject({ mailed: z.boolean() });

const webhook = z.strictObject({ id, url: z.string(), topics: z.array(z.string()), stopped: z.boolean() });
export const webhookView = webhook;
export const webhooksView = z.strictObject({ items: z.array(webhook) });
