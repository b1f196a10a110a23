import { type LocationClass, PRODUCT_CATEGORIES, type ProductCategory } from '../../domain/product.js';
import type { RuleBook } from '../book.js';
import type { ParameterSet } from '../parameters.js';
import { tableLookup } from './lookup.js';

/**
 * The categories for which a branch is given authority by where it stands (G2), as the book's table
 * `product-by-location` says. Null where the book has no such table or the table does not say it of a category.
 */
export function categoriesLentAt(
  { tables }: RuleBook,
  parameters: ParameterSet,
  location: LocationClass,
): ProductCategory[] | null {
  const table = tables.get('product-by-location');
  if (table === undefined) return null;
  const answers = PRODUCT_CATEGORIES.map((category) => {
    const inputs = { 'branch.location': location, 'application.productCategory': category };
    return { category, lent: tableLookup(table, inputs, parameters)?.outputs['ownAuthority'] };
  });
  if (answers.some(({ lent }) => typeof lent !== 'boolean')) return null;
  return answers.filter(({ lent }) => lent === true).map(({ category }) => category);
}
