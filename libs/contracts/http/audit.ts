import { z } from 'zod';
import { civilDate, cursorQuery, uuid } from './values.js';

export const auditQuery = cursorQuery
  .extend({
    subjectId: uuid.optional().describe('The record that the rows tell of: an application, a customer, a firm'),
    staffId: uuid.optional().describe('Who acted'),
    day: civilDate.optional().describe('Business day in Asia/Shanghai'),
  })
  .refine(({ subjectId, staffId, day }) => Boolean(subjectId ?? staffId ?? day), {
    error: 'name a record, a person or a day',
    params: { code: 'audit.too-wide', zh: '请指定记录、人员或日期' },
  });
export type AuditQueryBody = z.infer<typeof auditQuery>;

const id = z.uuid();

export const auditView = z.strictObject({
  items: z.array(
    z.strictObject({
      id,
      at: z.string(),
      actorId: id.nullable().describe('Null where a job or a command acted'),
      actorName: z.string(),
      appointmentId: id.nullable(),
      requestId: z.string(),
      action: z.string(),
      subjectKind: z.string(),
      subjectId: id.nullable(),
      before: z.unknown(),
      after: z.unknown(),
      sequence: z.int().nullable().describe('Its place in the chain; null while it waits for it'),
    }),
  ),
  nextCursor: id.nullable(),
});
