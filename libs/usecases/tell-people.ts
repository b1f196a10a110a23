import { v5 as uuidOf } from 'uuid';
import { type Desk, desksOf } from '../domain/desk.js';
import type { NotificationKind } from '../domain/notification-kind.js';
import type { Post } from '../domain/post.js';
import { END_STAGES } from '../domain/workflow.js';
import type { LoanCase } from './loan-case.js';
import type { HappenedEvent, NoticesPort } from './notices.js';
import { tellOfRules } from './tell-of-rules.js';

export interface TellPeoplePort extends NoticesPort {
  readCase(id: string): Promise<LoanCase | null>;
  /** The posts that answer the open referrals of a case. */
  answerersOf(loanCase: LoanCase): Promise<readonly Post[]>;
  /** Who holds one of a desk's posts today. */
  holdersOf(desk: Desk, branchId: string, on: string): Promise<string[]>;
}

/** What a topic asks to be told; a topic that is not here tells people nothing. */
const TOLD: Readonly<Record<string, 'desk' | 'late' | 'suspended'>> = {
  'application.moved': 'desk',
  'application.decided': 'desk',
  'finding.waived': 'desk',
  'application.late': 'late',
  'authority.suspended': 'suspended',
};

const ENDED: Readonly<Record<string, NotificationKind>> = {
  refused: 'refused',
  lapsed: 'lapsed',
  released: 'released',
};

/**
 * Tells the next post that an application waits for it, the officer how it ended, and directors what is late or suspended.
 * Who acted at another post of the loan is not asked to act again (G1). Told twice, it is there once.
 */
export async function tellPeople(port: TellPeoplePort, event: HappenedEvent, on: string, at: Date): Promise<string[]> {
  const rules = await tellOfRules(port, event, on, at);
  if (rules !== null) return rules;
  const { applicationId, branchId } = event.payload;
  const told = TOLD[event.topic];
  if (told === 'suspended' && branchId !== undefined) {
    const directors = await port.holdersOf({ posts: ['branch_director'], headOffice: false }, branchId, on);
    const heads = await port.holdersOf(
      { posts: ['president', 'head_of_credit_department'], headOffice: true },
      branchId,
      on,
    );
    const suspended = { kind: 'suspended', applicationId: null, unitId: branchId, stage: null } as const;
    return port.notify([...directors, ...heads], suspended, event.id, at);
  }
  const loanCase = applicationId === undefined ? null : await port.readCase(applicationId);
  if (loanCase === null || told === undefined) return [];
  return told === 'late' ? tellLate(port, loanCase, event, on, at) : tellDesk(port, loanCase, on, at);
}

async function tellDesk(port: TellPeoplePort, loanCase: LoanCase, on: string, at: Date): Promise<string[]> {
  const { id, stage, branchId } = loanCase.application;
  const about = { applicationId: id, unitId: branchId, stage };
  // Several acts may leave an application where it is, or be told of when it has moved on: each turn is told once.
  const turn = (...what: readonly string[]): string => uuidOf([...what, stage, loanCase.round].join(), id);
  if (END_STAGES.includes(stage)) {
    const kind = ENDED[stage];
    if (kind === undefined) return [];
    const officers = await port.holdersOf({ posts: ['field_credit_officer'], headOffice: false }, branchId, on);
    return port.notify(officers, { kind, ...about }, turn(kind), at);
  }
  const waiting = { kind: 'waiting', ...about } as const;
  const told = await port.notify(await atDesk(port, loanCase, on), waiting, turn('waiting'), at);
  const answerers = await port.answerersOf(loanCase);
  const byPost = [
    ...(await port.holdersOf({ posts: answerers, headOffice: false }, branchId, on)),
    ...(await port.holdersOf({ posts: answerers, headOffice: true }, branchId, on)),
  ];
  const open = loanCase.referrals.flatMap(({ id: finding, answered }) => (answered ? [] : [finding]));
  return [...told, ...(await port.notify(byPost, { kind: 'referred', ...about }, turn('referred', ...open), at))];
}

/** Whoever waits is reminded, and the director of the branch hears of it. */
async function tellLate(
  port: TellPeoplePort,
  loanCase: LoanCase,
  event: HappenedEvent,
  on: string,
  at: Date,
): Promise<string[]> {
  const { id, stage, branchId } = loanCase.application;
  if (END_STAGES.includes(stage)) return [];
  const directors = await port.holdersOf({ posts: ['branch_director'], headOffice: false }, branchId, on);
  const staff = [...(await atDesk(port, loanCase, on)), ...directors];
  return port.notify(staff, { kind: 'late', applicationId: id, unitId: branchId, stage }, event.id, at);
}

/** The holders of the desk on which a case lies, but for those who acted at another post of it. */
async function atDesk(port: TellPeoplePort, { application, route, acts }: LoanCase, on: string): Promise<string[]> {
  const { stage, branchId } = application;
  const desks = await Promise.all(desksOf(stage, route).map((desk) => port.holdersOf(desk, branchId, on)));
  const holders = desks.flat();
  if (stage === 'contract' || stage === 'intake') return holders; // the officers' own: whoever investigated records it
  return holders.filter((staffId) => !acts.some((act) => act.staffId === staffId && act.post !== stage));
}
