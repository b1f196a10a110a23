import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import type { Fault } from '#libs/domain/problem.js';
import { CommandFailed } from '../output.js';

export interface ServerOptions {
  readonly server: string;
  readonly login: string;
  readonly code?: string;
}

interface Problem {
  readonly text?: { readonly en: string };
  readonly faults?: readonly Fault[];
}

/** How a command signs in: as one person, so that two people stay two. */
export const atServer = (command: Command): Command =>
  command
    .requiredOption('--login <login>', 'who acts; the password is read from WUGANG_PASSWORD')
    .option('--code <code>', 'of the second factor')
    .option('--server <url>', 'the running server', 'http://127.0.0.1:3000');

/** One signed-in person over HTTP. */
export class RulesClient {
  private constructor(
    private readonly url: string,
    private readonly cookie: string,
  ) {}

  static async signIn({ server, login, code }: ServerOptions): Promise<RulesClient> {
    const password = process.env['WUGANG_PASSWORD'];
    if (password === undefined) throw new CommandFailed(`set WUGANG_PASSWORD to the password of ${login}`);
    const response = await request(`${server}/api/v1/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login, password, ...(code === undefined ? {} : { code }) }),
    });
    await succeeded(response);
    return new RulesClient(`${server}/api/v1`, response.headers.getSetCookie()[0]?.split(';')[0] ?? '');
  }

  get<T>(path: string): Promise<T> {
    return this.send(path, { method: 'GET', headers: {} });
  }

  /** At the version that was seen, where one was. */
  post<T>(path: string, body: object = {}, version?: number): Promise<T> {
    const headers: Record<string, string> = { 'idempotency-key': randomUUID(), 'content-type': 'application/json' };
    if (version !== undefined) headers['if-match'] = `"${version}"`;
    return this.send(path, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  private async send<T>(path: string, init: RequestInit & { headers: Record<string, string> }): Promise<T> {
    const headers = { ...init.headers, cookie: this.cookie, 'accept-language': 'en' };
    return (await succeeded(await request(`${this.url}${path}`, { ...init, headers }))) as T;
  }
}

const request = (url: string, init: RequestInit): Promise<Response> =>
  fetch(url, init).catch((cause: Error) => {
    throw new CommandFailed(`${new URL(url).origin} cannot be reached: ${cause.message}`);
  });

/** The body of a success; a refusal as the server told it, with every fault. */
async function succeeded(response: Response): Promise<unknown> {
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return body;
  const { text, faults } = (body ?? {}) as Problem;
  throw new CommandFailed(text?.en ?? `the server answered ${response.status}`, faults);
}
