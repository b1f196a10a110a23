import type { SweepOf } from '#libs/bulk/impact/sweep-file.js';
import { CommandFailed } from '../../output.js';

const MOST_VALUES = 500;

/** `policy.name=0..12` or `policy.name=0..12..2`: from, to and step. */
export function sweepRange(text: string): SweepOf {
  const number = '(-?\\d+(?:\\.\\d+)?)';
  const found = new RegExp(`^(policy\\.[a-zA-Z0-9]+)=${number}\\.\\.${number}(?:\\.\\.${number})?$`).exec(text);
  const [, key = '', from, to, step = '1'] = found ?? [];
  const count = Math.floor((Number(to) - Number(from)) / Number(step) + 1e-9) + 1;
  if (found === null || !(count >= 1) || !(Number(step) > 0))
    throw new CommandFailed(`--sweep ${text} is not policy.name=from..to or policy.name=from..to..step`);
  if (count > MOST_VALUES) throw new CommandFailed(`--sweep asks for ${count} values; at most ${MOST_VALUES}`);
  const digits = Math.max(0, ...[from, step].map((part) => part?.split('.')[1]?.length ?? 0));
  return {
    key,
    values: Array.from({ length: count }, (_, index) => Number((Number(from) + index * Number(step)).toFixed(digits))),
  };
}
