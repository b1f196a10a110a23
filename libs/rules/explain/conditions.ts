import { and, not, or, type Truth } from '../../domain/kleene.js';
import type { Bilingual } from '../../domain/text.js';
import { compare } from '../operators.js';
import type { Condition, ConditionLeaf } from '../rule-format.js';
import { type ExplainedOperand, explainedFact, explainedRight, type RightSide } from './operands.js';
import { type Situation, sidesOf } from './situation.js';
import { inBoth, OPERATOR_WORDS } from './words.js';

/** One node of a rule's tree of conditions. */
export interface ExplainedCondition {
  /** JSON pointer within the rule's conditions: "" for the root, "/all/0" for the first part of an `all`. */
  readonly pointer: string;
  readonly depth: number;
  readonly kind: 'all' | 'any' | 'not' | 'leaf';
  readonly truth: Truth;
  readonly text: Bilingual;
  /** What a leaf compared; null above the leaves. */
  readonly compared: {
    readonly operator: string;
    readonly left: ExplainedOperand;
    readonly right: RightSide;
  } | null;
}

const GROUP_WORDS = {
  all: { zh: '以下全部成立', en: 'all of' },
  any: { zh: '以下任一成立', en: 'any of' },
  not: { zh: '以下不成立', en: 'not' },
} satisfies Record<string, Bilingual>;

/** The tree in the order of the file: each node before its parts, with its truth. */
export const explainConditions = (condition: Condition, situation: Situation): readonly ExplainedCondition[] =>
  outline(condition, '', 0, situation);

function outline(condition: Condition, pointer: string, depth: number, situation: Situation): ExplainedCondition[] {
  if (!('all' in condition || 'any' in condition || 'not' in condition)) {
    return [explainLeaf(condition, pointer, depth, situation)];
  }
  const group = 'not' in condition ? [condition.not] : 'all' in condition ? condition.all : condition.any;
  const kind = 'not' in condition ? 'not' : 'all' in condition ? 'all' : 'any';
  const parts = group.map((part, index) =>
    outline(part, kind === 'not' ? `${pointer}/not` : `${pointer}/${kind}/${index}`, depth + 1, situation),
  );
  const truths = parts.map(([first]) => first?.truth ?? 'unknown');
  const truth = kind === 'all' ? and(truths) : kind === 'any' ? or(truths) : not(truths[0] ?? 'unknown');
  return [{ pointer, depth, kind, truth, text: GROUP_WORDS[kind], compared: null }, ...parts.flat()];
}

function explainLeaf(leaf: ConditionLeaf, pointer: string, depth: number, situation: Situation): ExplainedCondition {
  const sides = sidesOf(leaf, situation);
  const left = explainedFact(leaf.fact, situation);
  const right = explainedRight(leaf, sides.right, situation);
  return {
    pointer,
    depth,
    kind: 'leaf',
    truth: compare(leaf.operator, sides.left, sides.right),
    text: leafText(leaf.operator, left, right),
    compared: { operator: leaf.operator, left, right },
  };
}

function leafText(operator: string, left: ExplainedOperand, right: RightSide): Bilingual {
  return inBoth((language) => {
    const [open, close] = language === 'zh' ? ['（', '）'] : [' (', ')'];
    const by = right.named.map(({ label, shown }) =>
      right.named.length === 1 ? label[language] : `${label[language]} ${shown[language]}`,
    );
    const made = by.length === 0 ? '' : `${open}${by.join(language === 'zh' ? '、' : ', ')}${close}`;
    const value = `${open}${left.shown[language]}${close}`;
    return `${left.label[language]}${value} ${OPERATOR_WORDS[operator]?.[language] ?? operator} ${right.shown[language]}${made}`;
  });
}
