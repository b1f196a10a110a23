import type { Verdict } from '../domain/verdict.js';
import type { Finding, Outcome } from './evaluate.js';
import { stricterOf } from './stricter.js';

const finding = (ruleId: string, verdict: Verdict, left = 1): Finding => ({
  ruleId,
  clause: 'M2',
  severity: verdict,
  verdict,
  judged: true,
  excepted: null,
  answeredBy: null,
  operands: [{ fact: 'x', operator: 'greaterThan', left, right: 0, truth: 'true' }],
  reason: { zh: '', en: '' },
});
const outcome = (verdict: Verdict, ...findings: Finding[]): Outcome => ({ verdict, findings, hash: '' });

it('keeps the worse verdict, and the findings of both, each rule once and by id', () => {
  const first = outcome('REFER', finding('b', 'REFER'), finding('c', 'WARN'));
  const second = outcome('BLOCK', finding('a', 'BLOCK'), finding('b', 'WARN'), finding('c', 'WARN', 2));
  const { outcome: both, fromSecond } = stricterOf(first, second);
  expect(both.verdict).toBe('BLOCK');
  expect(both.findings).toEqual([finding('a', 'BLOCK'), finding('b', 'REFER'), finding('c', 'WARN')]);
  expect([...fromSecond]).toEqual(['a']);
  const other = stricterOf(second, first);
  expect(other.outcome.verdict).toBe('BLOCK');
  expect([...other.fromSecond]).toEqual(['b']);
});

it('is one outcome where both books find the same, and passes only where both do', () => {
  const same = outcome('WARN', finding('a', 'WARN'));
  expect(stricterOf(same, same).outcome.findings).toEqual(same.findings);
  expect(stricterOf(outcome('PASS'), outcome('PASS')).outcome).toMatchObject({ verdict: 'PASS', findings: [] });
  expect(stricterOf(outcome('PASS'), same).outcome.verdict).toBe('WARN');
});
