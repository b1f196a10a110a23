import fc from 'fast-check';
import type { CivilDate } from '../../domain/civil-date.js';
import { parameterSet } from '../../rules/parameters.js';
import { compileBook, DIALECTS, type SqlDialect } from '../../rules/sql/compile-book.js';
import { planDecision } from '../../rules/sql/decide-select.js';
import { runCli } from '../../testing/run-cli.js';
import { trinoFaults } from '../../testing/trino-grammar.js';
import { arbitraryRules } from './arbitrary-rules.js';
import { PARITY_CATALOGUE, PARITY_PARAMETERS } from './parity-catalogue.js';

const printed = async (dialect: SqlDialect, checkpoint: string): Promise<string> => {
  const asked = ['--dialect', dialect, '--checkpoint', checkpoint, '--on', '2026-11-24', '--table'];
  const { code, stdout, stderr } = await runCli(['rules', 'sql', ...asked]);
  expect([code, stderr]).toEqual([0, '']);
  return stdout;
};

describe('what is printed for Trino is taken by its grammar', () => {
  it.each(['intake', 'review', 'release'])(
    'the whole shipped book at %s, and its table of facts',
    async (checkpoint) => {
      const sql = await printed('trino', checkpoint);
      expect(sql.match(/^create table|^with answered/gm)).toHaveLength(2);
      expect(trinoFaults(sql)).toEqual([]);
    },
  );

  it('which refuses what PostgreSQL and DuckDB are given, and a statement cut short', async () => {
    for (const dialect of ['postgres', 'duckdb'] as const)
      expect(trinoFaults(await printed(dialect, 'review'))).not.toEqual([]);
    const sql = await printed('trino', 'review');
    expect(trinoFaults(sql.slice(0, sql.lastIndexOf(' end as')))).not.toEqual([]);
  });

  it.each([0.1, -0, 5e-324, 1e308, Number.MAX_SAFE_INTEGER, Number.POSITIVE_INFINITY])('the number %d', (value) => {
    expect(trinoFaults(`select x > ${DIALECTS.trino.number(value)} from facts`)).toEqual([]);
  });

  it('random rules: every operator, odd numbers, texts with quotes', () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(arbitraryRules(3), (rules) => {
        const compiled = compileBook(rules, {
          dialect: DIALECTS.trino,
          parameters: parameterSet(PARITY_PARAMETERS),
          checkpoint: 'intake',
          on: '2026-11-25' as CivilDate,
          catalogue: PARITY_CATALOGUE,
        });
        const sql = planDecision([{ level: 'level', compiled }]).select('facts', ['id']);
        expect([sql, trinoFaults(sql)]).toEqual([sql, []]);
        for (const [word] of sql.matchAll(/any_match|all_match|reduce\(|date '|double '|''/g))
          seen.set(word, (seen.get(word) ?? 0) + 1);
      }),
      { numRuns: 10, seed: 7 },
    );
    expect([...seen.keys()].sort()).toEqual([
      "''",
      'all_match',
      'any_match',
      "date '",
      "double '",

      'reduce(',
    ]);
  });
});
