import type { Bilingual } from '../../domain/text.js';
import type { Verdict } from '../../domain/verdict.js';
import type { FactDefinition } from '../fact-definition.js';
import { inBoth, shownValue, VERDICT_WORDS } from './words.js';

/** One fact or parameter, all else as it was, and the value nearest to its own under which the verdict is another. */
export interface Counterfactual {
  readonly kind: 'fact' | 'parameter';
  readonly name: string;
  readonly label: Bilingual;
  /** False where the fact tells of the past: nobody can change it, at most time does. */
  readonly changeable: boolean;
  readonly now: unknown;
  readonly to: unknown;
  readonly shown: { readonly now: Bilingual; readonly to: Bilingual };
  /** The values around `to` that would do the same; `until` is null where they go on without end. */
  readonly range: { readonly from: unknown; readonly until: unknown };
  readonly verdict: Verdict;
  readonly text: Bilingual;
}

/** "If this were that, the verdict would be …", with the values that would do as well. */
export function counterfactualText(
  told: Omit<Counterfactual, 'text'>,
  present: Verdict,
  definition: FactDefinition | undefined,
): Bilingual {
  const extent = extentOf(told, definition);
  return inBoth((language) => {
    const { label, shown, verdict, changeable } = told;
    const [turned, before] = [VERDICT_WORDS[verdict][language], VERDICT_WORDS[present][language]];
    const [now, to, around] = [shown.now[language], shown.to[language], extent?.[language] ?? ''];
    if (language === 'zh') {
      const past = changeable ? '' : '该事实属于过去，只随时间变化。';
      return `“${label.zh}”由${now}变为${to}${around}，结论由${before}变为${turned}。${past}`;
    }
    const past = changeable ? '' : ' It tells of the past: only time changes it.';
    return `"${label.en}" at ${to}${around} instead of ${now} turns ${before} into ${turned}.${past}`;
  });
}

function extentOf(
  { to, range }: Omit<Counterfactual, 'text'>,
  definition: FactDefinition | undefined,
): Bilingual | null {
  const [from, until] = [shownValue(definition, range.from), shownValue(definition, range.until)];
  if (range.until === null)
    return range.from === to ? { zh: '或以上', en: ' or more' } : over({ zh: `${from.zh}起`, en: `from ${from.en}` });
  if (range.from === range.until) return null;
  if (range.from === 0 && range.until === to) return { zh: '或以下', en: ' or less' };
  return over({ zh: `${from.zh}至${until.zh}均可`, en: `${from.en} to ${until.en} do` });
}

const over = ({ zh, en }: Bilingual): Bilingual => ({ zh: `（${zh}）`, en: ` (${en})` });
