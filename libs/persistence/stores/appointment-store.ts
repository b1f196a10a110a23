import type { HandledLoan } from '../../domain/both-sides.js';
import { LIVE_STAGES } from '../../domain/workflow.js';
import type { AppointmentView, NewAppointment, StaffStanding, UnitStanding } from '../../usecases/appointments.js';
import type { DelegateAppointmentPort } from '../../usecases/delegate-appointment.js';
import type { EndAppointmentPort } from '../../usecases/end-appointment.js';
import type { HireStaffPort, NewStaff, StaffView } from '../../usecases/hire-staff.js';
import type { RecordDeparturePort } from '../../usecases/record-departure.js';
import { acrossBranches } from '../across-branches.js';
import { APPOINTMENT, LOANS_SQL, STAFF, STAFF_MEMBER_SQL } from './appointment-sql.js';
import { SqlRecords } from './sql-records.js';

/** People in service and the posts that they are appointed to (I1). */
export class AppointmentStore
  extends SqlRecords
  implements DelegateAppointmentPort, EndAppointmentPort, HireStaffPort, RecordDeparturePort
{
  private async rows<Row extends object>(text: string, values: unknown[]): Promise<Row[]> {
    return (await this.sql.query<Row>(text, [this.unionId, ...values])).rows;
  }

  private async one<Row extends object>(text: string, values: unknown[]): Promise<Row | null> {
    return (await this.rows<Row>(text, values))[0] ?? null;
  }

  private async written<Row extends object>(text: string, values: unknown[]): Promise<Row> {
    const row = await this.one<Row>(text, values);
    if (row === null) throw new Error('no row was written');
    return row;
  }

  async lockAppointments(): Promise<void> {
    await this.rows(`select pg_advisory_xact_lock(hashtextextended('appointments ' || $1::text, 0))`, []);
  }

  appointment(id: string): Promise<AppointmentView | null> {
    return this.one(`select ${APPOINTMENT} from post_appointment p where p.union_id = $1 and p.id = $2`, [id]);
  }

  staffMember(id: string, on: string): Promise<StaffStanding | null> {
    return this.one(STAFF_MEMBER_SQL, [id, on]);
  }

  unit(id: string): Promise<UnitStanding | null> {
    return this.one(
      'select id, kind, opened_on::text as "openedOn", closed_on::text as "closedOn" from org_unit where union_id = $1 and id = $2',
      [id],
    );
  }

  loansOf(staffId: string, on: string): Promise<HandledLoan[]> {
    return acrossBranches(this.sql, () => this.rows<HandledLoan>(LOANS_SQL, [staffId, on, LIVE_STAGES]));
  }

  addAppointment(given: NewAppointment, appointedById: string | null): Promise<AppointmentView> {
    const { staffId, unitId, post, validFrom, validTo, basis, delegatedFromId } = given;
    return this.written(
      `insert into post_appointment as p (id, union_id, staff_id, unit_id, post, valid_from, valid_to, basis, delegated_from_id, appointed_by_id)
       values ($2, $1, $3, $4, $5, $6, $7, $8, $9, $10) returning ${APPOINTMENT}`,
      [this.ids.next(), staffId, unitId, post, validFrom, validTo, basis, delegatedFromId, appointedById],
    );
  }

  delegationsWithin(id: string, from: string, to: string): Promise<AppointmentView[]> {
    return this.rows(
      `select ${APPOINTMENT} from post_appointment p where p.union_id = $1 and p.delegated_from_id = $2
         and p.valid_from <= $4 and p.valid_to >= greatest($3::date, p.valid_from)`,
      [id, from, to],
    );
  }

  goingOnAfter(ids: readonly string[], day: string): Promise<AppointmentView[]> {
    return this.rows(
      `select ${APPOINTMENT} from post_appointment p
       where p.union_id = $1 and (p.id = any($2::uuid[]) or p.delegated_from_id = any($2::uuid[]))
         and (p.valid_to is null or (p.valid_to > $3 and p.valid_to >= p.valid_from))
       order by p.delegated_from_id nulls last, p.id`,
      [ids, day],
    );
  }

  setEnd(id: string, validTo: string, reason: string): Promise<AppointmentView> {
    return this.written(
      `update post_appointment p set valid_to = greatest($3::date, p.valid_from - 1), end_reason = $4
       where p.union_id = $1 and p.id = $2 returning ${APPOINTMENT}`,
      [id, validTo, reason],
    );
  }

  async administratorsOn(day: string, except: readonly string[]): Promise<number> {
    const counted = await this.one<{ count: number }>(
      `select count(distinct p.staff_id)::int as count from post_appointment p join staff s on s.union_id = $1 and s.id = p.staff_id
       where p.union_id = $1 and p.post = 'system_administrator' and p.delegated_from_id is null and p.id <> all($3::uuid[])
         and p.valid_from <= $2 and (p.valid_to is null or p.valid_to >= $2) and (s.left_on is null or s.left_on >= $2)`,
      [day, except],
    );
    return counted?.count ?? 0;
  }

  async staffNoTaken(staffNo: string): Promise<boolean> {
    return (await this.one('select id from staff where union_id = $1 and staff_no = $2', [staffNo])) !== null;
  }

  personOf(customerId: string, on: string): Promise<{ employed: boolean } | null> {
    return this.one(
      `select exists (select from staff s where s.union_id = $1 and s.party_id = c.id and (s.left_on is null or s.left_on >= $3)) as employed
       from customer_homes(array[$2::uuid]) c`,
      [customerId, on],
    );
  }

  addStaff({ staffNo, name, homeUnitId, joinedOn, customerId }: NewStaff): Promise<StaffView> {
    return this.written(
      `insert into staff as s (id, union_id, staff_no, name, home_unit_id, joined_on, party_id) values ($2, $1, $3, $4, $5, $6, $7) returning ${STAFF}`,
      [this.ids.next(), staffNo, name, homeUnitId, joinedOn, customerId],
    );
  }

  async appointmentIdsOf(staffId: string): Promise<string[]> {
    const found = await this.rows<{ id: string }>(
      'select id from post_appointment where union_id = $1 and staff_id = $2',
      [staffId],
    );
    return found.map(({ id }) => id);
  }

  setLeft(staffId: string, leftOn: string): Promise<StaffView> {
    return this.written(
      `update staff s set left_on = $3 where s.union_id = $1 and s.id = $2 and s.left_on is null returning ${STAFF}`,
      [staffId, leftOn],
    );
  }

  async revokeSessions(staffId: string, at: Date): Promise<number> {
    const revoked = await this.rows(
      `update user_session e set revoked_at = $3 from user_account u
       where u.union_id = $1 and u.id = e.account_id and u.staff_id = $2 and e.union_id = $1 and e.revoked_at is null returning e.id`,
      [staffId, at],
    );
    return revoked.length;
  }
}
