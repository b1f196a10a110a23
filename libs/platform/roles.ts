import { createHash } from 'node:crypto';
import type { Client } from 'pg';

/** The role that owns nothing and is held by row-level security, and the role that owns the queue's schema alone. */
const ROLES = { app: 'wugang_app', queue: 'wugang_queue' } as const;
type RoleName = keyof typeof ROLES;

/**
 * Each installation signs in with roles of its own, named after its secret, and then acts as the two above: two
 * installations on one server, a test beside production say, do not take each other's passwords away.
 */
const loginOf = (name: RoleName, secret: Uint8Array): string =>
  `${ROLES[name]}_${digest('login', secret).slice(0, 12)}`;

const passwordOf = (secret: Uint8Array): string => digest('password', secret);

const digest = (purpose: string, secret: Uint8Array): string =>
  createHash('sha256').update(`wugang database role ${purpose}\0`).update(secret).digest('hex');

function urlAs(name: RoleName, ownerUrl: string, secret: Uint8Array): string {
  const url = new URL(ownerUrl);
  url.username = loginOf(name, secret);
  url.password = passwordOf(secret);
  return url.toString();
}

export interface RoleUrls {
  readonly appUrl: string;
  readonly queueUrl: string;
}

/** The addresses of a database for the application and for the job queue, known from the secret alone. */
export const roleUrls = (ownerUrl: string, secret: Uint8Array): RoleUrls => ({
  appUrl: urlAs('app', ownerUrl, secret),
  queueUrl: urlAs('queue', ownerUrl, secret),
});

/**
 * Makes the two roles, and the installation's sign-in roles that may act as them and as nothing else. What is there
 * already is left as it is: a sign-in role's name and password come from the same secret.
 */
export async function makeRoles(owner: Client, secret: Uint8Array): Promise<void> {
  for (const name of Object.keys(ROLES) as RoleName[]) {
    await createRole(owner, ROLES[name], 'nologin');
    const login = loginOf(name, secret);
    await createRole(owner, login, `login password ${owner.escapeLiteral(passwordOf(secret))}`);
    const member = await owner.query(`select from pg_roles where rolname = $1 and pg_has_role(oid, $2, 'member')`, [
      login,
      ROLES[name],
    ]);
    if (member.rowCount !== 0) continue;
    await unlessRaced(owner, `grant ${ROLES[name]} to ${owner.escapeIdentifier(login)}`);
    await unlessRaced(owner, `alter role ${owner.escapeIdentifier(login)} set role = ${ROLES[name]}`);
  }
}

async function createRole(owner: Client, name: string, access: string): Promise<void> {
  const known = await owner.query('select from pg_roles where rolname = $1', [name]);
  if (known.rowCount !== 0) return;
  const privileges = 'nosuperuser nocreatedb nocreaterole noinherit';
  await unlessRaced(owner, `create role ${owner.escapeIdentifier(name)} ${privileges} ${access}`);
}

/** duplicate_object, and its forms where two sessions do the same to a shared catalogue at once. */
const RACED = ['42710', '23505', 'XX000'];

/** Roles belong to the whole server: another database's start-up may do the same at the same moment. */
async function unlessRaced(owner: Client, statement: string): Promise<void> {
  await owner.query(statement).catch((cause: { code?: string }) => {
    if (!RACED.includes(cause.code ?? '')) throw cause;
  });
}
