import type pg from 'pg';
import type { Clock, IdSource } from '../domain/clock.js';
import { signText } from '../platform/anchor-signature.js';
import type { DocumentStore } from '../platform/documents/document-store.js';
import { Previews } from '../platform/documents/previews.js';
import type { KeptFiles } from '../platform/kept-files/kept-files.js';
import type { Mailer } from '../platform/mail/mailer.js';
import type { IdentityProvider } from '../platform/oidc/identity-provider.js';
import { Pages } from '../platform/pages/pages.js';
import { PersonalDataVault } from '../platform/personal-data.js';
import { Gates } from '../rules/gates.js';
import type { SignRules } from '../usecases/publish-rule-draft.js';
import type { CreditBureau } from '../usecases/query-bureau.js';
import { BookStore } from './book-store.js';
import { type SessionLife, SessionStore } from './identity/session-store.js';
import { SignInStore } from './identity/sign-in-store.js';
import { SHARD_DECISIONS } from './impact/over-decisions.js';
import { followKeyRing, learnKeys } from './key-ring.js';
import { createPool } from './pool.js';
import { openPrisma } from './prisma.js';
import { sealAccountNumbers } from './seal-account-numbers.js';
import type { PersistenceTools } from './tools.js';

const BULK_CONNECTIONS = 4;

/** What long work over many rows is done with. */
export interface BulkWork {
  /** Its statements take as long as they take. */
  readonly pool: pg.Pool;
  /** Past decisions in one part of an impact run. */
  readonly shardDecisions: number;
  /** Facts that earlier runs have taken apart; null where none are kept. */
  readonly kept: KeptFiles | null;
}

/** What the API and the worker work with; made once for a process. */
export interface Services {
  readonly tools: PersistenceTools;
  readonly books: BookStore;
  readonly gates: Gates;
  readonly signIn: SignInStore;
  readonly sessions: SessionStore;
  /** Null where nobody signs in by the identity provider of the bank. */
  readonly provider: IdentityProvider | null;
  /** Whether who signs in by password must have a second factor. */
  readonly secondFactorRequired: boolean;
  readonly bureau: CreditBureau;
  readonly documents: DocumentStore;
  readonly previews: Previews;
  readonly pages: Pages;
  /** Null where the installation mails nothing. */
  readonly mailer: Mailer | null;
  readonly bulk: BulkWork;
  /** Signs what is put in force. */
  readonly signRules: SignRules;
  readonly clock: Clock;
  /** Cookies are marked Secure where the service is reached over TLS. */
  readonly secureCookies: boolean;
  /** Learns the installation's keys, and goes on learning them. Before anything is served. */
  begin(): Promise<void>;
  /** Whether the database answers. */
  ready(): Promise<boolean>;
  close(): Promise<void>;
}

export interface ServicesOptions {
  readonly appUrl: string;
  readonly secret: Uint8Array;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly bureau: CreditBureau;
  readonly documents: DocumentStore;
  readonly mailer?: Mailer | null;
  readonly sessions: SessionLife;
  readonly provider?: IdentityProvider | null;
  readonly secondFactorRequired?: boolean;
  readonly secureCookies: boolean;
  readonly poolSize?: number;
  /** A statement that takes longer is cut. Undefined: none is. */
  readonly statementTimeoutMs?: number;
  /** Past decisions in one part of an impact run. */
  readonly impactShardDecisions?: number;
  /** Facts that earlier runs have taken apart; none are kept where left out. */
  readonly keptFacts?: KeptFiles | null;
  readonly onError?: (error: Error) => void;
}

/** Opens pool and stores over one database. */
export function openServices(options: ServicesOptions): Services {
  let closing = false;
  // A connection that is cut while it is being closed is what was asked for.
  const onError = (error: Error): void => (closing ? undefined : options.onError?.(error));
  const limits = options.statementTimeoutMs === undefined ? undefined : { statementMs: options.statementTimeoutMs };
  const pool = createPool(options.appUrl, options.poolSize ?? 20, onError, limits);
  const prisma = openPrisma(pool);
  const { clock, ids, bureau, documents, secureCookies } = options;
  // Books are read by connections of their own: a decision that holds one of the pool's must never wait for a second.
  const bookPool = createPool(options.appUrl, 1, onError, limits);
  const bulkPool = createPool(options.appUrl, BULK_CONNECTIONS, onError);
  const previews = new Previews();
  const pages = new Pages();
  const tools = { pool, prisma, vault: new PersonalDataVault(options.secret), clock, ids };
  let stopFollowing = (): void => {};
  return {
    tools,
    books: new BookStore(bookPool, ids, options.secret),
    gates: new Gates(),
    signIn: new SignInStore(tools, options.sessions),
    sessions: new SessionStore(tools, options.sessions),
    provider: options.provider ?? null,
    secondFactorRequired: options.secondFactorRequired ?? false,
    bureau,
    documents,
    previews,
    pages,
    mailer: options.mailer ?? null,
    bulk: {
      pool: bulkPool,
      shardDecisions: options.impactShardDecisions ?? SHARD_DECISIONS,
      kept: options.keptFacts ?? null,
    },
    signRules: (text) => signText(options.secret, text, 'rule books'),
    clock,
    secureCookies,
    async begin() {
      await learnKeys(pool, tools.vault);
      await sealAccountNumbers(pool, tools.vault);
      stopFollowing = followKeyRing(pool, tools.vault, onError);
    },
    ready: () =>
      pool.query('select 1').then(
        () => true,
        () => false,
      ),
    async close() {
      closing = true;
      stopFollowing();
      options.mailer?.close();
      await previews.close();
      await pages.close();
      await prisma.$disconnect();
      await bookPool.end();
      await bulkPool.end();
      if (!pool.ended) await pool.end();
    },
  };
}
