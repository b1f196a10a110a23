import { defaultBookFolder, loadBook, loadCases } from '#libs/platform/load-book.js';
import type { CivilDate } from '../domain/civil-date.js';
import { caseFacts } from './cases.js';
import { CATALOGUE } from './catalogue/index.js';
import { factsOf } from './engine.js';
import { CheckpointGate } from './evaluate.js';
import { parameterSet, parametersInForce } from './parameters.js';

const on = '2026-11-24' as CivilDate;
const { book, parameters } = await loadBook(defaultBookFolder());
const cases = await loadCases(defaultBookFolder());
const inForce = parametersInForce(parameters, on);

const SPOILT: Record<string, unknown> = {
  missing: undefined,
  null: null,
  NaN: Number.NaN,
  'a number as text': '9',
  'a number with text after it': '0.7abc',
  'an object': {},
  'an empty list': [],
  'minus one': -1,
  'a fraction of a fen': 0.5,
  'beyond 2^53': 2 ** 53,
};

const policyNames = (rule: unknown) => [...new Set(JSON.stringify(rule).match(/policy\.[a-zA-Z0-9]+/g) ?? [])];

describe('a fact that is missing, null, NaN or of the wrong type', () => {
  for (const rule of book.rules) {
    const file = cases.find((one) => one.rule === rule.id);
    const base = file?.cases.find((one) => one.expect === 'finding');
    for (const fact of factsOf(rule.conditions)) {
      for (const [kind, value] of Object.entries(SPOILT)) {
        // Percentages may be fractions; they are never negative, text or null.
        if (CATALOGUE.get(fact)?.type === 'list' && kind === 'an empty list') continue; // a list may be empty
        if (fact.endsWith('Percent') && ['a fraction of a fen', 'beyond 2^53'].includes(kind)) continue;
        it(`never lets ${rule.id} pass: ${fact} is ${kind}`, async () => {
          const facts = { ...caseFacts(base?.facts ?? {}, on), ...caseFacts({ [fact]: value }, on) };
          const { verdict } = await new CheckpointGate([rule], inForce, on).decide(facts);
          expect(['WARN', 'REFER', 'BLOCK']).toContain(verdict);
        });
      }
    }
    for (const name of policyNames(rule.conditions)) {
      it(`never lets ${rule.id} pass: ${name} is missing or expired`, async () => {
        const { [name]: _gone, ...others } = inForce.values;
        const gate = new CheckpointGate([rule], parameterSet(others), on);
        const { verdict } = await gate.decide(caseFacts(base?.facts ?? {}, on));
        expect(['WARN', 'REFER', 'BLOCK']).toContain(verdict);
      });
    }
  }
});
