import fc from 'fast-check';
import { type CivilDate, civilDateFromUtc, civilDateOf, dateAtUtc, daysBetween, parseCivilDate } from './civil-date.js';

describe('civil dates', () => {
  it.each(['2026-11-24', '2024-02-29', '1900-01-01'])('%s is one', (text) => {
    expect(parseCivilDate(text)).toBe(text);
  });

  it.each(['2026-02-29', '2026-13-01', '2026-00-10', '2026-1-1', '20261124', '2026-11-24T00:00:00Z', '', 'today'])(
    '"%s" is none',
    (text) => {
      expect(parseCivilDate(text)).toBeNull();
    },
  );

  it('the business day is that of Asia/Shanghai', () => {
    expect(civilDateOf(new Date('2026-11-23T15:59:59Z'))).toBe('2026-11-23');
    expect(civilDateOf(new Date('2026-11-23T16:00:00Z'))).toBe('2026-11-24');
  });

  it('days are counted over leap days and years', () => {
    expect(daysBetween('2024-02-28' as CivilDate, '2024-03-01' as CivilDate)).toBe(2);
    expect(daysBetween('2026-11-24' as CivilDate, '2026-11-23' as CivilDate)).toBe(-1);
    expect(daysBetween('1999-12-31' as CivilDate, '2000-01-01' as CivilDate)).toBe(1);
  });

  it('to a driver and back it is the same day', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true }), (at) => {
        const day = civilDateFromUtc(at);
        return civilDateFromUtc(dateAtUtc(day)) === day && parseCivilDate(day) === day;
      }),
    );
  });
});
