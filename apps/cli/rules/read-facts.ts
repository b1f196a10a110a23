import { readFile } from 'node:fs/promises';
import type { CivilDate } from '#libs/domain/civil-date.js';
import { type Fault, fault } from '#libs/domain/problem.js';
import { caseFacts } from '#libs/rules/cases.js';
import { CATALOGUE, isPolicyFact } from '#libs/rules/catalogue/index.js';
import type { FactSet, GatheredFact } from '#libs/rules/fact-value.js';
import { CommandFailed } from '../output.js';

const isGathered = (value: unknown): value is GatheredFact =>
  typeof value === 'object' && value !== null && 'source' in value && ('value' in value || 'unknown' in value);

/**
 * Facts from a JSON file: by name either a bare value, taken as of `on`, or as a decision keeps it, with its source and
 * day. Throws CommandFailed with every fault.
 */
export async function readFacts(file: string, on: CivilDate): Promise<FactSet> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new CommandFailed(`${file}: there is no such file`);
  });
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    throw new CommandFailed(`${file}: not JSON: ${cause instanceof Error ? cause.message : ''}`);
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    throw new CommandFailed(`${file}: must be an object of facts by name`);
  }
  const faults = Object.keys(content).flatMap(faultsOf);
  if (faults.length > 0) throw new CommandFailed(`${file}: not the facts of an application`, faults);
  const bare = Object.entries(content).filter(([, value]) => !isGathered(value));
  const gathered = Object.entries(content).filter(([, value]) => isGathered(value));
  return { ...caseFacts(Object.fromEntries(bare), on), ...(Object.fromEntries(gathered) as FactSet) };
}

function faultsOf(name: string): Fault[] {
  if (CATALOGUE.has(name) && !isPolicyFact(name)) return [];
  const text = isPolicyFact(name)
    ? { zh: `${name} 是政策参数，写在规则手册中`, en: `${name} is a parameter: it stands in the rule book` }
    : { zh: `没有事实 ${name}`, en: `there is no fact ${name}` };
  return [fault(`/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, 'rule.unknown-fact', text)];
}
