import { randomUUID } from 'node:crypto';
import { DEMO_PASSWORD } from '#libs/persistence/demo/demo-staff.js';
import { CommandFailed } from '../output.js';

/** What a server answered. */
export interface DemoAnswer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: the shapes are the OpenAPI document's, read by what each step needs
  readonly body: any;
}

/** People of the demonstration union, each signed in once, over HTTP. */
export class DemoClient {
  private readonly cookies = new Map<string, Promise<string>>();

  constructor(private readonly url: string) {}

  async get(login: string, path: string): Promise<DemoAnswer> {
    return this.send('GET', login, path, {});
  }

  post(login: string, path: string, body?: object, version?: number, key: string = randomUUID()): Promise<DemoAnswer> {
    const headers: Record<string, string> = { 'idempotency-key': key };
    if (body !== undefined) headers['content-type'] = 'application/json';
    if (version !== undefined) headers['if-match'] = `"${version}"`;
    return this.send('POST', login, path, headers, body === undefined ? undefined : JSON.stringify(body));
  }

  upload(login: string, path: string, content: Buffer): Promise<DemoAnswer> {
    const headers = { 'idempotency-key': randomUUID(), 'content-type': 'application/pdf' };
    return this.send('POST', login, path, headers, new Uint8Array(content));
  }

  protected async send(
    method: string,
    login: string,
    path: string,
    headers: Record<string, string>,
    body?: string | Uint8Array<ArrayBuffer>,
  ): Promise<DemoAnswer> {
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: { ...headers, cookie: await this.cookieOf(login), 'accept-language': 'en' },
      ...(body === undefined ? {} : { body }),
    }).catch((cause: Error) => {
      throw new CommandFailed(`${this.url} cannot be reached: ${cause.message}`);
    });
    return { status: response.status, body: await response.json().catch(() => null) };
  }

  private cookieOf(login: string): Promise<string> {
    const known = this.cookies.get(login) ?? this.signIn(login);
    this.cookies.set(login, known);
    known.catch(() => this.cookies.delete(login)); // the next one tries anew
    return known;
  }

  private async signIn(login: string): Promise<string> {
    const response = await fetch(`${this.url}/api/v1/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login, password: DEMO_PASSWORD }),
    }).catch((cause: Error) => {
      throw new CommandFailed(`${this.url} cannot be reached: ${cause.message}`);
    });
    if (response.status !== 201)
      throw new CommandFailed(`${login} cannot sign in at ${this.url}: it does not serve the demonstration union`);
    return response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  }
}
