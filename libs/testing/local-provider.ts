import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';
import supertest from 'supertest';

/** Who is at the browser, as the provider knows them. */
interface Person {
  readonly subject: string;
  readonly username: string;
}

/** A real OpenID Connect provider on this machine, with its own sign-in pages, and a browser that fills them in. */
export class LocalProvider {
  readonly clientId = 'wugang';
  readonly clientSecret = 'a-secret-between-provider-and-gate';
  private readonly people = new Map<string, Person>();

  private constructor(
    private readonly server: Server,
    readonly issuer: string,
  ) {}

  static async start(publicUrl: string): Promise<LocalProvider> {
    const server = createServer();
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const it = new LocalProvider(server, issuer);
    const provider = new Provider(issuer, {
      clients: [
        {
          client_id: it.clientId,
          client_secret: it.clientSecret,
          redirect_uris: [`${publicUrl}/api/v1/sessions/oidc/callback`],
          token_endpoint_auth_method: 'client_secret_post',
        },
      ],
      claims: { openid: ['sub'], profile: ['preferred_username'] },
      conformIdTokenClaims: false,
      cookies: { keys: ['a-key-for-cookies-of-tests'] },
      findAccount: (_, subject) => ({
        accountId: subject,
        claims: () => ({ sub: subject, preferred_username: it.people.get(subject)?.username }),
      }),
    });
    server.on('request', provider.callback());
    return it;
  }

  /** Signs a person in at the provider from where the gate sent the browser; the query that it comes back with. */
  async signIn(url: string, person: Person): Promise<string> {
    this.people.set(person.subject, person);
    const browser = supertest.agent(this.issuer);
    let next = url;
    for (let step = 0; step < 10; step += 1) {
      if (!next.startsWith(this.issuer)) return new URL(next).search.slice(1);
      const path = next.slice(this.issuer.length);
      const page = await browser.get(path).redirects(0);
      const { location } = page.headers;
      next =
        location === undefined
          ? await this.fillIn(browser, path, page.text, person)
          : new URL(location, this.issuer).href;
    }
    throw new Error('the provider did not send the browser back');
  }

  private async fillIn(
    browser: ReturnType<typeof supertest.agent>,
    path: string,
    page: string,
    { subject }: Person,
  ): Promise<string> {
    const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1] ?? '';
    const answer = await browser.post(path).type('form').redirects(0).send({ prompt, login: subject, password: 'any' });
    return new URL(answer.headers['location'] ?? '', this.issuer).href;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
  }
}
