import type { Share } from '#libs/bulk/impact/share.js';
import { VERDICTS } from '#libs/domain/verdict.js';
import type { ImpactReport } from './report.js';

const shareText = ({ count, of, percent, low, high }: Share): string =>
  percent === null ? 'none known' : `${count} of ${of} (${percent} %, ${low} to ${high} %)`;

/** A report for the terminal: the matrix, the rules that changed, and what is known of the loans' end. */
export function reportText(report: ImpactReport): string {
  const cell = (text: string | number): string => String(text).padStart(9);
  const changed = report.rules.filter(({ appeared, vanished }) => appeared + vanished > 0);
  const lines = [
    `${report.cases} cases, ${report.changed} changed; ${report.redecided} decided again by the live path; ${report.seconds} s`,
    '',
    `${'before \\ after'.padEnd(16)}${VERDICTS.map(cell).join('')}`,
    ...VERDICTS.map(
      (before) => `${before.padEnd(16)}${VERDICTS.map((after) => cell(report.matrix[before][after])).join('')}`,
    ),
    '',
    ...changed.map(
      ({ rule, before, after, appeared, vanished }) =>
        `${rule.padEnd(34)} ${before} -> ${after} (+${appeared} -${vanished})`,
    ),
    '',
    ...report.outcomes.flatMap(({ stoppedAt, badStopped, goodTurnedAway, badLetThrough, goodLetThrough }) => [
      `${stoppedAt}: bad loans stopped ${shareText(badStopped)}; good ones turned away ${shareText(goodTurnedAway)}`,
      `${stoppedAt}: bad loans let through ${shareText(badLetThrough)}; good ones let through ${shareText(goodLetThrough)}`,
    ]),
    ...(report.curve ?? []).map(
      ({ value, verdicts, bad, good }) =>
        `${String(value).padStart(10)} ${VERDICTS.map((verdict) => `${verdict} ${verdicts[verdict]}`).join('  ')}  bad stopped ${bad.blockedOrReferred}/${bad.all}  good ${good.blockedOrReferred}/${good.all}`,
    ),
  ];
  return `${lines.join('\n')}\n`;
}
