const HIDDEN = '[hidden]';

// An id of ours (group 1) is kept: digits in it are no phone. Then a resident's identity number, and a mobile phone.
const PERSONAL =
  /(?<![0-9a-f])([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?![0-9a-f])|(?<!\d)(?:\d{17}[\dX]|(?:(?:00)?86)?1[3-9]\d{9})(?!\d)/gi;

const scrub = (text: string): string => text.replace(PERSONAL, (_, id?: string) => id ?? HIDDEN);

const scrubValue = (_: string, value: unknown): unknown => {
  if (typeof value === 'string') return scrub(value);
  return typeof value === 'number' && scrub(String(value)) !== String(value) ? HIDDEN : value;
};

/** The last resort: masks what has the form of an identity number or a mobile phone anywhere in a JSON line. */
export function scrubLine(line: string): string {
  if (scrub(line) === line) return line;
  // Values by their type, so that a number leaves valid JSON behind; names, which are texts always, in the whole line.
  return `${scrub(JSON.stringify(JSON.parse(line), scrubValue))}\n`;
}
