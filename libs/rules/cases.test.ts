import { defaultBookFolder, loadBook, loadCases } from '#libs/platform/load-book.js';
import type { CivilDate } from '../domain/civil-date.js';
import { runCase } from './cases.js';
import { parametersInForce } from './parameters.js';

const on = '2026-11-24' as CivilDate;
const { book, parameters } = await loadBook(defaultBookFolder());
const cases = await loadCases(defaultBookFolder());
const inForce = parametersInForce(parameters, on);

describe('the default rule book', () => {
  it('has a case file for every rule, and none for a rule that is not there', () => {
    expect(cases.map((file) => file.rule).sort()).toEqual(book.rules.map((rule) => rule.id));
  });

  for (const file of cases) {
    describe(file.rule, () => {
      it.each(file.cases.map((one) => [one.name.en, one] as const))('%s', async (_, given) => {
        expect(await runCase(book, file.rule, file.product, given, inForce, on)).toBe(given.expect);
      });

      it('has cases in which it finds, finds nothing, and cannot judge', () => {
        const expected = new Set(file.cases.map((one) => one.expect));
        expect([...expected]).toEqual(expect.arrayContaining(['finding', 'none', 'unknown']));
      });
    });
  }
});
