import { AUTHORITY_ROUTES, holdersOf, LOAN_POSTS } from './authority.js';
import { bothSides, type HandledLoan, type Side, sidesAhead } from './both-sides.js';
import { desksOf } from './desk.js';
import { POST_NAMES, type Post } from './post.js';
import { sitsAt } from './post-place.js';
import { LIVE_STAGES } from './workflow.js';

const seat = (post: Post, unitId = 'branch', headOffice = false) => ({ post, unitId, headOffice });
const head = (post: Post) => seat(post, 'head', true);
const loan = (change: Partial<HandledLoan> = {}): HandledLoan => ({
  fileNo: 'F',
  branchId: 'branch',
  stage: 'review',
  route: 'within',
  acts: [{ side: 'lending', post: 'field_credit_officer', unitId: 'branch' }],
  party: null,
  ...change,
});
const acted = (side: Side, post: Post, unitId = 'branch') => [{ side, post, unitId }];

describe('both sides of a loan (G1)', () => {
  it.each<[Post, Side | undefined]>([
    ['deputy_director', 'review'],
    ['accounting_supervisor', 'review'],
    ['deliberation_group_member', 'deliberation'],
    ['branch_director', 'approval'],
    ['field_credit_officer', undefined],
    ['collection_clerk', undefined],
  ])('who investigated and becomes %s meets it again at %s', (post, ahead) => {
    const found = bothSides(loan(), seat(post));
    expect(found?.ahead).toBe(ahead);
    expect(bothSides(loan(), seat(post, 'another branch'))).toBeNull();
  });

  it('the route says whose desks are ahead; before acceptance both may come', () => {
    expect(bothSides(loan(), head('president'))).toBeNull();
    expect(bothSides(loan({ route: 'over' }), head('president'))?.ahead).toBe('approval');
    expect(bothSides(loan({ route: 'over' }), seat('branch_director'))).toBeNull();
    const atIntake = loan({ route: null, stage: 'intake', acts: [{ side: 'lending', post: null, unitId: null }] });
    expect(bothSides(atIntake, head('president'))?.ahead).toBe('approval');
    expect(bothSides(atIntake, seat('branch_director'))?.ahead).toBe('approval');
  });

  it('a desk that it has passed is none ahead; the legal signature and the release stay ahead to the end', () => {
    expect(bothSides(loan({ stage: 'contract' }), seat('branch_director'))).toBeNull();
    expect(bothSides(loan({ stage: 'contract' }), head('legal_adviser'))?.ahead).toBe('legal');
    expect(bothSides(loan({ stage: 'release' }), seat('accounting_supervisor'))?.ahead).toBe('release');
    expect(bothSides(loan({ stage: 'release' }), head('head_of_credit_department'))?.ahead).toBe('release');
    expect(bothSides(loan({ stage: 'released' }), seat('accounting_supervisor'))).toBeNull();
  });

  it('it holds backwards too: who voted does not investigate what was sent back, who reviewed makes no contract', () => {
    const back = loan({ stage: 'investigation', acts: acted('deliberation', 'deliberation_group_member') });
    expect(bothSides(back, seat('field_credit_officer'))).toEqual({ acted: 'deliberation', ahead: 'lending' });
    const reviewed = loan({ stage: 'approval', acts: acted('review', 'deputy_director') });
    expect(bothSides(reviewed, seat('field_credit_officer'))?.ahead).toBe('lending');
  });

  it('who holds on to the very same seat gains no side', () => {
    const reviewed = loan({ stage: 'approval', acts: acted('review', 'accounting_supervisor') });
    expect(bothSides(reviewed, seat('accounting_supervisor'))).toBeNull();
    const elsewhere = loan({ stage: 'approval', acts: acted('review', 'accounting_supervisor', 'old branch') });
    expect(bothSides(elsewhere, seat('accounting_supervisor'))?.ahead).toBe('release');
  });

  it('every post of every desk sits where the desk stands', () => {
    for (const route of AUTHORITY_ROUTES) {
      for (const post of LOAN_POSTS.flatMap((one) => holdersOf(route, one))) {
        expect([post, sitsAt(post, 'branch'), sitsAt(post, 'department')]).toEqual([
          post,
          route === 'within',
          route === 'over',
        ]);
      }
      for (const desk of LIVE_STAGES.flatMap((stage) => desksOf(stage, route)))
        for (const post of desk.posts) expect(sitsAt(post, desk.headOffice ? 'county_union' : 'sub_branch')).toBe(true);
    }
    for (const post of POST_NAMES) expect(sitsAt(post, 'branch') || sitsAt(post, 'department')).toBe(true);
  });

  it('nothing lies ahead of a seat that handles no loan', () => {
    for (const stage of LIVE_STAGES) expect(sidesAhead(loan({ stage }), head('auditor'))).toEqual([]);
  });
});
