import type { CivilDate } from '../domain/civil-date.js';
import type { RuleBook } from './book.js';
import { CheckpointGate, type DecidedProduct, rulesInForce } from './evaluate.js';
import type { ParameterSet } from './parameters.js';
import type { Checkpoint } from './rule-format.js';

/** Days and products in hand at once; beyond that the oldest gate is made again when it is needed. */
const KEPT_GATES = 200;

/** Gates made once for each book, parameter set, checkpoint, product and day, and used for every decision of them. */
export class Gates {
  private readonly kept = new Map<string, CheckpointGate>();

  /** `only` restricts the book to some rules, as a batch may ask. Throws NoRulesInForce where none is left. */
  gate(
    book: RuleBook,
    parameters: ParameterSet,
    checkpoint: Checkpoint,
    product: DecidedProduct,
    on: CivilDate,
    only?: ReadonlySet<string>,
  ): CheckpointGate {
    const key = [
      book.hash,
      parameters.hash,
      checkpoint,
      product.code,
      product.category,
      on,
      only ? [...only].join() : '',
    ].join('|');
    const known = this.kept.get(key);
    if (known !== undefined) return known;
    const rules = rulesInForce(book, checkpoint, product, on).filter(({ id }) => only === undefined || only.has(id));
    const gate = new CheckpointGate(rules, parameters, on);
    const [oldest] = this.kept.keys();
    if (this.kept.size >= KEPT_GATES && oldest !== undefined) this.kept.delete(oldest);
    this.kept.set(key, gate);
    return gate;
  }
}
