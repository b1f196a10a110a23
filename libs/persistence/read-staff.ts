import type { CursorQuery } from '../contracts/http/values.js';
import type { AppointmentView } from '../usecases/appointments.js';
import type { StaffView } from '../usecases/hire-staff.js';
import { pageOf } from './page.js';
import type { Sql } from './pool.js';
import { APPOINTMENT, STAFF } from './stores/appointment-sql.js';

export type StaffReading = StaffView & { readonly appointments: readonly Omit<AppointmentView, 'staffId'>[] };

/** Of a union ($1), on a day ($2), within units ($3, null for all) or oneself ($4). */
const IN_REACH = `s.union_id = $1 and ($3::uuid[] is null or s.id = $4 or s.home_unit_id = any($3) or exists (select from post_appointment r
  where r.union_id = $1 and r.staff_id = s.id and r.unit_id = any($3) and r.valid_from <= $2 and (r.valid_to is null or r.valid_to >= $2)))`;

const STAFF_SQL = `
select ${STAFF}, coalesce((select jsonb_agg(to_jsonb(held) - 'staffId' order by held."validFrom", held.id) from (select ${APPOINTMENT} from post_appointment p
    where p.union_id = $1 and p.staff_id = s.id and p.valid_from <= $2 and (p.valid_to is null or p.valid_to >= $2)) held), '[]') as appointments
from staff s where ${IN_REACH} and ($5::uuid is null or s.id < $5) order by s.id desc limit $6`;

/** Who looks, on what day, and how far. */
export interface StaffReach {
  readonly unionId: string;
  readonly staffId: string | null;
  readonly on: string;
  readonly units: 'all' | readonly string[];
}

const valuesOf = ({ unionId, on, units, staffId }: StaffReach) => [
  unionId,
  on,
  units === 'all' ? null : units,
  staffId,
];

/** One page of the staff in reach with their appointments in force, newest first. */
export async function listStaff(
  sql: Sql,
  reach: StaffReach,
  { cursor, limit }: CursorQuery,
): Promise<{ items: StaffReading[]; nextCursor: string | null }> {
  const values = [...valuesOf(reach), cursor ?? null, limit + 1];
  return pageOf((await sql.query<StaffReading>(STAFF_SQL, values)).rows, limit, (row) => row);
}

/** Every appointment of a member of staff, the newest first; null where nobody of that id is in reach. */
export async function appointmentsOf(sql: Sql, reach: StaffReach, staffId: string): Promise<AppointmentView[] | null> {
  const values = [...valuesOf(reach), staffId];
  const found = await sql.query(`select from staff s where ${IN_REACH} and s.id = $5`, values);
  if (found.rowCount === 0) return null;
  const rows = await sql.query<AppointmentView>(
    `select ${APPOINTMENT} from post_appointment p where p.union_id = $1 and p.staff_id = $2 order by p.valid_from desc, p.id desc`,
    [reach.unionId, staffId],
  );
  return rows.rows;
}
