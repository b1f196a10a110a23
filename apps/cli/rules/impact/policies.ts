import type { Policy } from '#libs/bulk/impact/impact-plan.js';
import type { ShardRequest } from '#libs/bulk/impact/run-shard.js';
import type { CivilDate } from '#libs/domain/civil-date.js';
import type { LoadedBook } from '#libs/platform/load-book.js';
import { CATALOGUE } from '#libs/rules/catalogue/index.js';
import { parameterSet, parametersInForce } from '#libs/rules/parameters.js';
import { CommandFailed } from '../../output.js';
import type { ImpactInput } from './options.js';

export const policyOf = ({ book, parameters }: LoadedBook, on: CivilDate): Policy => ({
  rules: book.rules,
  parameters: parametersInForce(parameters, on),
});

/** Both policies of a run: that after is the draft, or the one before, with the parameters that were set. */
export function requestOf(input: ImpactInput, before: Policy): ShardRequest {
  const unknown = Object.keys(input.set).filter((key) => !CATALOGUE.has(key));
  if (unknown.length > 0) throw new CommandFailed(`there is no parameter ${unknown.join(', ')}`);
  const base = input.after === null ? before : policyOf(input.after, input.on);
  const after = { rules: base.rules, parameters: parameterSet({ ...base.parameters.values, ...input.set }) };
  const known = new Set([...before.rules, ...after.rules].map(({ id }) => id));
  const strange = [...(input.only ?? [])].filter((id) => !known.has(id));
  if (strange.length > 0) throw new CommandFailed(`no rule ${strange.join(', ')} in either book`);
  const { checkpoint, on, only, asDecided } = input;
  return { before, after, checkpoint, on, asDecided, ...(only === undefined ? {} : { only }) };
}
