import type { Logger } from 'pino';
import { civilDateOf } from '#libs/domain/civil-date.js';
import { demoHistory } from '#libs/persistence/demo/demo-history.js';
import { openServices, type Services } from '#libs/persistence/services.js';
import { openBureau } from '#libs/platform/bureau/open-bureau.js';
import { startBureauSimulator } from '#libs/platform/bureau/simulator.js';
import { systemClock, systemIds } from '#libs/platform/clock.js';
import type { Config } from '#libs/platform/config.js';
import type { OpenDatabase } from '#libs/platform/database.js';
import { openDocuments } from '#libs/platform/documents/open-documents.js';
import { openKeptFacts } from '#libs/platform/kept-files/open-kept-facts.js';
import { smtpMailer } from '#libs/platform/mail/mailer.js';
import { IdentityProvider } from '#libs/platform/oidc/identity-provider.js';
import type { Started } from './started.js';

const today = (): string => civilDateOf(systemClock.now());

/** What API and worker work with, as the settings say; a demonstration without a bureau is given a simulated one. */
export async function startServices(
  config: Config,
  database: OpenDatabase,
  logger: Logger,
  demo: boolean,
  started: Started,
): Promise<Services> {
  let { bureauUrl } = config;
  if (demo && bureauUrl === undefined) {
    const simulator = await startBureauSimulator({ port: 0, today, history: demoHistory });
    started.onStop(() => simulator.stop());
    bureauUrl = simulator.url;
  }
  const services = openServices({
    appUrl: database.appUrl,
    secret: database.secret,
    clock: systemClock,
    ids: systemIds,
    bureau: openBureau(bureauUrl, config.bureauTimeoutMs, today),
    documents: openDocuments(config),
    mailer: config.smtpUrl === undefined ? null : smtpMailer(config.smtpUrl, config.mailFrom),
    sessions: config.sessions,
    provider: config.provider === undefined ? null : new IdentityProvider(config.provider),
    secondFactorRequired: config.secondFactorRequired,
    statementTimeoutMs: config.statementTimeoutMs,
    ...(config.impactShardDecisions === undefined ? {} : { impactShardDecisions: config.impactShardDecisions }),
    keptFacts: openKeptFacts(config, database.secret, (err) => logger.warn({ err: err.message }, 'kept facts')),
    secureCookies: config.nodeEnv === 'production',
    onError: (err) => logger.error({ err: err.message }, 'database pool'),
  });
  started.onStop(() => services.close());
  await services.begin();
  return services;
}
