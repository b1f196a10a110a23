import type { HandledLoan } from '../domain/both-sides.js';
import type { Post } from '../domain/post.js';
import type { UnitKind } from '../domain/post-place.js';
import type { RecordsPort } from './records.js';

export interface AppointmentView {
  readonly id: string;
  readonly staffId: string;
  readonly unitId: string;
  readonly post: Post;
  readonly validFrom: string;
  /** The last day, null while none is set; the day before `validFrom` where it was taken back before it began. */
  readonly validTo: string | null;
  readonly basis: string;
  readonly delegatedFromId: string | null;
  readonly endReason: string | null;
}

/** A member of staff as an appointment finds one. */
export interface StaffStanding {
  readonly id: string;
  readonly joinedOn: string;
  readonly leftOn: string | null;
  /** Those that have not ended before today. */
  readonly appointments: readonly Pick<AppointmentView, 'post' | 'unitId' | 'validFrom' | 'validTo'>[];
}

export interface UnitStanding {
  readonly id: string;
  readonly kind: UnitKind;
  readonly openedOn: string | null;
  readonly closedOn: string | null;
}

export type NewAppointment = Omit<AppointmentView, 'id' | 'endReason'>;

/** What every change of an appointment needs of the database. */
export interface AppointmentsPort extends RecordsPort {
  /** Waits until nobody else changes the union's appointments, until this transaction ends. */
  lockAppointments(): Promise<void>;
  appointment(id: string): Promise<AppointmentView | null>;
  staffMember(id: string, on: string): Promise<StaffStanding | null>;
  unit(id: string): Promise<UnitStanding | null>;
  /** Every live application that a person acted on, took in or is party to, by file number. */
  loansOf(staffId: string, on: string): Promise<HandledLoan[]>;
  addAppointment(appointment: NewAppointment, appointedById: string | null): Promise<AppointmentView>;
}
