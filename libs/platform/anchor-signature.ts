import { createPrivateKey, createPublicKey, hkdfSync, type KeyObject, sign, verify } from 'node:crypto';

/** Of an Ed25519 private key in PKCS #8, before its 32 bytes of seed. */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

/** What is signed: each by a key of its own, so that nothing signed as one is taken for the other. */
type Purpose = 'audit anchors' | 'rule books';

/** The installation's own signing key, derived from its secret: nothing more to keep. */
function keyOf(secret: Uint8Array, purpose: Purpose): KeyObject {
  const seed = Buffer.from(hkdfSync('sha256', secret, '', `wugang ${purpose}`, 32));
  return createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), format: 'der', type: 'pkcs8' });
}

export interface SignedText {
  readonly text: string;
  /** Ed25519 over the text, base64. */
  readonly signature: string;
  /** PEM: whoever has it from a trusted hand verifies the signature without the secret. */
  readonly publicKey: string;
}

export function signText(secret: Uint8Array, text: string, purpose: Purpose = 'audit anchors'): SignedText {
  const key = keyOf(secret, purpose);
  return {
    text,
    signature: sign(null, Buffer.from(text), key).toString('base64'),
    publicKey: createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString(),
  };
}

/** Whether the text was signed by this installation. */
export const isOurs = (
  secret: Uint8Array,
  { text, signature }: Pick<SignedText, 'text' | 'signature'>,
  purpose: Purpose = 'audit anchors',
): boolean =>
  verify(null, Buffer.from(text), createPublicKey(keyOf(secret, purpose)), Buffer.from(signature, 'base64'));
