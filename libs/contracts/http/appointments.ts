import { z } from 'zod';
import { POST_NAMES } from '../../domain/post.js';
import { civilDate, longText, shortText, uuid } from './values.js';

export const hireBody = z.strictObject({
  staffNo: shortText,
  name: shortText,
  homeUnitId: uuid,
  joinedOn: civilDate,
  customerId: uuid.optional().describe('The same person as a customer of the union: nobody handles a loan of his own'),
});
export type HireBody = z.infer<typeof hireBody>;

export const departureBody = z.strictObject({ leftOn: civilDate.describe('The last day in service') });
export type DepartureBody = z.infer<typeof departureBody>;

const basis = shortText.describe('The paper that appoints: a resolution, an exam and a vote');

export const appointBody = z.strictObject({
  staffId: uuid,
  unitId: uuid,
  post: z.enum(POST_NAMES),
  validFrom: civilDate,
  validTo: civilDate.optional().describe('The last day; open where it is left out'),
  basis,
});
export type AppointBody = z.infer<typeof appointBody>;

export const endBody = z.strictObject({ validTo: civilDate.describe('The last day'), reason: longText });
export type EndBody = z.infer<typeof endBody>;

export const delegateBody = z.strictObject({ toStaffId: uuid, validFrom: civilDate, validTo: civilDate, basis });
export type DelegateBody = z.infer<typeof delegateBody>;

const id = z.uuid();
const day = z.iso.date();

export const appointmentView = z.strictObject({
  id,
  staffId: id,
  unitId: id,
  post: z.enum(POST_NAMES),
  validFrom: day,
  validTo: day.nullable().describe('The last day; the day before validFrom where it was taken back before it began'),
  basis: z.string(),
  delegatedFromId: id.nullable(),
  endReason: z.string().nullable(),
});
export const appointmentsView = z.strictObject({ items: z.array(appointmentView) });

export const staffView = z.strictObject({
  id,
  staffNo: z.string(),
  name: z.string(),
  homeUnitId: id,
  joinedOn: day,
  leftOn: day.nullable(),
});
export const departedView = staffView.extend({ appointmentsEnded: z.int().min(0) });

export const staffPage = z.strictObject({
  items: z.array(
    staffView.extend({ appointments: z.array(appointmentView.omit({ staffId: true })).describe('In force today') }),
  ),
  nextCursor: id.nullable(),
});
