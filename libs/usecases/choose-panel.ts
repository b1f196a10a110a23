import { err, ok, type Result } from 'neverthrow';
import { notCarried, type PanelRecord } from '../domain/panel.js';
import { type Fault, fault, type Problem, problem } from '../domain/problem.js';
import type { Actor } from './actor.js';
import type { FirmsPort } from './appraisal-firms.js';
import { futureDate, invalidInput, unknownRecord } from './problems.js';
import { auditOf } from './records.js';

export interface ChosenFirm {
  readonly firmId: string;
  readonly agreementFrom: string;
  readonly agreementTo: string;
}

export interface PanelChoice {
  readonly year: number;
  readonly decidedOn: string;
  /** The minutes. */
  readonly basis: string;
  readonly record: PanelRecord;
  readonly firms: readonly ChosenFirm[];
}

export interface ChoosePanelPort extends FirmsPort {
  /** Fewest and most firms of a year's panel; null where a parameter of it is missing or has run out. */
  panelSize(on: string): Promise<{ fewest: number; most: number } | null>;
  /** The branches and sub-branches whose heads have a vote. */
  votingBranches(on: string): Promise<string[]>;
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
  if (size === null) return err(noPolicy());
  const firms = await port.firms();
  if (firms.some(({ panels }) => panels.some(({ year }) => year === choice.year)))
    return err(chosenAlready(choice.year));
  const known = new Set(firms.map(({ id }) => id));
  const faults = [
    ...choiceFaults(choice, known, size),
    ...recordFaults(
      choice,
      known,
      choice.record.chosenBy === 'vote' ? await port.votingBranches(choice.decidedOn) : [],
    ),
    ...(choice.decidedOn > actor.businessDate ? [futureDate('/decidedOn')] : []),
  ];
  if (faults.length > 0) return err(invalidInput(faults));
  const id = await port.addPanel(choice, actor.staffId, actor.at);
  await port.audit(
    auditOf(actor, 'appraiser:manage', 'panel.choose', { kind: 'panel_selection', id }, { after: choice }),
  );
  return ok({ id, ...choice });
}

function choiceFaults(
  { firms, record }: PanelChoice,
  known: ReadonlySet<string>,
  { fewest, most }: { fewest: number; most: number },
): Fault[] {
  const faults: Fault[] = [];
  const chosen = firms.map(({ firmId }) => firmId);
  if (new Set(chosen).size !== firms.length || firms.length < fewest || firms.length > most) {
    faults.push(
      fault('/firms', 'panel.size', {
        zh: `每年选定 ${fewest} 至 ${most} 家不同的评估机构`,
        en: `a panel has ${fewest} to ${most} different firms`,
      }),
    );
  }
  const beaten = notCarried(chosen, record);
  for (const [index, { firmId, agreementFrom, agreementTo }] of firms.entries()) {
    if (!known.has(firmId)) faults.push(unknownRecord(`/firms/${index}/firmId`, { zh: '评估机构', en: 'firm' }));
    if (agreementTo < agreementFrom)
      faults.push(
        fault(`/firms/${index}/agreementTo`, 'input.dates', { zh: '早于起始日', en: 'ends before it begins' }),
      );
    if (beaten.includes(firmId)) {
      faults.push(
        fault(`/firms/${index}/firmId`, 'panel.not-carried', {
          zh: '按招标评分或投票结果未入选',
          en: 'is not what the tender or the vote chose',
        }),
      );
    }
  }
  return faults;
}

function recordFaults({ record }: PanelChoice, known: ReadonlySet<string>, branches: readonly string[]): Fault[] {
  if (record.chosenBy === 'tender') {
    return record.bids.flatMap(({ firmId }, index) =>
      known.has(firmId) ? [] : [unknownRecord(`/record/bids/${index}/firmId`, { zh: '评估机构', en: 'firm' })],
    );
  }
  const voted = record.ballots.map(({ branchId }) => branchId);
  return record.ballots.flatMap(({ branchId, firmIds }, index) => {
    const at = `/record/ballots/${index}`;
    return [
      ...(branches.includes(branchId) ? [] : [unknownRecord(`${at}/branchId`, { zh: '信用社', en: 'branch' })]),
      ...(voted.indexOf(branchId) === index
        ? []
        : [fault(`${at}/branchId`, 'panel.voted-twice', { zh: '该社已投票', en: 'this branch has voted' })]),
      ...(firmIds.every((firmId) => known.has(firmId))
        ? []
        : [unknownRecord(`${at}/firmIds`, { zh: '评估机构', en: 'firm' })]),
    ];
  });
}
