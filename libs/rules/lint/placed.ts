import type { CaseFile, Manifest, Parameter, Rule } from '../rule-format.js';

/** A rule with the place where it stands. */
export interface PlacedRule {
  readonly file: string;
  readonly index: number;
  readonly rule: Rule;
}

/** What could be read of a book's files, each with its file. */
export interface PlacedBook {
  readonly manifest: { readonly file: string; readonly value: Manifest } | null;
  readonly rules: readonly PlacedRule[];
  readonly parameters: { readonly file: string; readonly value: readonly Parameter[] } | null;
  readonly cases: readonly { readonly file: string; readonly value: CaseFile }[];
}

export const placeOf = ({ file, index }: PlacedRule): string => `${file}/rules/${index}`;
