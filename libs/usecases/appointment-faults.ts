import { bothSides, type HandledLoan, nameOfSide, type Seat, sidesAhead } from '../domain/both-sides.js';
import { incompatibility } from '../domain/incompatible-posts.js';
import { POSTS } from '../domain/post.js';
import { isHeadOffice, sitsAt } from '../domain/post-place.js';
import { type Fault, fault, type Problem, problem } from '../domain/problem.js';
import type { AppointmentsPort, NewAppointment, StaffStanding, UnitStanding } from './appointments.js';
import { unknownRecord } from './problems.js';

type Proposed = Pick<NewAppointment, 'staffId' | 'unitId' | 'post' | 'validFrom' | 'validTo'>;

const LOANS_NAMED_AT_MOST = 20;

export const noSelfAppointment = (path: string): Fault =>
  fault(path, 'appointment.self', { zh: '任何人不得聘任自己（G1）', en: 'nobody appoints himself (G1)' });

/** The faults of an appointment or a delegation, as one refusal. */
export const appointmentRefused = (faults: readonly Fault[]): Problem =>
  problem(
    'invalid',
    'appointment.refused',
    { zh: '该聘任不能作出', en: 'this appointment cannot be made' },
    { clause: 'G1', faults },
  );

/** Whether two spans of days share one; an end of null is open. */
const overlaps = (left: Pick<Proposed, 'validFrom' | 'validTo'>, right: Pick<Proposed, 'validFrom' | 'validTo'>) =>
  (left.validTo === null || right.validFrom <= left.validTo) &&
  (right.validTo === null || left.validFrom <= right.validTo) &&
  (left.validTo === null || left.validFrom <= left.validTo) &&
  (right.validTo === null || right.validFrom <= right.validTo);

/** Where the input names the person, the unit and the post. */
interface Paths {
  readonly person: string;
  readonly unit: string;
  readonly post: string;
}

/** Every reason why a person may not hold a post at a unit for these days. */
export async function appointmentFaults(
  port: AppointmentsPort,
  proposed: Proposed,
  today: string,
  paths: Paths,
): Promise<Fault[]> {
  const { person } = paths;
  const staff = await port.staffMember(proposed.staffId, today);
  const unit = await port.unit(proposed.unitId);
  const faults = dateFaults(proposed, today);
  if (staff === null) faults.push(unknownRecord(person, { zh: '员工', en: 'member of staff' }));
  else faults.push(...serviceFaults(proposed, staff, person), ...otherPostFaults(proposed, staff, person));
  if (unit === null) faults.push(unknownRecord(paths.unit, { zh: '机构', en: 'unit' }));
  else faults.push(...unitFaults(proposed, unit, paths));
  if (staff === null || unit === null) return faults;
  const seat = { post: proposed.post, unitId: unit.id, headOffice: isHeadOffice(unit.kind) };
  return [...faults, ...loanFaults(await port.loansOf(staff.id, today), seat, person)];
}

function dateFaults({ validFrom, validTo }: Proposed, today: string): Fault[] {
  const faults: Fault[] = [];
  if (validFrom < today)
    faults.push(
      fault('/validFrom', 'appointment.past', { zh: '不得追溯聘任', en: 'nobody is appointed for days that are past' }),
    );
  if (validTo !== null && validTo < validFrom)
    faults.push(fault('/validTo', 'input.dates', { zh: '早于起始日', en: 'ends before it begins' }));
  return faults;
}

function serviceFaults({ validFrom, validTo }: Proposed, staff: StaffStanding, person: string): Fault[] {
  const faults: Fault[] = [];
  if (staff.leftOn !== null && (validTo === null || validTo > staff.leftOn))
    faults.push(
      fault(person, 'staff.left', {
        zh: `该员工 ${staff.leftOn} 离职`,
        en: `left on ${staff.leftOn}: no appointment goes beyond that day`,
      }),
    );
  if (validFrom < staff.joinedOn)
    faults.push(
      fault('/validFrom', 'staff.not-joined', {
        zh: `该员工 ${staff.joinedOn} 入职`,
        en: `joins on ${staff.joinedOn}: no appointment begins before`,
      }),
    );
  return faults;
}

function unitFaults({ post, validFrom, validTo }: Proposed, unit: UnitStanding, paths: Paths): Fault[] {
  const faults: Fault[] = [];
  const opens = unit.openedOn !== null && unit.openedOn > validFrom;
  const closes = unit.closedOn !== null && (validTo === null || validTo >= unit.closedOn);
  if (opens || closes)
    faults.push(
      fault(paths.unit, 'unit.closed', {
        zh: '该机构在任期内未营业',
        en: 'the unit is not open on every day of the appointment',
      }),
    );
  if (!sitsAt(post, unit.kind))
    faults.push(
      fault(paths.post, 'appointment.place', {
        zh: `${POSTS[post].zh}不设在这类机构（G1.1、G1.2）`,
        en: `${POSTS[post].en} is no post of that kind of unit (G1.1, G1.2)`,
      }),
    );
  return faults;
}

function otherPostFaults(proposed: Proposed, staff: StaffStanding, person: string): Fault[] {
  return staff.appointments
    .filter((held) => overlaps(held, proposed))
    .flatMap((held) => {
      const sameUnit = held.unitId === proposed.unitId;
      if (sameUnit && held.post === proposed.post)
        return [
          fault(person, 'appointment.overlap', {
            zh: '该员工在此期间已任该岗位',
            en: 'holds that very post on some of these days already',
          }),
        ];
      const row = incompatibility(proposed.post, held.post, sameUnit);
      if (row === null) return [];
      return [
        fault(person, 'appointment.incompatible', {
          zh: `已任${POSTS[held.post].zh}，不得兼任${POSTS[proposed.post].zh}：${row.reason.zh}（${row.clause}）`,
          en: `holds the post of ${POSTS[held.post].en}, incompatible with ${POSTS[proposed.post].en}: ${row.reason.en} (${row.clause})`,
        }),
      ];
    });
}

/** Live loans that the appointment would put the person on both sides of, or at a desk of his own loan (G1). */
function loanFaults(loans: readonly HandledLoan[], seat: Seat, person: string): Fault[] {
  const faults = loans.flatMap((loan) => loanFault(loan, seat, person));
  const more = faults.length - LOANS_NAMED_AT_MOST;
  if (more <= 0) return faults;
  const rest = fault(person, 'appointment.more-loans', {
    zh: `另有 ${more} 笔`,
    en: `and ${more} more applications`,
  });
  return [...faults.slice(0, LOANS_NAMED_AT_MOST), rest];
}

function loanFault(loan: HandledLoan, seat: Seat, person: string): Fault[] {
  const both = bothSides(loan, seat);
  if (both !== null) {
    const [acted, ahead] = [nameOfSide(both.acted), nameOfSide(both.ahead)];
    return [
      fault(person, 'appointment.both-sides', {
        zh: `申请 ${loan.fileNo}：已在${acted.zh}环节经办，聘任后又将负责其${ahead.zh}（G1）`,
        en: `application ${loan.fileNo}: acted on at ${acted.en}, and would meet it again at ${ahead.en} (G1)`,
      }),
    ];
  }
  const [ahead] = sidesAhead(loan, seat);
  if (loan.party === null || ahead === undefined) return [];
  const party = loan.party === 'applicant' ? { zh: '借款人', en: 'applicant' } : { zh: '担保人', en: 'guarantor' };
  return [
    fault(person, 'appointment.own-loan', {
      zh: `申请 ${loan.fileNo}：本人是${party.zh}，聘任后将负责其${nameOfSide(ahead).zh}（商业银行法第四十条）`,
      en: `application ${loan.fileNo}: is its ${party.en}, and would meet it at ${nameOfSide(ahead).en} (Commercial Bank Law §40)`,
    }),
  ];
}
