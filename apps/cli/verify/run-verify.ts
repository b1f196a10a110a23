import type { Config } from '#libs/platform/config.js';
import type { Progress } from '../output.js';
import { runBypass } from './bypass/run-bypass.js';
import { scanClearText } from './clear-text/scan.js';
import { runFuzz } from './fuzz/run-fuzz.js';
import { type Ground, openGround, people } from './ground.js';
import { brokenInvariants } from './invariants.js';
import { runKill } from './kill/run-kill.js';
import { runMatrix } from './matrix/run-matrix.js';
import { runRace } from './race/run-race.js';

export interface VerifySizes {
  readonly fuzzRequests: number;
  /** Loans of one group released at the same moment. */
  readonly atOnce: number;
  readonly repeats: number;
  readonly killRounds: number;
  readonly seed: number;
}

export interface VerifyFigures {
  readonly cells: number;
  readonly leaks: number;
  readonly requests: number;
  readonly serverErrors: number;
  readonly breaches: number;
  readonly rounds: number;
  readonly lost: number;
  readonly doubled: number;
  readonly bypasses: number;
  readonly clearText: number;
}

export interface VerifyResult {
  readonly figures: VerifyFigures;
  /** What is wrong, one line each; none where the gate holds. */
  readonly findings: readonly string[];
}

/** Attacks the product over scratch databases in every way at hand, and counts what got through. */
export async function runVerify(config: Config, sizes: VerifySizes, progress: Progress): Promise<VerifyResult> {
  const { killRounds: rounds, seed } = sizes;
  const killing = runKill({ rounds, seed, onProgress: (done) => progress.update(done, rounds, 'kill') });
  // Processes that start again leave the machine idle: the rest goes on meanwhile.
  const [killed, attacked] = await Promise.allSettled([killing, attackGround(config, sizes, progress)]);
  if (killed.status === 'rejected') throw killed.reason;
  if (attacked.status === 'rejected') throw attacked.reason;
  const { lost, doubled, breaches, details } = killed.value;
  const { figures, findings } = attacked.value;
  return {
    figures: {
      cells: figures.cells,
      leaks: figures.leaks,
      requests: figures.requests,
      serverErrors: figures.serverErrors,
      breaches: figures.breaches + breaches,
      rounds: killed.value.rounds,
      lost,
      doubled,
      bypasses: figures.bypasses,
      clearText: figures.clearText,
    },
    findings: [...details.map((one) => `kill: ${one}`), ...findings],
  };
}

async function attackGround(config: Config, sizes: VerifySizes, progress: Progress) {
  const ground = await openGround(config);
  try {
    return await attack(ground, sizes, progress);
  } finally {
    await ground.stop();
  }
}

type Attacked = Pick<
  VerifyFigures,
  'cells' | 'leaks' | 'requests' | 'serverErrors' | 'breaches' | 'bypasses' | 'clearText'
>;

/** The fuzz comes last: it dismisses people and ends sessions. */
async function attack(
  ground: Ground,
  { atOnce, repeats, fuzzRequests, seed }: VerifySizes,
  progress: Progress,
): Promise<{ figures: Attacked; findings: string[] }> {
  const { server } = ground;
  const race = await runRace(server, { atOnce, repeats, onProgress: (done) => progress.update(done, atOnce, 'race') });
  const bypass = await runBypass(server, (_, done, total) => progress.update(done, total, 'bypass'));
  const peopled = await people(ground);
  const cells = server.routes.length * (peopled.people.length + 1);
  const matrix = await runMatrix(peopled, { onProgress: (done) => progress.update(done, cells, 'matrix') });
  const answers = new Map<string, string>();
  const fuzz = await runFuzz(peopled, {
    requests: fuzzRequests,
    seed,
    onProgress: (done) => progress.update(done, fuzzRequests, 'fuzz'),
    onAnswer: (request, text) => void (request.includes('/unmaskings') || answers.set(request, text)),
  });
  const half = await brokenInvariants(server.database.ownerUrl, server.unionId);
  const clear = await scanClearText(ground, answers);
  const told = (of: string, lines: readonly string[]): string[] => lines.map((one) => `${of}: ${one}`);
  return {
    figures: {
      cells: matrix.cells,
      leaks: matrix.leaks.length,
      requests: fuzz.requests,
      serverErrors: fuzz.serverErrors.length,
      breaches: race.breaches.length + half.length,
      bypasses: bypass.bypasses.length,
      clearText: clear.found.length,
    },
    findings: [
      ...told(
        'leak',
        matrix.leaks.map((one) => `${one.route} by ${one.who} is ${one.expected}, got ${one.got}`),
      ),
      ...told(
        'kept out',
        matrix.shut.map((one) => `${one.route} by ${one.who} is ${one.expected}, got ${one.got}`),
      ),
      ...told(
        'server error',
        fuzz.serverErrors.map((one) => `${one.request} -> ${one.answer}`),
      ),
      ...told(
        'untidy answer',
        fuzz.untidy.map((one) => `${one.request} -> ${one.answer}`),
      ),
      ...told('race', race.breaches),
      ...told('after the fuzz', half),
      ...told(
        'bypass',
        bypass.bypasses.map(({ id, detail }) => `${id}: ${detail}`),
      ),
      ...told('in the clear', clear.found),
    ],
  };
}
