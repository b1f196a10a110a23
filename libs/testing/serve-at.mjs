// Serves the API over a database at a day that stands still, until it is killed: node serve-at.mjs '<JSON>'.
import { createApp } from '../../dist/apps/api/create-app.js';
import { openServices } from '../../dist/libs/persistence/services.js';
import { openBureau } from '../../dist/libs/platform/bureau/open-bureau.js';
import { systemIds } from '../../dist/libs/platform/clock.js';
import { FolderDocuments } from '../../dist/libs/platform/documents/folder-store.js';
import { createLogger } from '../../dist/libs/platform/logger.js';

const { appUrl, secret, now, documents } = JSON.parse(process.argv[2]);
const services = openServices({
  appUrl,
  secret: Buffer.from(secret, 'hex'),
  clock: { now: () => new Date(now) },
  ids: systemIds,
  bureau: openBureau(undefined, 1000, () => now.slice(0, 10)),
  documents: new FolderDocuments(documents),
  sessions: { hours: 8, idleMinutes: 480 },
  secureCookies: false,
});
await services.begin();
const app = await createApp(services, createLogger('error'));
await app.listen(0, '127.0.0.1');
process.stdout.write(`serves at ${await app.getUrl()}\n`);
