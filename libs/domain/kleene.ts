/** Kleene's three truth values: a condition over something unknown is unknown unless the rest settles it. */
export type Truth = 'true' | 'false' | 'unknown';

export const truthOf = (value: boolean): Truth => (value ? 'true' : 'false');

export function and(parts: readonly Truth[]): Truth {
  if (parts.includes('false')) return 'false';
  return parts.includes('unknown') ? 'unknown' : 'true';
}

export function or(parts: readonly Truth[]): Truth {
  if (parts.includes('true')) return 'true';
  return parts.includes('unknown') ? 'unknown' : 'false';
}

export function not(part: Truth): Truth {
  if (part === 'unknown') return 'unknown';
  return part === 'true' ? 'false' : 'true';
}
