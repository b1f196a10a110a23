import { Client, S3Error } from 'minio';
import { addressOf, checked, type DocumentStore, sha256Of } from './document-store.js';

export interface S3Place {
  /** https://host:port/bucket */
  readonly url: string;
  readonly accessKey: string;
  readonly secretKey: string;
  readonly region: string;
}

const absent = (cause: unknown): boolean =>
  cause instanceof S3Error && ['NotFound', 'NoSuchKey'].includes(cause.code ?? '');

/** Documents in a bucket of an S3-compatible store, by the same addresses as in a folder; nothing is overwritten. */
export class S3Documents implements DocumentStore {
  private readonly client: Client;
  private readonly bucket: string;

  constructor({ url, accessKey, secretKey, region }: S3Place) {
    const { protocol, hostname, port, pathname } = new URL(url);
    const useSSL = protocol === 'https:';
    this.bucket = pathname.replaceAll('/', '');
    this.client = new Client({
      endPoint: hostname,
      port: port === '' ? (useSSL ? 443 : 80) : Number(port),
      useSSL,
      accessKey,
      secretKey,
      region,
      pathStyle: true,
    });
  }

  async put(content: Buffer): Promise<string> {
    const sha256 = sha256Of(content);
    if ((await this.get(sha256).catch(() => null)) === null)
      await this.client.putObject(this.bucket, addressOf(sha256), content, content.length);
    return sha256;
  }

  async get(sha256: string): Promise<Buffer | null> {
    const stream = await this.client.getObject(this.bucket, addressOf(sha256)).catch((cause: unknown) => {
      if (absent(cause)) return null;
      throw cause;
    });
    if (stream === null) return null;
    const parts: Buffer[] = [];
    for await (const part of stream) parts.push(part as Buffer);
    return checked(sha256, Buffer.concat(parts));
  }
}
