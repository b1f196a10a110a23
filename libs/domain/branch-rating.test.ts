import {
  type BranchFigures,
  gradeOf,
  overNonPerformingLimit,
  proposedLimit,
  type RatingPolicy,
} from './branch-rating.js';

const policy: RatingPolicy = {
  nonPerformingLimitPercent: 5,
  nonPerformingGoodPercent: 2,
  newNonPerformingGoodPercent: 1,
  officersMinimum: 1,
  examsPassedPercent: 100,
  lateInspectionsTolerated: 0,
  auditFindingsTolerated: 0,
  demeritsForB: 2,
  factorPercent: { A: 120, B: 100, C: 50, D: 0 },
};
const good: BranchFigures = {
  balanceFen: 10_000,
  nonPerformingFen: 200,
  newNonPerformingFen: 100,
  responsibleOfficers: 1,
  examsPassedPercent: 100,
  lateInspections: 0,
  auditFindings: 0,
};

describe('the rating of a branch (G2)', () => {
  it.each<[string, Partial<BranchFigures>, string]>([
    ['everything met, each just so', {}, 'A'],
    ['a fen over the good ratio', { nonPerformingFen: 201 }, 'B'],
    ['two measures missed', { lateInspections: 1, auditFindings: 1 }, 'B'],
    ['three measures missed', { lateInspections: 1, auditFindings: 1, examsPassedPercent: 99 }, 'C'],
    ['exactly at the non-performing limit', { nonPerformingFen: 500 }, 'B'],
    ['a fen over the non-performing limit', { nonPerformingFen: 501 }, 'D'],
    ['no responsible credit officer (I2)', { responsibleOfficers: 0 }, 'D'],
    ['nothing lent yet', { balanceFen: 0, nonPerformingFen: 0, newNonPerformingFen: 0 }, 'A'],
  ])('%s', (_, change, grade) => {
    expect(gradeOf({ ...good, ...change }, policy)).toBe(grade);
  });

  it('all that was lent is bad: over any limit', () => {
    expect(overNonPerformingLimit({ balanceFen: 1, nonPerformingFen: 1 }, 99)).toBe(true);
  });

  it('proposes whole fen, rounded down', () => {
    expect(proposedLimit(10_000_000, 'A', policy)).toBe(12_000_000);
    expect(proposedLimit(333, 'C', policy)).toBe(166);
    expect(proposedLimit(333, 'D', policy)).toBe(0);
  });
});
