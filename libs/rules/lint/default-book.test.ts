import { defaultBookFolder } from '#libs/platform/load-book.js';
import { readBookFolder } from '#libs/platform/rule-files/read-book-folder.js';
import type { CivilDate } from '../../domain/civil-date.js';
import { lintBook } from './lint-book.js';

it('the book that ships has nothing to mend', async () => {
  const { sources, faults } = await readBookFolder(defaultBookFolder(), { cases: true });
  expect(faults).toEqual([]);
  expect(
    lintBook(sources, '2026-11-24' as CivilDate).map(({ path, code, text }) => `${path} ${code} ${text.en}`),
  ).toEqual([]);
});
