import { notCarried, type PanelChoice } from '../domain/panel.js';
import { type Fault, fault } from '../domain/problem.js';
import { unknownRecord } from './problems.js';

/** The firms chosen: two or three of them, known, carried by the record, under agreements of that year. */
export function choiceFaults(
  { firms, record, year, decidedOn }: PanelChoice,
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
  if (![year, year - 1].includes(Number(decidedOn.slice(0, 4))))
    faults.push(
      fault('/year', 'panel.other-year', {
        zh: '不是决定当年或次年',
        en: 'is not the year of the decision or the next',
      }),
    );
  const beaten = notCarried(chosen, record);
  for (const [index, { firmId, agreementFrom, agreementTo }] of firms.entries()) {
    if (!known.has(firmId)) faults.push(unknownRecord(`/firms/${index}/firmId`, { zh: '评估机构', en: 'firm' }));
    const within = agreementFrom >= `${year}-01-01` && agreementTo <= `${year}-12-31`;
    if (agreementTo < agreementFrom || agreementFrom < decidedOn || !within)
      faults.push(
        fault(`/firms/${index}/agreementFrom`, 'panel.agreement-dates', {
          zh: '协议期须在当年之内，且不早于决定日',
          en: 'the agreement lies within the year, and begins when it was decided or later',
        }),
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

/** Bids of known firms, one each; ballots of branches that have a vote, one each, and enough of them. */
export function recordFaults(
  { record }: PanelChoice,
  known: ReadonlySet<string>,
  { branches, quorumPercent }: { branches: readonly string[]; quorumPercent: number },
): Fault[] {
  if (record.chosenBy === 'tender') {
    const bidders = record.bids.map(({ firmId }) => firmId);
    return bidders.flatMap((firmId, index) =>
      known.has(firmId) && bidders.indexOf(firmId) === index
        ? []
        : [unknownRecord(`/record/bids/${index}/firmId`, { zh: '未投标的评估机构', en: 'firm that has not bid yet' })],
    );
  }
  const voted = record.ballots.map(({ branchId }) => branchId);
  const valid = new Set(voted.filter((branchId) => branches.includes(branchId))).size;
  const few =
    valid * 100 < branches.length * quorumPercent
      ? [
          fault('/record/ballots', 'panel.no-quorum', {
            zh: `${branches.length} 个信用社仅 ${valid} 个投票`,
            en: `${valid} of ${branches.length} branches have voted: too few`,
          }),
        ]
      : [];
  const each = record.ballots.flatMap(({ branchId, firmIds }, index) => {
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
  return [...few, ...each];
}
