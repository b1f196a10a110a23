/** Money is whole fen (分). Facts for rules are plain numbers, so nothing beyond 2^53 is taken. */
export const MAX_FEN = BigInt(Number.MAX_SAFE_INTEGER);

/**
 * Reads a decimal text in yuan ("50000", "1234.5", "-3.07", "96,396.00") as fen. Returns null for anything
 * else: more than two decimals that are not zero, exponents, empty text, amounts beyond 2^53 fen.
 */
export function parseYuan(text: string): bigint | null {
  const match = /^([+-]?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?$/.exec(text.trim());
  if (!match) return null;
  const [, sign, whole = '', fraction = ''] = match;
  if (/[1-9]/.test(fraction.slice(2))) return null;
  const fen = BigInt(whole.replaceAll(',', '')) * 100n + BigInt(fraction.slice(0, 2).padEnd(2, '0'));
  if (fen > MAX_FEN) return null;
  return sign === '-' ? -fen : fen;
}

/** Shows fen as yuan with two decimals and thousands separators: 5000000 -> "50,000.00". */
export function formatFen(fen: bigint | number): string {
  const value = BigInt(fen);
  const absolute = value < 0n ? -value : value;
  const yuan = (absolute / 100n).toString().replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  return `${value < 0n ? '-' : ''}${yuan}.${(absolute % 100n).toString().padStart(2, '0')}`;
}
