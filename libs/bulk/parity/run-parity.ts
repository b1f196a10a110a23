import fc from 'fast-check';
import pg from 'pg';
import type { Rule } from '../../rules/rule-format.js';
import { Duck } from '../duck.js';
import { arbitraryCases, type ParityCase } from './arbitrary-facts.js';
import { arbitraryRules } from './arbitrary-rules.js';
import { duckSays, liveSays, naiveSays, postgresSays } from './four-ways.js';

const RULES = 20;
const FACTS = 100;
const RUNS = 5;
/** Mostly a whole book; sometimes one rule, so that some products have none. */
const SOME_RULES = fc.oneof(
  { weight: 9, arbitrary: arbitraryRules(RULES) },
  { weight: 1, arbitrary: arbitraryRules(1) },
);

export interface ParityRequest {
  /** At least so many cases: one case is one rule over one set of facts. */
  readonly cases: number;
  readonly seed: number;
  /** Any PostgreSQL: only temporary tables are made in it. */
  readonly postgresUrl: string;
  readonly onProgress?: (done: number, total: number) => void;
}

export interface ParityResult {
  readonly cases: number;
  /** How often the answer was a finding, none, and unknown. */
  readonly found: number;
  readonly none: number;
  readonly unknown: number;
}

/** Two paths answer differently: what each says, and the smallest rules found on which they do. */
export class ParityBroken extends Error {
  constructor(seed: number, cause: unknown, rules: readonly Rule[]) {
    const said = cause instanceof Error ? cause.message : String(cause);
    super(`seed ${seed}: ${said}\nunder ${JSON.stringify(rules.map(({ conditions }) => conditions))}`);
  }
}

/**
 * Random rules over random facts, answered by the live path, DuckDB, PostgreSQL and the naive reference. Throws
 * ParityBroken where two of them differ.
 */
export async function runParity({ cases, seed, postgresUrl, onProgress }: ParityRequest): Promise<ParityResult> {
  const duck = await Duck.open({ threads: 1 });
  const client = new pg.Client(postgresUrl);
  const counted = { cases: 0, found: 0, none: 0, unknown: 0 };
  const compareAll = async (rules: readonly Rule[], given: readonly ParityCase[]): Promise<void> => {
    const live = await liveSays(rules, given);
    const others = {
      naive: naiveSays(rules, given),
      duckdb: await duckSays(duck, rules, given),
      postgres: await postgresSays(client, rules, given),
    };
    for (const [path, answers] of Object.entries(others))
      live.forEach((expected, index) => {
        if (answers[index] !== expected)
          throw new Error(`live says ${expected}\n${path} says ${answers[index]}\nof ${JSON.stringify(given[index])}`);
      });
    const findings = live.flatMap((one) => one.split(' ').slice(1));
    const unknown = findings.filter((one) => one.includes('?')).length;
    counted.cases += rules.length * FACTS;
    counted.unknown += unknown;
    counted.found += findings.length - unknown;
    counted.none += rules.length * FACTS - findings.length;
    onProgress?.(Math.min(counted.cases, cases), cases);
  };
  try {
    await client.connect();
    for (let round = 0; counted.cases < cases; round += 1) {
      const property = fc.asyncProperty(SOME_RULES, arbitraryCases(FACTS), compareAll);
      const run = await fc.check(property, { numRuns: RUNS, seed: seed + round });
      if (run.failed) throw new ParityBroken(run.seed, run.errorInstance, run.counterexample?.[0] ?? []);
    }
    return counted;
  } finally {
    await client.end();
    duck.close();
  }
}
