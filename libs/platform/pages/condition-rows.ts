import type { TableCell } from 'pdfmake/interfaces.js';
import type { Language } from '../../domain/text.js';
import type { ExplainedCondition } from '../../rules/explain/conditions.js';
import type { ExplainedRule } from '../../rules/explain/explained-rules.js';
import { SOURCE_WORDS } from '../../rules/explain/words.js';
import { TRUTH_WORDS } from './page-words.js';

const INDENT = 14;
/** Deeper levels are not set further in: a line keeps room for its words. */
const DEEPEST_INDENT = 10;

/** A tree as rows: the truth, the condition set in by its depth, where the fact came from and of which day. */
export const conditionRows = ({ conditions }: ExplainedRule, language: Language): TableCell[][] =>
  conditions.map((node) => [
    { text: TRUTH_WORDS[node.truth][language], bold: node.truth === 'true' },
    { text: node.text[language], margin: [Math.min(node.depth, DEEPEST_INDENT) * INDENT, 0, 0, 0] },
    { text: sourceOf(node, language), style: 'small' },
  ]);

function sourceOf({ compared }: ExplainedCondition, language: Language): string {
  if (compared === null) return '';
  const { source, asOf } = compared.left;
  return asOf === null ? SOURCE_WORDS[source][language] : `${SOURCE_WORDS[source][language]} ${asOf}`;
}
