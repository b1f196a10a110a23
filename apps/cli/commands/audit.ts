import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { z } from 'zod';
import { createPool } from '#libs/persistence/pool.js';
import { type AuditAnchor, type AuditBreach, verifyAudit } from '#libs/persistence/verify-audit.js';
import { isOurs, signText } from '#libs/platform/anchor-signature.js';
import { systemClock } from '#libs/platform/clock.js';
import { readConfig } from '#libs/platform/config.js';
import { openDatabase } from '#libs/platform/database.js';
import { CommandFailed, printJson, startProgress } from '../output.js';

/** A row is sealed within a second; one that waits longer than this is told of. */
const SEALED_WITHIN_MS = 60_000;

const anchorFile = z.strictObject({ text: z.string(), signature: z.string(), publicKey: z.string() });
const anchorText = z.strictObject({
  at: z.string(),
  heads: z.array(z.strictObject({ unionId: z.uuid(), sequence: z.int().min(1), hash: z.string() })),
});

export function addAudit(wugang: Command): void {
  const audit = wugang.command('audit').description('the audit trail and its chain');
  audit
    .command('verify')
    .description('walk the chain of every union; tell each row that was edited, removed, reordered or never sealed')
    .option('--anchor <file>', 'a signed anchor that the chain must still hold')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', '\nExample:\n  wugang audit verify --anchor anchors/2026-11-25.json --json')
    .action(verify);
  audit
    .command('anchor')
    .description('print the newest link of every union, signed: keep it outside, day by day')
    .option('--json', 'print it as JSON (it is JSON anyway)')
    .addHelpText('after', '\nExample:\n  wugang audit anchor > anchors/$(date +%F).json')
    .action(anchor);
}

interface Walked {
  readonly rows: number;
  readonly broken: readonly AuditBreach[];
  readonly heads: readonly AuditAnchor[];
  readonly secret: Uint8Array;
}

/** Walks every union's chain; `anchorsOf` reads what must still be in it, once the installation's secret is known. */
async function walk(anchorsOf: (secret: Uint8Array) => Promise<readonly AuditAnchor[]>): Promise<Walked> {
  const database = await openDatabase(readConfig(process.env));
  const pool = createPool(database.appUrl, 2);
  const progress = startProgress();
  try {
    const anchors = await anchorsOf(database.secret);
    const unions = await pool.query<{ id: string }>('select id from county_union order by code');
    const broken: AuditBreach[] = [];
    const heads: AuditAnchor[] = [];
    let rows = 0;
    for (const { id } of unions.rows) {
      const base = rows;
      const result = await verifyAudit(pool, id, {
        sealedBefore: new Date(systemClock.now().getTime() - SEALED_WITHIN_MS),
        anchors,
        onProgress: (done) => progress.update(base + done, base + done, 'verifying'),
      });
      rows += result.rows;
      broken.push(...result.broken);
      if (result.head !== null) heads.push(result.head);
    }
    return { rows, broken, heads, secret: database.secret };
  } finally {
    progress.stop();
    await pool.end();
    await database.stop();
  }
}

/** A broken chain makes the command fail, so that a nightly run is noticed. */
async function verify({ anchor: file, json }: { anchor?: string; json?: true }): Promise<void> {
  const { rows, broken } = await walk(async (secret) => (file === undefined ? [] : readAnchor(file, secret)));
  if (json === true) printJson({ rows, broken });
  else {
    process.stdout.write(`${rows} audit rows, ${broken.length} broken\n`);
    for (const { what, sequence, auditId } of broken)
      process.stdout.write(`  ${what} ${sequence ?? 'in no chain'} ${auditId ?? ''}\n`);
  }
  if (broken.length > 0) process.exitCode = 1;
}

async function anchor(): Promise<void> {
  const { heads, broken, secret } = await walk(async () => []);
  if (broken.length > 0)
    throw new CommandFailed('the chain is broken: no anchor is made of it; see wugang audit verify');
  printJson(signText(secret, JSON.stringify({ at: systemClock.now().toISOString(), heads })));
}

async function readAnchor(file: string, secret: Uint8Array): Promise<readonly AuditAnchor[]> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new CommandFailed(`${file} cannot be read`);
  });
  try {
    const signed = anchorFile.parse(JSON.parse(text));
    if (isOurs(secret, signed)) return anchorText.parse(JSON.parse(signed.text)).heads;
  } catch {
    throw new CommandFailed(`${file} is no anchor`);
  }
  throw new CommandFailed(`${file} was not signed by this installation`);
}
