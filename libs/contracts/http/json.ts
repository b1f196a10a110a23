import { z } from 'zod';

const DEEPEST = 64;

/** Whether a value nests within bounds and holds only text that a database holds. Walks without recursion. */
function storable(value: unknown): boolean {
  const waiting: { value: unknown; depth: number }[] = [{ value, depth: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { value: one, depth } = next;
    if (typeof one === 'string' && (one.includes('\u0000') || /\p{Surrogate}/u.test(one))) return false;
    if (typeof one !== 'object' || one === null) continue;
    if (depth === DEEPEST) return false;
    for (const [key, part] of Object.entries(one))
      waiting.push({ value: key, depth }, { value: part, depth: depth + 1 });
  }
  return true;
}

/** Whatever JSON, to be judged later: nested at most 64 deep, its text storable. */
export const anyJson = z.unknown().refine(storable, {
  error: 'is nested more than 64 deep, or holds text that cannot be kept',
  params: { code: 'input.not-storable', zh: '嵌套超过 64 层，或含有不能保存的字符' },
});
