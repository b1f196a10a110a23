import type { ZenDecision } from '@gorules/zen-engine';
import type { Condition, ConditionLeaf, Rule } from '#libs/rules/rule-format.js';
import { columnOf } from '#libs/rules/sql/fact-columns.js';
import type { BenchRule } from '../bench-rules.js';
import { withConstants } from '../with-constants.js';

const SYMBOLS: Readonly<Record<string, string>> = {
  greaterThan: '>',
  greaterThanInclusive: '>=',
  lessThan: '<',
  lessThanInclusive: '<=',
};

const leavesOf = (condition: Condition): ConditionLeaf[] =>
  'all' in condition ? condition.all.flatMap(leavesOf) : [condition as ConditionLeaf];

/** A rule in zen's own language: null where the one fact that it is about is not known. */
function expressionOf({ id, conditions }: Rule): string {
  const leaves = leavesOf(conditions);
  const [fact, ...others] = new Set(leaves.map((leaf) => columnOf(leaf.fact)));
  if (others.length > 0) throw new Error(`bench: ${id} is about several facts`);
  const compared = leaves.map(({ operator, value }) => `${fact} ${SYMBOLS[operator]} ${String(value)}`);
  return `${fact} == null ? null : ${compared.join(' and ')}`;
}

const position = { x: 0, y: 0 };

const graphOf = (content: object): object => ({
  nodes: [
    { id: 'in', type: 'inputNode', name: 'in', position },
    { id: 'rules', type: 'expressionNode', name: 'rules', position, content },
    { id: 'out', type: 'outputNode', name: 'out', position },
  ],
  edges: [
    { id: 'a', type: 'edge', sourceId: 'in', targetId: 'rules' },
    { id: 'b', type: 'edge', sourceId: 'rules', targetId: 'out' },
  ],
});

/** The rules as zen decides them, each answer under `r0`, `r1` and so on: of one row, or of a list of rows in one call. */
export interface ZenRules {
  readonly one: ZenDecision;
  readonly many: ZenDecision;
  close(): void;
}

/** Compiled ahead, as its makers advise for speed. */
export async function openZen(rules: readonly BenchRule[]): Promise<ZenRules> {
  const { ZenDecisionContent, ZenEngine } = await import('@gorules/zen-engine');
  const engine = new ZenEngine();
  const expressions = withConstants(rules)[0].map((rule, index) => ({
    id: rule.id,
    key: `r${index}`,
    value: expressionOf(rule),
  }));
  const decision = (way: object): ZenDecision => {
    const graph = graphOf({ expressions, passThrough: false, inputField: null, outputPath: null, ...way });
    return engine.createDecision(new ZenDecisionContent(Buffer.from(JSON.stringify(graph))));
  };
  return {
    one: decision({ executionMode: 'single' }),
    many: decision({ executionMode: 'loop', inputField: 'rows', outputPath: 'rows' }),
    close: () => engine.dispose(),
  };
}
