import type { Duck } from '#libs/bulk/duck.js';
import { Sweep } from '#libs/bulk/impact/sweep.js';
import type { CivilDate } from '#libs/domain/civil-date.js';
import type { ParameterSet } from '#libs/rules/parameters.js';
import type { Rule } from '#libs/rules/rule-format.js';
import { median, rounded } from '../measure.js';

const KEY = 'policy.hardEnquiriesTolerated';
/** Every value that the slider is dragged over, and back. */
const DRAGGED = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 10, 8, 6, 4, 2];

export interface SliderResult {
  /** Median milliseconds of one answer over the facts that are held ready. */
  readonly sliderMs: number;
  /** Median milliseconds of one `count(*)` that looks at every row. */
  readonly countScanMs: number;
  readonly sliderRatio: number;
}

/** One parameter dragged over facts in hand: how many cases of each outcome stand at each level for every value. */
export async function slider(
  duck: Duck,
  facts: string,
  policy: { readonly rules: readonly Rule[]; readonly parameters: ParameterSet },
  on: CivilDate,
): Promise<SliderResult> {
  const typed = `(select *, 'personal' as product_code, 'personal' as category, case when id % 7 = 0 then 'bad' else 'good' end as outcome from ${facts})`;
  const sweep = await Sweep.over(duck, typed, { before: policy, after: policy, checkpoint: 'intake', on }, KEY);
  if (sweep === null) throw new Error(`bench: no rule names ${KEY}`);
  const answered: number[] = [];
  const scanned: number[] = [];
  for (const value of DRAGGED) {
    let at = performance.now();
    await sweep.at(value);
    answered.push(performance.now() - at);
    at = performance.now();
    await duck.rows('select count(*) from swept where bureau__hard_enquiries12_months > -1');
    scanned.push(performance.now() - at);
  }
  const [sliderMs, countScanMs] = [median(answered), median(scanned)];
  return {
    sliderMs: rounded(sliderMs),
    countScanMs: rounded(countScanMs),
    sliderRatio: rounded(median(answered.map((ms, at) => ms / (scanned[at] ?? Number.NaN)))),
  };
}
