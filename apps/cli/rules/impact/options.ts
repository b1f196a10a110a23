import { resolve } from 'node:path';
import type { SweepOf } from '#libs/bulk/impact/sweep-file.js';
import { type CivilDate, parseCivilDate } from '#libs/domain/civil-date.js';
import { type LoadedBook, loadBook } from '#libs/platform/load-book.js';
import type { Checkpoint } from '#libs/rules/rule-format.js';
import type { PortfolioSource } from '../../import-portfolio.js';
import { CommandFailed } from '../../output.js';
import { readMapping } from '../../read-mapping.js';
import { sweepRange } from './sweep-range.js';

export interface ImpactOptions {
  against?: string;
  set?: string[];
  mapping?: string;
  from?: string;
  asOf?: string;
  since?: string;
  until?: string;
  union?: string;
  on?: string;
  checkpoint: Checkpoint;
  rules?: string;
  asDecided?: true;
  sweep?: string;
  workers: string;
  out?: string;
  json?: true;
}

export interface ImpactInput {
  /** Null where past decisions are asked for. */
  readonly portfolio: PortfolioSource | null;
  /** The last day of what is looked at, and the first. */
  readonly to: CivilDate;
  readonly since: CivilDate;
  readonly on: CivilDate;
  readonly union: string | undefined;
  /** Null where the book in force is meant. */
  readonly before: LoadedBook | null;
  /** Null where it is the one before. */
  readonly after: LoadedBook | null;
  readonly set: Readonly<Record<string, number | string | boolean>>;
  readonly checkpoint: Checkpoint;
  readonly only: ReadonlySet<string> | undefined;
  readonly asDecided: boolean;
  readonly sweep: SweepOf | null;
  readonly workers: number;
  readonly out: string | null;
}

function day(name: string, text: string | undefined): CivilDate {
  const date = text === undefined ? null : parseCivilDate(text);
  if (date === null) throw new CommandFailed(`--${name} ${text ?? 'is missing and'} is no date YYYY-MM-DD`);
  return date;
}

/** `key=value`, the value as JSON where it is such, else as text. */
function setOf(pairs: readonly string[]): Record<string, number | string | boolean> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const [, key, text = ''] = /^(policy\.[a-zA-Z0-9]+)=(.+)$/.exec(pair) ?? [];
      if (key === undefined) throw new CommandFailed(`--set ${pair} is not policy.name=value`);
      return [key, /^(true|false|-?\d+(\.\d+)?)$/.test(text) ? (JSON.parse(text) as number | boolean) : text];
    }),
  );
}

async function portfolioOf({ mapping, from }: ImpactOptions): Promise<PortfolioSource | null> {
  if (mapping === undefined && from === undefined) return null;
  if (mapping === undefined || from === undefined) throw new CommandFailed('a portfolio needs --mapping and --from');
  return { mapping: await readMapping(mapping), from };
}

/** Reads what the command was given. Every book is read before any work is done. */
export async function readImpactInput(
  draft: string | undefined,
  options: ImpactOptions,
  against: string,
): Promise<ImpactInput> {
  const portfolio = await portfolioOf(options);
  const to = portfolio === null ? day('until', options.until) : day('as-of', options.asOf);
  const workers = Number(options.workers);
  if (!Number.isInteger(workers) || workers < 1 || workers > 16) throw new CommandFailed('--workers is from 1 to 16');
  return {
    portfolio,
    to,
    since: portfolio === null ? day('since', options.since) : to,
    on: options.on === undefined ? to : day('on', options.on),
    union: options.union,
    before: portfolio === null && options.against === undefined ? null : await loadBook(against),
    after: draft === undefined ? null : await loadBook(resolve(draft)),
    set: setOf(options.set ?? []),
    checkpoint: options.checkpoint,
    only: options.rules === undefined ? undefined : new Set(options.rules.split(',').map((id) => id.trim())),
    asDecided: options.asDecided === true,
    sweep: options.sweep === undefined ? null : sweepRange(options.sweep),
    workers,
    out: options.out === undefined ? null : resolve(options.out),
  };
}
