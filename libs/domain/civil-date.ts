import { DateTime } from 'luxon';

const BUSINESS_ZONE = 'Asia/Shanghai';

/** A civil date `YYYY-MM-DD` that exists in the calendar. */
export type CivilDate = string & { readonly __brand: 'CivilDate' };

/** Null where the text is no date of the calendar: 2026-02-30, 2026-1-5, "today". */
export function parseCivilDate(text: string): CivilDate | null {
  if (!/^(1[89]|[2-9]\d)\d{2}-\d{2}-\d{2}$/.test(text)) return null; // no record of the trade is older than 1800
  return DateTime.fromISO(text, { zone: 'utc' }).isValid ? (text as CivilDate) : null;
}

/** The civil date in Asia/Shanghai of an instant. */
export function civilDateOf(instant: Date): CivilDate {
  return DateTime.fromJSDate(instant, { zone: BUSINESS_ZONE }).toISODate() as CivilDate;
}

/** Whole days from `from` to `to`; negative where `to` is earlier. */
export function daysBetween(from: CivilDate, to: CivilDate): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

/** The day so many days later. */
export const addDays = (date: CivilDate, days: number): CivilDate =>
  DateTime.fromISO(date, { zone: 'utc' }).plus({ days }).toISODate() as CivilDate;

export const nextDay = (date: CivilDate): CivilDate => addDays(date, 1);

/** Adds whole months; the 31st becomes the last day of a shorter month. */
export function addMonths(date: CivilDate, months: number): CivilDate {
  return DateTime.fromISO(date, { zone: 'utc' }).plus({ months }).toISODate() as CivilDate;
}

/** The date at UTC midnight, as database drivers take a `date`. */
export const dateAtUtc = (date: CivilDate): Date => new Date(`${date}T00:00:00.000Z`);

/** The civil date of a `date` column that a driver gave as UTC midnight. */
export const civilDateFromUtc = (value: Date): CivilDate => value.toISOString().slice(0, 10) as CivilDate;
