import type { RuleBook } from './book.js';

/** The parameters that conditions name, in alphabetical order. */
export const policyNames = (conditions: unknown): string[] =>
  [
    ...new Set([...JSON.stringify(conditions).matchAll(/"(policy\.[a-zA-Z0-9]+)"/g)].map((match) => match[1] ?? '')),
  ].sort();

/** The parameters that a book names and that have no value: what they judge is unknown. */
export const parametersMissing = (book: RuleBook, values: Readonly<Record<string, unknown>>): string[] =>
  policyNames(book.rules.map(({ conditions }) => conditions)).filter((name) => !Object.hasOwn(values, name));
