import { defaultBookFolder, loadBook, loadCases } from '#libs/platform/load-book.js';
import type { CivilDate } from '../../domain/civil-date.js';
import { parametersInForce } from '../parameters.js';
import { mutateBook } from './mutate-book.js';

const on = '2026-11-24' as CivilDate;

it('every small change of a default rule is noticed by one of its cases', async () => {
  const { book, parameters } = await loadBook(defaultBookFolder());
  const report = await mutateBook(book, await loadCases(defaultBookFolder()), parametersInForce(parameters, on), on);
  expect(report.alive).toEqual([]);
  expect(report.mutants).toBeGreaterThan(book.rules.length * 6);
});
