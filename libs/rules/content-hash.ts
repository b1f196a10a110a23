import { createHash } from 'node:crypto';
import canonicalizeModule from 'canonicalize';

// The package is CommonJS: its function is the module itself, whatever the types say.
const canonicalize = canonicalizeModule as unknown as (value: unknown) => string | undefined;

/** SHA-256 in hex over RFC 8785 canonical JSON: the same content has the same address on every machine. */
export function contentHash(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('nothing to hash');
  return createHash('sha256').update(text).digest('hex');
}
