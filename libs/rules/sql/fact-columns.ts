import { CATALOGUE, isPolicyFact } from '../catalogue/index.js';
import type { Catalogue, FactDefinition } from '../fact-definition.js';

export interface FactColumn {
  readonly fact: string;
  readonly column: string;
  readonly definition: FactDefinition;
}

/** `bureau.hardEnquiries12Months` is the column `bureau__hard_enquiries12_months`. */
export const columnOf = (fact: string): string =>
  fact.replaceAll('.', '__').replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The columns of the typed fact table: one for each gathered fact of the catalogue; parameters are constants. */
export function factColumns(catalogue: Catalogue = CATALOGUE): FactColumn[] {
  return [...catalogue]
    .filter(([fact]) => !isPolicyFact(fact))
    .map(([fact, definition]) => ({ fact, column: columnOf(fact), definition }));
}
