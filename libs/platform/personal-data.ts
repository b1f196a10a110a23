import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** The key that every installation begins with, derived from its secret; later ones are random and lie wrapped in the ring. */
const FIRST_KEY = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** What is stored of one identity number, phone or account number. */
export interface SealedValue {
  readonly cipher: Buffer;
  /** Equal values have equal blind indexes within an installation; nothing else can be told from one. */
  readonly blind: Buffer;
  /** The last four characters, for display. */
  readonly tail: string;
}

/** A key of the installation's ring, as the database keeps it. */
export interface RingKey {
  readonly id: number;
  /** Encrypted under the installation's secret; null for the first key, which is derived from it. */
  readonly wrapped: Buffer | null;
  /** Whether every process has had the time to learn it. */
  readonly usable: boolean;
}

const derived = (secret: Uint8Array, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', purpose, 32));

/**
 * Encrypts personal data with AES-256-GCM under the newest key of a ring, and indexes it by HMAC-SHA-256. The index has
 * a key of its own that is not rotated, so that search finds what is sealed under any key.
 */
export class PersonalDataVault {
  private readonly wrappingKey: Buffer;
  private readonly indexKey: Buffer;
  private readonly keys: Map<number, Buffer>;
  private writing = FIRST_KEY;

  constructor(secret: Uint8Array) {
    this.wrappingKey = derived(secret, 'wugang key ring');
    this.indexKey = derived(secret, 'wugang blind index');
    this.keys = new Map([[FIRST_KEY, derived(secret, 'wugang personal data')]]);
  }

  /** Takes in the keys of the ring; the newest usable one encrypts from now on. */
  learn(ring: readonly RingKey[]): void {
    for (const { id, wrapped, usable } of ring) {
      if (wrapped !== null && !this.keys.has(id)) this.keys.set(id, open(this.wrappingKey, wrapped));
      if (usable && id > this.writing) this.writing = id;
    }
  }

  /** A new random key, wrapped for the ring. */
  newWrappedKey(): Buffer {
    return close(this.wrappingKey, randomBytes(32));
  }

  /** `kind` keeps the indexes of different sorts of data apart; the value is stored as given. */
  seal(kind: string, value: string): SealedValue {
    return { cipher: this.encrypt(value), blind: this.blindIndex(kind, value), tail: value.slice(-4) };
  }

  /** First byte: the key's id in the ring; then nonce, tag and cipher text. */
  encrypt(text: string): Buffer {
    const sealed = close(this.keyOf(this.writing), Buffer.from(text, 'utf8'));
    return Buffer.concat([Buffer.from([this.writing]), sealed]);
  }

  /** Throws where the bytes were changed, sealed under another secret, or under a key that was destroyed. */
  decrypt(sealed: Uint8Array): string {
    const bytes = Buffer.from(sealed);
    return open(this.keyOf(bytes[0] ?? 0), bytes.subarray(1)).toString('utf8');
  }

  private keyOf(id: number): Buffer {
    const key = this.keys.get(id);
    if (key === undefined) throw new Error(`no key ${id} in the ring`);
    return key;
  }

  blindIndex(kind: string, value: string): Buffer {
    return createHmac('sha256', this.indexKey).update(kind).update('\0').update(value).digest();
  }
}

/** Nonce, tag and cipher text. */
function close(key: Buffer, plain: Buffer): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

function open(key: Buffer, closed: Buffer): Buffer {
  const bodyAt = NONCE_BYTES + TAG_BYTES;
  const decipher = createDecipheriv('aes-256-gcm', key, closed.subarray(0, NONCE_BYTES));
  decipher.setAuthTag(closed.subarray(NONCE_BYTES, bodyAt));
  return Buffer.concat([decipher.update(closed.subarray(bodyAt)), decipher.final()]);
}

/** Account numbers are compared without spaces. */
export const normaliseAccount = (number: string): string => number.normalize('NFKC').replaceAll(/\s+/g, '');

/** Addresses are compared without spaces and width variants. */
export const normaliseAddress = (address: string): string => address.normalize('NFKC').replaceAll(/\s+/g, '');

/** Phones are compared by their digits, mobile numbers without the country's code. */
export const normalisePhone = (phone: string): string =>
  phone
    .normalize('NFKC')
    .replaceAll(/\D/g, '')
    .replace(/^(?:00)?86(?=1\d{10}$)/, '');
