import type { Bilingual, Language } from '../../domain/text.js';
import type { Verdict } from '../../domain/verdict.js';
import type { Line, Place } from './moves.js';
import { inBoth, shownValue, VERDICT_WORDS } from './words.js';

/** One fact or parameter, all else as it was, and the value nearest to its own under which the verdict is another. */
export interface Counterfactual {
  readonly kind: 'fact' | 'parameter';
  readonly name: string;
  /** The record, and its field, of a list; null where the fact or parameter as a whole is another. */
  readonly place: Place | null;
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
  definition: Line['definition'],
): Bilingual {
  const extent = extentOf(told, definition);
  return inBoth((language) => {
    const { shown, verdict, changeable } = told;
    const [turned, before] = [VERDICT_WORDS[verdict][language], VERDICT_WORDS[present][language]];
    const [now, to, around] = [shown.now[language], shown.to[language], extent?.[language] ?? ''];
    const [subject, left] = [subjectOf(told, language), told.place?.field === null];
    if (language === 'zh') {
      const past = changeable ? '' : '该事实属于过去，只随时间变化。';
      const change = left ? `去掉${subject}` : `${subject}由${now}变为${to}${around}`;
      return `${change}，结论由${before}变为${turned}。${past}`;
    }
    const past = changeable ? '' : ' It tells of the past: only time changes it.';
    const change = left
      ? `Without ${subject}, ${before} turns`
      : `${subject} at ${to}${around} instead of ${now} turns ${before}`;
    return `${change} into ${turned}.${past}`;
  });
}

function subjectOf({ label, place }: Omit<Counterfactual, 'text'>, language: Language): string {
  if (place === null) return language === 'zh' ? `“${label.zh}”` : `"${label.en}"`;
  const field = place.field === null ? '' : ` ${place.field} `;
  return language === 'zh'
    ? `“${label.zh}”第${place.record}项${field}`
    : `"${label.en}" record ${place.record}${field}`.trimEnd();
}

function extentOf({ to, range }: Omit<Counterfactual, 'text'>, definition: Line['definition']): Bilingual | null {
  const [from, until] = [shownValue(definition, range.from), shownValue(definition, range.until)];
  if (range.until === null)
    return range.from === to ? { zh: '或以上', en: ' or more' } : over({ zh: `${from.zh}起`, en: `from ${from.en}` });
  if (range.from === range.until) return null;
  if (range.from === 0 && range.until === to) return { zh: '或以下', en: ' or less' };
  return over({ zh: `${from.zh}至${until.zh}均可`, en: `${from.en} to ${until.en} do` });
}

const over = ({ zh, en }: Bilingual): Bilingual => ({ zh: `（${zh}）`, en: ` (${en})` });
