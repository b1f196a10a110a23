import { err, ok, type Result } from 'neverthrow';
import { type Fault, fault, type Problem } from '../domain/problem.js';
import { CATALOGUE, isPolicyFact } from '../rules/catalogue/index.js';
import { admitScalar, UNKNOWN } from '../rules/fact-value.js';
import { policyNames } from '../rules/parameters-named.js';
import { MOST_SWEPT_VALUES, sweepValues } from '../rules/sweep-values.js';
import type { Actor } from './actor.js';
import type { BookInForce } from './deciding-books.js';
import {
  auditOfRun,
  type ImpactPolicies,
  type ImpactQuestion,
  type ImpactRunsPort,
  type ImpactRunView,
} from './impact-runs.js';
import { type PolicyAfter, type PolicyRequest, policyAfter, type ReadPolicyPort } from './policy-after.js';
import { invalidInput } from './problems.js';

export interface RequestImpactPort extends ImpactRunsPort, ReadPolicyPort {
  addRun(question: ImpactQuestion, policies: ImpactPolicies, staffId: string | null, at: Date): Promise<ImpactRunView>;
}

type Asked = Pick<ImpactQuestion, 'checkpoint' | 'since' | 'until' | 'on' | 'asDecided' | 'rules'>;

export interface ImpactCommand extends Asked, PolicyRequest {
  readonly sweep: {
    readonly key: string;
    readonly from: number;
    readonly to: number;
    readonly step: number;
  } | null;
}

const noParameter = (path: string, key: string): Fault =>
  fault(path, 'parameter.unknown', { zh: `没有参数 ${key}`, en: `nothing reads a parameter ${key}` });

function setFaults(set: ImpactCommand['set']): Fault[] {
  return Object.entries(set).flatMap(([key, value]) => {
    const definition = isPolicyFact(key) ? CATALOGUE.get(key) : undefined;
    if (definition === undefined || definition.type === 'list') return [noParameter(`/set/${key}`, key)];
    if (admitScalar(definition, value) !== UNKNOWN) return [];
    const text = {
      zh: `应为 ${definition.type} 类型且在范围内`,
      en: `the value is no ${definition.type} within its range`,
    };
    return [fault(`/set/${key}`, 'parameter.type', text)];
  });
}

/** The values of a sweep, each one that the parameter may have. */
function readSweep(sweep: ImpactCommand['sweep']): { swept: ImpactQuestion['sweep']; faults: Fault[] } {
  if (sweep === null) return { swept: null, faults: [] };
  const { key, from, to, step } = sweep;
  const definition = isPolicyFact(key) ? CATALOGUE.get(key) : undefined;
  if (definition?.type !== 'number') return { swept: null, faults: [noParameter('/sweep/key', key)] };
  const values = sweepValues(from, to, step);
  if (values === null || values.some((value) => admitScalar(definition, value) === UNKNOWN)) {
    const text = {
      zh: `应为 1 至 ${MOST_SWEPT_VALUES} 个该参数可取的值`,
      en: `gives no values, more than ${MOST_SWEPT_VALUES}, or one that the parameter cannot have`,
    };
    return { swept: null, faults: [fault('/sweep', 'impact.sweep', text)] };
  }
  return { swept: { key, values }, faults: [] };
}

function ruleFaults({ rules: only, sweep }: ImpactCommand, before: BookInForce, after: PolicyAfter): Fault[] {
  const known = new Set([...before.book.rules, ...after.rules].map(({ id }) => id));
  const strange = (only ?? []).flatMap((id, index) =>
    known.has(id)
      ? []
      : [fault(`/rules/${index}`, 'impact.no-rule', { zh: `没有规则 ${id}`, en: `neither book has a rule ${id}` })],
  );
  const named = policyNames(after.rules.map(({ conditions }) => conditions));
  if (sweep === null || named.includes(sweep.key) || !CATALOGUE.has(sweep.key)) return strange;
  const text = { zh: '没有规则用到该参数', en: 'no rule names this parameter: no value of it changes anything' };
  return [...strange, fault('/sweep/key', 'impact.nothing-to-sweep', text)];
}

/**
 * Asks what a policy would change: past decisions of a period, decided by the book in force on a day and by the policy
 * after. Both are kept with the run as they are now; the queue does the rest.
 */
export async function requestImpact(
  port: RequestImpactPort,
  actor: Actor,
  before: BookInForce,
  command: ImpactCommand,
): Promise<Result<ImpactRunView, Problem>> {
  const { checkpoint, since, until, on, asDecided, rules, draftId, set } = command;
  const { swept, faults } = readSweep(command.sweep);
  faults.push(...setFaults(set));
  if (since > until) faults.push(fault('/until', 'input.dates', { zh: '早于起始日', en: 'ends before it begins' }));
  const reading = await policyAfter(port, actor, before, command);
  if (reading.isErr() && reading.error.kind !== 'invalid') return err(reading.error);
  if (reading.isErr()) return err(invalidInput([...faults, ...reading.error.faults]));
  const after = reading.value;
  faults.push(...ruleFaults(command, before, after));
  if (faults.length > 0) return err(invalidInput(faults));
  const books = { before: before.book.hash, after: after.hash };
  const question = { checkpoint, since, until, on, asDecided, rules, sweep: swept, draftId, set, books };
  const policies = {
    before: { rules: before.book.rules, values: before.parameters.values },
    after: { rules: after.rules, values: after.values },
  };
  const run = await port.addRun(question, policies, actor.staffId, actor.at);
  await port.audit(auditOfRun(actor, 'impact.request', null, run));
  await port.outbox('impact.plan', { runId: run.id });
  return ok(run);
}
