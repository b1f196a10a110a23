import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

const KEY_ID = 1;
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

/** Encrypts personal data with AES-256-GCM and indexes it by HMAC-SHA-256, with keys derived from one secret. */
export class PersonalDataVault {
  private readonly dataKey: Buffer;
  private readonly indexKey: Buffer;

  constructor(secret: Uint8Array) {
    this.dataKey = Buffer.from(hkdfSync('sha256', secret, '', 'wugang personal data', 32));
    this.indexKey = Buffer.from(hkdfSync('sha256', secret, '', 'wugang blind index', 32));
  }

  /** `kind` keeps the indexes of different sorts of data apart; the value is stored as given. */
  seal(kind: string, value: string): SealedValue {
    return { cipher: this.encrypt(value), blind: this.blindIndex(kind, value), tail: value.slice(-4) };
  }

  /** First byte: the key's id, so that keys can be rotated; then nonce, tag and cipher text. */
  encrypt(text: string): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.dataKey, nonce);
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([Buffer.from([KEY_ID]), nonce, cipher.getAuthTag(), body]);
  }

  /** Throws where the bytes were changed or sealed under another secret. */
  decrypt(sealed: Uint8Array): string {
    const bytes = Buffer.from(sealed);
    if (bytes[0] !== KEY_ID) throw new Error(`no key ${bytes[0]} in the ring`);
    const bodyAt = 1 + NONCE_BYTES + TAG_BYTES;
    const decipher = createDecipheriv('aes-256-gcm', this.dataKey, bytes.subarray(1, 1 + NONCE_BYTES));
    decipher.setAuthTag(bytes.subarray(1 + NONCE_BYTES, bodyAt));
    return Buffer.concat([decipher.update(bytes.subarray(bodyAt)), decipher.final()]).toString('utf8');
  }

  blindIndex(kind: string, value: string): Buffer {
    return createHmac('sha256', this.indexKey).update(kind).update('\0').update(value).digest();
  }
}

/** Addresses are compared without spaces and width variants. */
export const normaliseAddress = (address: string): string => address.normalize('NFKC').replaceAll(/\s+/g, '');

/** Phones are compared by their digits, mobile numbers without the country's code. */
export const normalisePhone = (phone: string): string =>
  phone
    .normalize('NFKC')
    .replaceAll(/\D/g, '')
    .replace(/^(?:00)?86(?=1\d{10}$)/, '');
