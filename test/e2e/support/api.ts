import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import pg from 'pg';
import type { Logger } from 'pino';
import supertest from 'supertest';
import { createApp } from '#apps/api/create-app.js';
import { openApiDocument } from '#apps/api/openapi.js';
import { openServices, type Services, type ServicesOptions } from '#libs/persistence/services.js';
import { HttpBureau } from '#libs/platform/bureau/http-bureau.js';
import { type BureauSimulator, EMPTY_FILE, startBureauSimulator } from '#libs/platform/bureau/simulator.js';
import { systemIds } from '#libs/platform/clock.js';
import type { HttpSettings } from '#libs/platform/config.js';
import { FolderDocuments } from '#libs/platform/documents/folder-store.js';
import { createLogger } from '#libs/platform/logger.js';
import { SettableClock } from '#libs/testing/settable-clock.js';
import { cloneDatabase, type TestDatabase } from '#libs/testing/test-database.js';
import { TestRecords } from '#libs/testing/test-records.js';
import { foundTestUnion, loginOf, type StaffName, TEST_PASSWORD, type TestUnion } from '#libs/testing/test-union.js';
import type { BureauSummary } from '#libs/usecases/query-bureau.js';
import { responseChecker } from './response-checker.js';
import { Session } from './session.js';

export const NOW = '2026-11-24T02:00:00.000Z'; // ten in the morning in Shanghai
export const TODAY = '2026-11-24';

interface TestApiOptions
  extends Partial<
    Pick<
      ServicesOptions,
      'mailer' | 'sessions' | 'provider' | 'secondFactorRequired' | 'statementTimeoutMs' | 'impactShardDecisions'
    >
  > {
  readonly http?: HttpSettings;
  readonly logger?: Logger;
}

/** The API over a database, a bureau and a clock of its own, with one county union. */
export class TestApi {
  readonly records: TestRecords;

  private constructor(
    readonly app: NestFastifyApplication,
    readonly services: Services,
    readonly database: TestDatabase,
    readonly clock: SettableClock,
    readonly bureau: BureauSimulator,
    /** What the bureau has on file, by identity number; whoever is not in it is clean. */
    readonly files: Map<string, BureauSummary>,
    readonly union: TestUnion,
    /** Folder of the document store. */
    readonly documents: string,
  ) {
    this.records = new TestRecords(services.tools, union.unionId);
  }

  /** No caller is limited where `http` does not say so. */
  static async start({ http, logger, ...more }: TestApiOptions = {}): Promise<TestApi> {
    const database = await cloneDatabase();
    const clock = new SettableClock(new Date(NOW));
    const files = new Map<string, BureauSummary>();
    const today = () => TODAY;
    const documents = await mkdtemp(join(tmpdir(), 'wugang-documents-'));
    const history = (identityNumber: string) => ({ ...EMPTY_FILE, ...files.get(identityNumber) });
    const bureau = await startBureauSimulator({ port: 0, today, history, slowMs: 5000 });
    const services = openServices({
      appUrl: database.appUrl,
      secret: database.secret,
      clock,
      ids: systemIds,
      bureau: new HttpBureau({
        url: bureau.url,
        timeoutMs: 300,
        attempts: 2,
        breakAfter: 4,
        halfOpenAfterMs: 200,
        today,
      }),
      documents: new FolderDocuments(documents),
      sessions: { hours: 8, idleMinutes: 480 },
      secureCookies: false,
      poolSize: 8,
      ...more,
    });
    await services.begin();
    const union = await foundTestUnion(services.tools, database.ownerUrl);
    const app = await createApp(services, logger ?? createLogger('error'), http);
    return new TestApi(app, services, database, clock, bureau, files, union, documents);
  }

  /** Founds another county union in the same database. */
  anotherUnion(code: string): Promise<TestUnion> {
    return foundTestUnion(this.services.tools, this.database.ownerUrl, code);
  }

  request(): ReturnType<typeof supertest> {
    return supertest(this.app.getHttpServer());
  }

  signIn(name: StaffName, code = 'TEST'): Promise<Session> {
    return this.sessionOf(loginOf(code, name), TEST_PASSWORD);
  }

  async sessionOf(login: string, password: string): Promise<Session> {
    const answer = await this.request().post('/api/v1/sessions').send({ login, password }).expect(201);
    const [cookie = ''] = answer.headers['set-cookie'] as unknown as string[];
    return new Session(
      this.app.getHttpServer(),
      cookie.split(';')[0] ?? '',
      responseChecker(openApiDocument(this.app)),
    );
  }

  /** As the owner of the database, in the union. */
  async asOwner<T>(work: (owner: pg.Client) => Promise<T>): Promise<T> {
    const owner = new pg.Client(this.database.ownerUrl);
    await owner.connect();
    try {
      await owner.query(`select set_config('app.union_id', $1, false)`, [this.union.unionId]);
      return await work(owner);
    } finally {
      await owner.end();
    }
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.services.close();
    await this.bureau.stop();
    await this.database.drop();
    await rm(this.documents, { recursive: true, force: true });
  }
}
