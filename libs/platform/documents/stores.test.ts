import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'minio';
import S3rver from 's3rver';
import { ConfigInvalid, readConfig } from '../config.js';
import { addressOf, type DocumentStore, sha256Of } from './document-store.js';
import { openDocuments } from './open-documents.js';

const KEYS = { S3_ACCESS_KEY: 'S3RVER', S3_SECRET_KEY: 'S3RVER' };

let folder: string;
let server: S3rver;
let url: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wugang-stores-'));
  server = new S3rver({
    port: 0,
    address: '127.0.0.1',
    silent: true,
    directory: join(folder, 's3'),
    configureBuckets: [{ name: 'papers', configs: [] }],
  });
  const { port } = await server.run();
  url = `http://127.0.0.1:${port}/papers`;
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

interface Kept {
  readonly store: DocumentStore;
  /** Changes what is kept behind the store's back. */
  forge(sha256: string): Promise<void>;
  count(): Promise<number>;
}

const inFolder = async (): Promise<Kept> => {
  const dataDir = await mkdtemp(join(folder, 'data-'));
  const documents = join(dataDir, 'documents');
  return {
    store: openDocuments(readConfig({ WUGANG_DATA_DIR: dataDir })),
    forge: (sha256) => writeFile(join(documents, addressOf(sha256)), 'forged'),
    count: async () => (await readdir(documents, { recursive: true })).filter((name) => name.length > 60).length,
  };
};
const inBucket = async (): Promise<Kept> => {
  const { hostname, port } = new URL(url);
  const client = new Client({
    endPoint: hostname,
    port: Number(port),
    useSSL: false,
    accessKey: 'S3RVER',
    secretKey: 'S3RVER',
    pathStyle: true,
  });
  return {
    store: openDocuments(readConfig({ DOCUMENTS_S3_URL: url, ...KEYS })),
    forge: async (sha256) => void (await client.putObject('papers', addressOf(sha256), 'forged')),
    count: async () => (await client.listObjectsV2('papers', '', true).toArray()).length,
  };
};

describe.each([
  ['a folder', inFolder],
  ['a bucket of an S3-compatible store', inBucket],
])('papers in %s', (_, open) => {
  it('are kept by SHA-256, the same content once, and come back as they were', async () => {
    const { store, count } = await open();
    const content = Buffer.from([0, 255, 1, 254, 37, 80]);
    const sha256 = await store.put(content);
    expect(sha256).toBe(sha256Of(content));
    expect(await Promise.all([store.put(content), store.put(content)])).toEqual([sha256, sha256]);
    expect(await count()).toBe(1);
    expect(await store.get(sha256)).toEqual(content);
    expect(await store.get(sha256Of(Buffer.from('nothing')))).toBeNull();
  });

  it('altered are noticed, never given out', async () => {
    const { store, forge } = await open();
    const sha256 = await store.put(Buffer.from('the contract'));
    await forge(sha256);
    await expect(store.get(sha256)).rejects.toThrow(/was altered/);
  });
});

it('a bucket that is not there is a failure, not an empty store', async () => {
  const store = openDocuments(readConfig({ DOCUMENTS_S3_URL: url.replace('papers', 'nobody'), ...KEYS }));
  await expect(store.get(sha256Of(Buffer.from('x')))).rejects.toThrow();
  await expect(store.put(Buffer.from('x'))).rejects.toThrow();
});

it('a bucket without its keys is told at the start, each of them', () => {
  expect(() => readConfig({ DOCUMENTS_S3_URL: url })).toThrow(ConfigInvalid);
  expect(() => readConfig({ DOCUMENTS_S3_URL: url })).toThrow(/S3_ACCESS_KEY: .*; S3_SECRET_KEY: /);
});
