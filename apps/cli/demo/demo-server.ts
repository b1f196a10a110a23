import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OpenAPIObject } from '@nestjs/swagger';
import { createApp } from '#apps/api/create-app.js';
import { type Route, routesOf } from '#apps/api/http/route-table.js';
import { openApiDocument } from '#apps/api/openapi.js';
import { civilDateOf } from '#libs/domain/civil-date.js';
import { createUnion } from '#libs/persistence/create-union.js';
import { demoHistory } from '#libs/persistence/demo/demo-history.js';
import { DEMO_UNION, loadDemo } from '#libs/persistence/demo/load-demo.js';
import { type ReplayResult, replayDecisions } from '#libs/persistence/replay.js';
import { openServices } from '#libs/persistence/services.js';
import { openBureau } from '#libs/platform/bureau/open-bureau.js';
import { startBureauSimulator } from '#libs/platform/bureau/simulator.js';
import { systemClock, systemIds } from '#libs/platform/clock.js';
import type { Config, HttpSettings } from '#libs/platform/config.js';
import type { OpenDatabase } from '#libs/platform/database.js';
import { FolderDocuments } from '#libs/platform/documents/folder-store.js';
import { defaultBookFolder, loadBook } from '#libs/platform/load-book.js';
import { createLogger } from '#libs/platform/logger.js';
import { openScratchDatabase } from '../scratch-database.js';
import { Started } from '../started.js';

export interface DemoServer {
  readonly url: string;
  readonly database: OpenDatabase;
  readonly unionId: string;
  /** Every route that answers. */
  readonly routes: readonly Route[];
  readonly description: OpenAPIObject;
  /** Re-makes every decision of the demonstration. */
  replay(): Promise<ReplayResult>;
  stop(): Promise<void>;
}

const today = (): string => civilDateOf(systemClock.now());

/** The product over a scratch database with the demonstration union, on a free port; gone when it is stopped. */
export async function startDemoServer(
  config: Config,
  logger = createLogger(config.logLevel),
  http: HttpSettings = {},
): Promise<DemoServer> {
  const started = new Started();
  try {
    const database = await openScratchDatabase(config);
    started.onStop(() => database.stop());
    const documents = await mkdtemp(join(tmpdir(), 'wugang-demo-'));
    started.onStop(() => rm(documents, { recursive: true, force: true }));
    const bureau = await startBureauSimulator({ port: 0, today, history: demoHistory });
    started.onStop(() => bureau.stop());
    const services = openServices({
      appUrl: database.appUrl,
      secret: database.secret,
      clock: systemClock,
      ids: systemIds,
      bureau: openBureau(bureau.url, config.bureauTimeoutMs, today),
      documents: new FolderDocuments(documents),
      sessions: config.sessions,
      secureCookies: false,
    });
    started.onStop(() => services.close());
    await services.begin();
    const { tools, books } = services;
    const unionId = await createUnion(database.ownerUrl, DEMO_UNION, await loadBook(defaultBookFolder()), tools);
    await loadDemo(tools, unionId);
    const app = await createApp(services, logger, http);
    started.onStop(() => app.close());
    await app.listen(0, '127.0.0.1');
    return {
      url: await app.getUrl(),
      database,
      unionId,
      routes: routesOf(app),
      description: openApiDocument(app),
      replay: () => replayDecisions(tools.pool, books, unionId),
      stop: () => started.stopAll(),
    };
  } catch (cause) {
    await started.stopAll();
    throw cause;
  }
}
