import { createHmac, type Hmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { Transform } from 'node:stream';

export const SEAL_BYTES = 32;

/** HMAC-SHA256 over a key and the content that passes through, by a key derived from the installation's secret. */
export class Seal {
  private readonly hmac: Hmac;

  constructor(secret: Uint8Array, key: string) {
    const own = Buffer.from(hkdfSync('sha256', secret, '', 'wugang kept files', 32));
    this.hmac = createHmac('sha256', own).update(`${key}\n`);
  }

  /** Passes everything on as it is. */
  passing(): Transform {
    return new Transform({
      transform: (chunk: Buffer, _, done) => {
        this.hmac.update(chunk);
        done(null, chunk);
      },
    });
  }

  /** Passes everything on, and the seal after it. */
  closing(): Transform {
    const through = this.passing();
    through._flush = (done) => done(null, this.hmac.digest());
    return through;
  }

  /** Whether this is the seal of what has passed. */
  is(seal: Uint8Array): boolean {
    return timingSafeEqual(this.hmac.digest(), seal);
  }
}
