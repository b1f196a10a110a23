import type { CivilDate } from '../../domain/civil-date.js';
import { FILL_IN } from '../fill-in.js';
import type { Manifest, Parameter } from '../rule-format.js';

/** The manifest of a new book, complete but for its title. */
export const manifestSkeleton = (code: string, version: string, effectiveFrom: CivilDate): Manifest => ({
  code,
  version,
  title: FILL_IN,
  effectiveFrom,
});

/** The limit of a new book's first rule, complete but for its source. */
export const parameterSkeleton = (key: string, value: number, unit: string, from: CivilDate): Parameter => ({
  key,
  value,
  unit,
  from,
  to: null,
  source: FILL_IN,
  clause: 'M2',
  own: true,
});
