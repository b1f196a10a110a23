import { type CivilDate, civilDateOf, parseCivilDate } from '#libs/domain/civil-date.js';
import { systemClock } from '#libs/platform/clock.js';
import { CommandFailed } from '../output.js';

export const ON_OPTION = ['--on <date>', 'the day whose parameters count, YYYY-MM-DD (default: today)'] as const;

/** The day that a command asks about: today in Asia/Shanghai where none is given. */
export function dayOf(on: string | undefined): CivilDate {
  if (on === undefined) return civilDateOf(systemClock.now());
  const date = parseCivilDate(on);
  if (date === null) throw new CommandFailed(`${on} is no date YYYY-MM-DD`);
  return date;
}
