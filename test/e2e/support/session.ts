import { randomUUID } from 'node:crypto';
import supertest, { type Response, type Test } from 'supertest';
import type { ResponseChecker } from './response-checker.js';

type Server = Parameters<typeof supertest>[0];

interface Sending {
  readonly key?: string;
  readonly ifMatch?: string | number;
  readonly language?: 'zh' | 'en';
}

/** What one signed-in person does over HTTP. Every answer is held against the OpenAPI document. */
export class Session {
  constructor(
    private readonly server: Server,
    readonly cookie: string,
    private readonly check: ResponseChecker,
  ) {}

  get(path: string, sending: Sending = {}): Promise<Response> {
    return this.send('get', path, undefined, sending);
  }

  post(path: string, body?: object, sending: Sending = {}): Promise<Response> {
    return this.send('post', path, body, { key: randomUUID(), ...sending });
  }

  patch(path: string, body: object, sending: Sending): Promise<Response> {
    return this.send('patch', path, body, { key: randomUUID(), ...sending });
  }

  put(path: string, body: object): Promise<Response> {
    return this.send('put', path, body, {});
  }

  delete(path: string): Promise<Response> {
    return this.send('delete', path, undefined, {});
  }

  /** Sends a body that is no JSON, under its content type. */
  async upload(path: string, type: string, content: Buffer, key: string = randomUUID()): Promise<Response> {
    const response = await supertest(this.server)
      .post(path)
      .set('cookie', this.cookie)
      .set('idempotency-key', key)
      .set('content-type', type)
      .send(content);
    this.check('POST', path, response);
    return response;
  }

  async send(
    method: 'get' | 'post' | 'put' | 'patch' | 'delete',
    path: string,
    body: object | undefined,
    { key, ifMatch, language }: Sending,
  ): Promise<Response> {
    let test: Test = supertest(this.server)[method](path).set('cookie', this.cookie);
    if (key !== undefined) test = test.set('idempotency-key', key);
    if (ifMatch !== undefined) test = test.set('if-match', typeof ifMatch === 'number' ? `"${ifMatch}"` : ifMatch);
    if (language !== undefined)
      test = test.set('accept-language', language === 'zh' ? 'zh-CN,zh;q=0.9' : 'en-GB,en;q=0.9');
    const response = await (body === undefined ? test : test.send(body));
    this.check(method.toUpperCase(), path, response);
    return response;
  }
}
