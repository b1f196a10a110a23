import type pg from 'pg';
import { DEMO_PASSWORD } from '#libs/persistence/demo/demo-staff.js';
import { openVault } from '#libs/persistence/key-ring.js';

const SEALED_SQL = `
select 'identity number' as what, identity_cipher as cipher from party where identity_cipher is not null
union all select 'phone', phone_cipher from party where phone_cipher is not null
union all select 'account number', account_cipher from deposit_account where account_cipher is not null`;

/** Numbers shorter than this stand for many things, and are not looked for. */
const SHORTEST = 8;

/** Every secret of people that is in the database sealed, in the clear, with what it is; and the password of all accounts. */
export async function knownSecrets(owner: pg.Client, secret: Uint8Array): Promise<ReadonlyMap<string, string>> {
  const vault = await openVault(owner, secret);
  const found = await owner.query<{ what: string; cipher: Buffer }>(SEALED_SQL);
  const opened = found.rows.map(({ what, cipher }) => [vault.decrypt(cipher), what] as const);
  return new Map([...opened.filter(([text]) => text.length >= SHORTEST), [DEMO_PASSWORD, 'password']]);
}

/** The secrets that a text holds in the clear, as `what`: never the secret itself. */
export function secretsIn(text: string, secrets: ReadonlyMap<string, string>): string[] {
  const words = new Set(text.match(/[0-9A-Za-z-]{8,}/g));
  return [...words].flatMap((word) => {
    const parts = [word, ...word.split('-')];
    return parts.flatMap((part) => secrets.get(part) ?? []).slice(0, 1);
  });
}
