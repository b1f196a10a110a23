import { type Fault, fault } from '../domain/problem.js';
import { LIST_OPERATORS, SCALAR_OPERATORS } from './operators.js';

/** What a rule may hold at most: more is no policy that a person can read. */
export const FORMAT_LIMITS = { fileLevels: 64, conditionLevels: 16, leaves: 200 } as const;

const OPERATORS: readonly string[] = [...SCALAR_OPERATORS, ...LIST_OPERATORS];
const CONNECTIVES = ['all', 'any', 'not'] as const;

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Whether a JSON value is nested deeper than a file may be. Walks level by level, so that no depth overflows it. */
export function isTooDeep(content: unknown): boolean {
  let level: unknown[] = [content];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > FORMAT_LIMITS.fileLevels) return true;
    level = level.filter(isObject).flatMap((node) => Object.values(node));
  }
  return false;
}

/**
 * Faults of the conditions of a file's rules that are told better before the schema speaks: too many levels or leaves, and
 * operators that this version does not know. `content` is not too deep. `rules` are the indexes of the rules concerned.
 */
export function formatFaults(content: unknown, file: string): { faults: Fault[]; rules: ReadonlySet<number> } {
  const faults: Fault[] = [];
  const found = new Set<number>();
  const rules = isObject(content) && Array.isArray(content['rules']) ? (content['rules'] as unknown[]) : [];
  for (const [index, rule] of rules.entries()) {
    if (!isObject(rule)) continue;
    const at = `${file}/rules/${index}/conditions`;
    const own = conditionFaults(rule['conditions'], at);
    if (own.length > 0) found.add(index);
    faults.push(...own);
  }
  return { faults, rules: found };
}

function conditionFaults(conditions: unknown, at: string): Fault[] {
  const faults: Fault[] = [];
  let leaves = 0;
  const visit = (node: unknown, path: string, level: number): void => {
    if (!isObject(node)) return;
    if (level > FORMAT_LIMITS.conditionLevels) return void faults.push(tooManyLevels(path));
    for (const name of CONNECTIVES) {
      if (!Object.hasOwn(node, name)) continue;
      const parts = node[name];
      if (Array.isArray(parts)) parts.forEach((part, index) => void visit(part, `${path}/${name}/${index}`, level + 1));
      else visit(parts, `${path}/${name}`, level + 1);
    }
    const { operator } = node;
    if (typeof operator !== 'string') return;
    leaves += 1;
    if (!OPERATORS.includes(operator)) faults.push(unknownOperator(`${path}/operator`, operator));
    if (isObject(node['value'])) visit(node['value'], `${path}/value`, level);
    if (Object.hasOwn(node, 'where')) visit(node['where'], `${path}/where`, level);
  };
  visit(conditions, at, 1);
  if (leaves > FORMAT_LIMITS.leaves) faults.push(tooManyLeaves(at, leaves));
  return faults;
}

const tooManyLevels = (path: string): Fault =>
  fault(path, 'rule.too-deep', {
    zh: `条件嵌套超过 ${FORMAT_LIMITS.conditionLevels} 层`,
    en: `conditions are nested more than ${FORMAT_LIMITS.conditionLevels} levels deep`,
  });

const tooManyLeaves = (path: string, leaves: number): Fault =>
  fault(path, 'rule.too-many-leaves', {
    zh: `一条规则有 ${leaves} 个比较，最多 ${FORMAT_LIMITS.leaves}`,
    en: `the rule has ${leaves} comparisons; at most ${FORMAT_LIMITS.leaves} are taken`,
  });

const unknownOperator = (path: string, operator: string): Fault =>
  fault(path, 'rule.unknown-operator', {
    zh: `本版本没有运算符 ${operator}，只有 ${OPERATORS.join('、')}`,
    en: `this version has no operator ${operator}; it has ${OPERATORS.join(', ')}`,
  });
