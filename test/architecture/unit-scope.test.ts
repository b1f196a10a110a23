import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '#libs/platform/project-root.js';

const root = projectRoot();
const sources = ['apps', 'libs']
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((path) => `${folder}/${path}`),
  )
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => /\.ts$/.test(path) && !/\.test\.ts$|^libs\/(testing|persistence\/generated)\//.test(path))
  .sort();
const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');
const using = (what: RegExp): string[] => sources.filter((path) => what.test(textOf(path)));

describe('who looks beyond the units of a post', () => {
  it('for one statement', () => {
    expect(using(/\bacrossBranches(<\w+>)?\(/)).toEqual([
      'libs/persistence/across-branches.ts',
      'libs/persistence/facts/security-facts.ts', // one report, one title serve one loan in the union (G3)
      'libs/persistence/stores/appointment-store.ts', // nobody comes to both sides of a live loan of any branch (G1)
      'libs/persistence/stores/decision-store.ts', // the facts of the gate (M2)
      'libs/persistence/stores/unmask-store.ts', // the home unit sees a customer's accounts at every branch
    ]);
  });

  it('for a whole transaction: what no person of a branch asks for', () => {
    expect(using(/\bwholeUnion\(|units: 'all'(?! \|)/)).toEqual([
      'apps/api/collateral/firms.controller.ts', // a firm is judged by its reports for every branch; read only
      'apps/cli/bench/backtest/past-decisions.ts',
      'apps/cli/bench/bench-union.ts',
      'apps/cli/bench/live-gate.ts',
      'apps/cli/import-portfolio.ts',
      'apps/cli/rules/stored-explanation.ts', // who has the database's password explains any decision; read only
      'apps/worker/daily-sweep.ts',
      'apps/worker/deliver.ts',
      'apps/worker/notify.ts',
      'apps/worker/retry-bureau.ts',
      'libs/persistence/demo/demo-decisions.ts',
      'libs/persistence/demo/load-demo.ts',
      'libs/persistence/facts/gather-to-file.ts', // a batch decides every application of an imported portfolio
      'libs/persistence/impact/decision-facts.ts', // as the next one
      'libs/persistence/impact/over-decisions.ts', // what compliance asks of past decisions is asked of every branch; read only
      'libs/persistence/replay.ts',
      'libs/persistence/scope.ts', // where it is made
      'libs/persistence/seal-account-numbers.ts',
    ]);
  });

  it('by the setting itself', () => {
    expect(using(/app\.unit_scope/)).toEqual([
      'apps/cli/verify/as-owner.ts',
      'apps/cli/verify/bypass/attempt.ts',
      'libs/persistence/across-branches.ts',
      'libs/persistence/pool.ts',
      'libs/persistence/prisma.ts',
      'libs/persistence/rotate-keys.ts', // the owner seals every union's ciphers anew
    ]);
  });
});

it('a route that opens a transaction itself only reads, but for the search, which is kept in the audit trail', () => {
  const opening = using(/\binUnion(Transaction)?\(/).filter((path) => path.startsWith('apps/api/'));
  expect(opening.length).toBeGreaterThan(8);
  const writing = opening.filter((path) => {
    const text = textOf(path);
    const opened = text.match(/\binUnion(Transaction)?\(/g)?.length ?? 0;
    return (text.match(/\breading\(/g)?.length ?? 0) < opened;
  });
  expect(writing).toEqual(['apps/api/intake/search.controller.ts']);
});
