import type { Command } from 'commander';
import { openAccountBody } from '#libs/contracts/http/sessions.js';
import {
  type AccountChange,
  type AccountView,
  type AccountWithPassword,
  changeAccount,
  openAccount,
  resetPassword,
} from '#libs/usecases/accounts.js';
import { CommandFailed, printJson } from '../output.js';
import { accountIdOf, orFail, withAccounts } from '../user/with-accounts.js';

interface Options {
  union?: string;
  json?: true;
}

const CHANGES: Readonly<Record<AccountChange, string>> = {
  disable: 'shut an account; its sessions end',
  enable: 'open a shut account again',
  unlock: 'lift the lock after failed sign-ins',
  'remove-second-factor': 'take a lost second factor away; sessions end',
};

export function addUser(wugang: Command): void {
  const user = wugang.command('user').description('accounts that sign in; what they may do follows from appointments');
  const sub = (name: string, description: string): Command =>
    user
      .command(name)
      .description(description)
      .option('--union <code>', 'county union; needed where there are several')
      .option('--json', 'print the result as JSON');
  sub('list', 'list the accounts').addHelpText('after', '\nExample:\n  wugang user list --json').action(list);
  sub('add <login>', 'open an account with a one-time password')
    .requiredOption('--staff-no <number>', 'whose account it is')
    .addHelpText('after', '\nExample:\n  wugang user add zhang.wei --staff-no S017')
    .action(add);
  sub('reset-password <login>', 'give a new one-time password; sessions end').action(reset);
  for (const [change, description] of Object.entries(CHANGES) as [AccountChange, string][])
    sub(`${change} <login>`, description).action((login: string, options: Options) => apply(change, login, options));
}

async function list({ union, json }: Options): Promise<void> {
  const accounts = await withAccounts(union, ({ store }) => store.accounts({ after: null, limit: 10_000 }));
  if (json === true) printJson(accounts);
  else for (const account of accounts) process.stdout.write(`${lineOf(account)}\n`);
}

async function add(login: string, { staffNo, union, json }: Options & { staffNo: string }): Promise<void> {
  const named = openAccountBody.shape.login.safeParse(login);
  if (!named.success) throw new CommandFailed(`login ${login}: ${named.error.issues[0]?.message}`);
  const opened = await withAccounts(union, async ({ sql, store, actor }) => {
    const staff = await sql.query<{ id: string }>('select id from staff where union_id = $1 and staff_no = $2', [
      actor.unionId,
      staffNo,
    ]);
    const staffId = staff.rows[0]?.id;
    if (staffId === undefined) throw new CommandFailed(`no member of staff ${staffNo}`);
    return orFail(await openAccount(store, actor, { staffId, login: named.data }));
  }).catch((cause: { code?: string }) => {
    throw cause.code === '23505' ? new CommandFailed(`login ${login} is taken`) : cause;
  });
  told(opened, json);
}

async function reset(login: string, { union, json }: Options): Promise<void> {
  const found = await withAccounts(union, async (work) =>
    orFail(await resetPassword(work.store, work.actor, { id: await accountIdOf(work, login) })),
  );
  told(found, json);
}

async function apply(change: AccountChange, login: string, { union, json }: Options): Promise<void> {
  const account = await withAccounts(union, async (work) =>
    orFail(await changeAccount(work.store, work.actor, { id: await accountIdOf(work, login), change })),
  );
  if (json === true) printJson(account);
  else process.stdout.write(`${lineOf(account)}\n`);
}

function told(account: AccountWithPassword, json: true | undefined): void {
  if (json === true) printJson(account);
  else process.stdout.write(`${lineOf(account)}\none-time password ${account.oneTimePassword}\n`);
}

function lineOf({
  login,
  staffNo,
  name,
  disabled,
  lockedUntil,
  passwordOneTime,
  secondFactor,
  boundToProvider,
}: AccountView) {
  const states = [
    disabled && 'disabled',
    lockedUntil !== null && `locked until ${lockedUntil}`,
    passwordOneTime && 'one-time password',
    secondFactor && 'second factor',
    boundToProvider && 'identity provider',
  ].filter((state) => state !== false);
  return [login.padEnd(24), staffNo.padEnd(10), name, ...states].join('  ');
}
