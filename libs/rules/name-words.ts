import { CATALOGUE, isPolicyFact } from './catalogue/index.js';
import { PRODUCT_PARAMETERS } from './catalogue/product-parameters.js';
import type { FactDefinition } from './fact-definition.js';

/** Names that an editor offers, each with what it means: `enumDescriptions` beside `enum`, as editors read them. */
export interface OfferedNames {
  readonly enum: string[];
  readonly enumDescriptions: string[];
}

function describe(definition: FactDefinition): string {
  const { label, type, source, clause } = definition;
  const unit = definition.type === 'number' ? ` (${definition.unit})` : '';
  const values = definition.type === 'text' ? `: ${definition.values.join(', ')}` : '';
  return `${label.zh} / ${label.en}. ${type}${unit}${values}; ${source}; ${clause}`;
}

function offer(names: readonly string[]): OfferedNames {
  const sorted = [...new Set(names)].sort();
  return {
    enum: sorted,
    enumDescriptions: sorted.map((name) => {
      const definition = CATALOGUE.get(name);
      return definition === undefined ? 'read by the product itself' : describe(definition);
    }),
  };
}

const NAMES = [...CATALOGUE.keys()];
const LISTS = [...CATALOGUE.values()].flatMap((definition) => (definition.type === 'list' ? [definition] : []));

export const ALL_NAMES = offer(NAMES);
export const GATHERED_NAMES = offer(NAMES.filter((name) => !isPolicyFact(name)));
export const PARAMETER_NAMES = offer([...NAMES.filter(isPolicyFact), ...PRODUCT_PARAMETERS]);
export const FIELD_NAMES: Pick<OfferedNames, 'enum'> = {
  enum: [...new Set(LISTS.flatMap(({ fields }) => Object.keys(fields)))].sort(),
};

/** The names as the keys of an object, for editors. */
export const asProperties = ({ enum: names, enumDescriptions }: OfferedNames) =>
  Object.fromEntries(names.map((name, index) => [name, { description: enumDescriptions[index] ?? '' }]));
