import { err, ok, type Result } from 'neverthrow';
import type { PanelChoice } from '../domain/panel.js';
import { type Problem, problem } from '../domain/problem.js';
import type { Actor } from './actor.js';
import type { FirmsPort } from './appraisal-firms.js';
import { choiceFaults, recordFaults } from './panel-faults.js';
import { futureDate, invalidInput } from './problems.js';
import { auditOf } from './records.js';

export interface ChoosePanelPort extends FirmsPort {
  /** Fewest and most firms of a year's panel; null where a parameter of it is missing or has run out. */
  panelSize(on: string): Promise<{ fewest: number; most: number } | null>;
  /** The branches whose heads have a vote. */
  votingBranches(on: string): Promise<string[]>;
  /** The share of the branches, in percent, that a vote needs; null where it is not set. */
  panelQuorumPercent(on: string): Promise<number | null>;
  addPanel(choice: PanelChoice, staffId: string | null, at: Date): Promise<string>;
}

const chosenAlready = (year: number): Problem =>
  problem(
    'conflict',
    'panel.chosen',
    { zh: `${year} 年度评估机构已选定`, en: `the panel of ${year} was chosen already` },
    { clause: 'G3' },
  );
const noPolicy = (): Problem =>
  problem(
    'unavailable',
    'policy.missing',
    { zh: '评估机构家数参数缺失或失效', en: 'the number of firms of a panel is not set, or has run out' },
    { clause: 'G3' },
  );

/**
 * Puts a year's firms on the panel, under agreement, as the tender or the vote of the branch heads carried them; bids
 * and ballots are kept with it (G3).
 */
export async function choosePanel(
  port: ChoosePanelPort,
  actor: Actor,
  choice: PanelChoice,
): Promise<Result<PanelChoice & { id: string }, Problem>> {
  const size = await port.panelSize(actor.businessDate);
  const quorum = await port.panelQuorumPercent(actor.businessDate);
  if (size === null || quorum === null) return err(noPolicy());
  const firms = await port.firms();
  if (firms.some(({ panels }) => panels.some(({ year }) => year === choice.year)))
    return err(chosenAlready(choice.year));
  const known = new Set(firms.map(({ id }) => id));
  const faults = [
    ...choiceFaults(choice, known, size),
    ...recordFaults(choice, known, { branches: await port.votingBranches(choice.decidedOn), quorumPercent: quorum }),
    ...(choice.decidedOn > actor.businessDate ? [futureDate('/decidedOn')] : []),
  ];
  if (faults.length > 0) return err(invalidInput(faults));
  const id = await port.addPanel(choice, actor.staffId, actor.at);
  await port.audit(
    auditOf(actor, 'appraiser:manage', 'panel.choose', { kind: 'panel_selection', id }, { after: choice }),
  );
  return ok({ id, ...choice });
}
