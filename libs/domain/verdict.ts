export const VERDICTS = ['PASS', 'WARN', 'REFER', 'BLOCK'] as const;
/** What a checkpoint says: BLOCK cannot go on; REFER needs a written opinion; WARN is shown; PASS is silent. */
export type Verdict = (typeof VERDICTS)[number];

/** BLOCK over REFER over WARN over PASS; PASS where there is no finding. */
export function worstVerdict(verdicts: readonly Verdict[]): Verdict {
  return verdicts.reduce<Verdict>(
    (worst, next) => (VERDICTS.indexOf(next) > VERDICTS.indexOf(worst) ? next : worst),
    'PASS',
  );
}
