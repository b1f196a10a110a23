import type { Command } from 'commander';
import { createApp } from '#apps/api/create-app.js';
import { startWorker } from '#apps/worker/start-worker.js';
import { createUnion, republish } from '#libs/persistence/create-union.js';
import { decideDemoApplications } from '#libs/persistence/demo/demo-decisions.js';
import { DEMO_PASSWORD } from '#libs/persistence/demo/demo-staff.js';
import { DEMO_UNION, loadDemo } from '#libs/persistence/demo/load-demo.js';
import { type Services } from '#libs/persistence/services.js';
import { type Config, readConfig } from '#libs/platform/config.js';
import { type OpenDatabase, openDatabase } from '#libs/platform/database.js';
import { freePort } from '#libs/platform/embedded-postgres.js';
import { defaultBookFolder, loadBook } from '#libs/platform/load-book.js';
import { createLogger } from '#libs/platform/logger.js';
import { CommandFailed, printJson } from '../output.js';
import { startServices } from '../start-services.js';
import { Started } from '../started.js';
import { untilInterrupted } from '../until-interrupted.js';
import { type FirstAdministrator, firstAdministrator } from '../user/first-administrator.js';

export function addServe(wugang: Command): void {
  wugang
    .command('serve')
    .description('start the database, the API and the worker')
    .option('--demo', 'load a demonstration county union and a simulated credit bureau')
    .option('--no-worker', 'the API alone: `wugang worker` does the rest, here or elsewhere')
    .option('--json', 'print the address as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  wugang serve --demo\n  DATABASE_URL=postgresql://owner:secret@db/wugang PORT=8080 wugang serve',
    )
    .action(serve);
}

async function serve(options: { demo?: true; json?: true; worker: boolean }): Promise<void> {
  const config = readConfig(process.env);
  const logger = createLogger(config.logLevel);
  const interrupted = untilInterrupted(); // from here on Ctrl-C stops cleanly, even during start-up
  const started = new Started();
  try {
    await assertPortFree(config);
    const database = await openDatabase(config);
    started.onStop(() => database.stop());
    const services = await startServices(config, database, logger, options.demo === true, started);
    const first =
      options.demo === true ? await ensureDemo(database, services) : await ensureUnion(config, database, services);
    const app = await createApp(services, logger, config.http);
    started.onStop(() => app.close());
    if (options.worker) {
      const worker = await startWorker(services, { redisUrl: config.redisUrl, queueUrl: database.queueUrl }, logger);
      started.onStop(() => worker.stop());
    }
    await app.listen(config.port, config.host).catch((cause: NodeJS.ErrnoException) => {
      throw cause.code === 'EADDRINUSE' ? portTaken(config) : cause;
    });
    if (options.json === true) printJson({ url: await app.getUrl(), ...(first === null ? {} : { first }) });
    else announce(await app.getUrl(), options.demo === true, first);
    await interrupted;
  } finally {
    await started.stopAll();
  }
}

/** Founds the union of the settings where there is none, and gives its first administrator a one-time password. */
async function ensureUnion(
  { union }: Config,
  database: OpenDatabase,
  { tools }: Services,
): Promise<FirstAdministrator | null> {
  const known = await tools.pool.query<{ id: string }>('select id from county_union order by code limit 2');
  if (known.rows.length > 1) return null;
  const loaded = await loadBook(defaultBookFolder());
  const unionId = known.rows[0]?.id ?? (await createUnion(database.ownerUrl, union, loaded, tools));
  return firstAdministrator(tools, unionId);
}

async function ensureDemo(database: OpenDatabase, services: Services): Promise<null> {
  const { tools } = services;
  const loaded = await loadBook(defaultBookFolder());
  const unionId = await createUnion(database.ownerUrl, DEMO_UNION, loaded, tools);
  if (await loadDemo(tools, unionId)) await decideDemoApplications(services, unionId);
  // A demonstration of an earlier version is given the rules and parameters that ship now; a union's own never are.
  else await republish(database.ownerUrl, unionId, loaded, tools);
  return null;
}

const portTaken = (config: Config): CommandFailed =>
  new CommandFailed(`port ${config.port} is in use: set PORT to another one`);

/** A port in use is told before anything is started. */
async function assertPortFree(config: Config): Promise<void> {
  if (config.port === 0) return;
  await freePort(config.port, config.host).catch((cause: NodeJS.ErrnoException) => {
    throw cause.code === 'EADDRINUSE'
      ? portTaken(config)
      : new CommandFailed(`port ${config.port} cannot be used: ${cause.message}`);
  });
}

function announce(url: string, demo: boolean, first: FirstAdministrator | null): void {
  const lines = [`Wugang 五岗 serves at ${url}`, `  API description ${url}/docs`];
  if (demo) {
    lines.push(
      '  Demonstration logins (密码 password):',
      `    officer1 (township branch 乡镇社), officer9 (county town 城区社), officer12 (business department 营业部)   ${DEMO_PASSWORD}`,
      `    its deputy1, accountant1, director1; deliberation: officer2, deputy2, accountant2, deputy3   ${DEMO_PASSWORD}`,
      `    over authority: customer1, customer2, credit, vice, approval1 to approval3, president; lawyer, audit, admin   ${DEMO_PASSWORD}`,
      `    the rule book 规则书: maker, checker   ${DEMO_PASSWORD}`,
    );
  }
  if (first !== null)
    lines.push(
      `  First administrator 首个管理员: ${first.login}, one-time password 一次性密码 ${first.oneTimePassword}`,
    );
  lines.push('  Ctrl-C stops it.');
  process.stdout.write(`${lines.join('\n')}\n`);
}
