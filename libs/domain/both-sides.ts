import { AUTHORITY_ROUTES, type AuthorityRoute } from './authority.js';
import { type Desk, desksOf } from './desk.js';
import type { Post } from './post.js';
import type { Bilingual } from './text.js';
import { type ApplicationStage, LIVE_STAGES } from './workflow.js';

/** The sides of a loan: who lends (贷), who reviews, deliberates, approves (审), pays out, and says that it is lawful. */
const SIDES = {
  lending: { zh: '受理调查', en: 'lending' },
  review: { zh: '审查', en: 'review' },
  deliberation: { zh: '审议', en: 'deliberation' },
  approval: { zh: '审批', en: 'approval' },
  release: { zh: '放款', en: 'release' },
  legal: { zh: '法律审查', en: 'legal signature' },
} as const satisfies Record<string, Bilingual>;
export type Side = keyof typeof SIDES;
export const nameOfSide = (side: Side): Bilingual => SIDES[side];

const SIDE_OF_STAGE: Readonly<Partial<Record<ApplicationStage, Side>>> = {
  intake: 'lending',
  investigation: 'lending',
  review: 'review',
  deliberation: 'deliberation',
  approval: 'approval',
  contract: 'lending',
  release: 'release',
};

const ADVISERS: Desk = { posts: ['legal_adviser'], headOffice: true };

/** A live application that a person has handled, or is party to. */
export interface HandledLoan {
  readonly fileNo: string;
  readonly branchId: string;
  readonly stage: ApplicationStage;
  readonly route: AuthorityRoute | null;
  /** What the person did on it; post and unit of the appointment under which it was done, where one is recorded. */
  readonly acts: readonly { readonly side: Side; readonly post: Post | null; readonly unitId: string | null }[];
  readonly party: 'applicant' | 'guarantor' | null;
}

/** Where a post would put a person. */
export interface Seat {
  readonly post: Post;
  readonly unitId: string;
  readonly headOffice: boolean;
}

/**
 * The sides on which a seat would meet a loan that it has still to pass: from its stage on, up to the release. Before
 * acceptance the route is not known, and either may come.
 */
export function sidesAhead(loan: Pick<HandledLoan, 'branchId' | 'stage' | 'route'>, seat: Seat): Side[] {
  const from = LIVE_STAGES.indexOf(loan.stage);
  if (from === -1) return [];
  const holds = ({ posts, headOffice }: Desk) =>
    posts.includes(seat.post) && (headOffice ? seat.headOffice : seat.unitId === loan.branchId);
  const routes = loan.route === null ? AUTHORITY_ROUTES : [loan.route];
  const ahead = LIVE_STAGES.slice(from).flatMap((stage) => {
    const side = SIDE_OF_STAGE[stage];
    return side !== undefined && routes.some((route) => desksOf(stage, route).some(holds)) ? [side] : [];
  });
  return [...new Set(holds(ADVISERS) ? [...ahead, 'legal' as const] : ahead)];
}

/**
 * Both sides of one loan that a seat would put a person on: the one that he acted on, and another that it has still to
 * pass; null where there are none (G1). Whoever acted from the very same seat gains no side by holding it further.
 */
export function bothSides(loan: HandledLoan, seat: Seat): { acted: Side; ahead: Side } | null {
  if (loan.acts.some(({ post, unitId }) => post === seat.post && unitId === seat.unitId)) return null;
  const sides = sidesAhead(loan, seat);
  for (const { side: acted } of loan.acts) {
    const ahead = sides.find((side) => side !== acted);
    if (ahead !== undefined) return { acted, ahead };
  }
  return null;
}
