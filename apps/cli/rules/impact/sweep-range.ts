import type { SweepOf } from '#libs/bulk/impact/sweep-file.js';
import { MOST_SWEPT_VALUES, sweepValues } from '#libs/rules/sweep-values.js';
import { CommandFailed } from '../../output.js';

/** `policy.name=0..12` or `policy.name=0..12..2`: from, to and step. */
export function sweepRange(text: string): SweepOf {
  const number = '(-?\\d+(?:\\.\\d+)?)';
  const found = new RegExp(`^(policy\\.[a-zA-Z0-9]+)=${number}\\.\\.${number}(?:\\.\\.${number})?$`).exec(text);
  const [, key = '', from, to, step = '1'] = found ?? [];
  const values = found === null ? null : sweepValues(Number(from), Number(to), Number(step));
  if (values === null)
    throw new CommandFailed(
      `--sweep ${text} is not policy.name=from..to or policy.name=from..to..step, of at most ${MOST_SWEPT_VALUES} values`,
    );
  return { key, values };
}
