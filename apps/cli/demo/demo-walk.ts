import type { Bilingual, Language } from '#libs/domain/text.js';
import { CommandFailed } from '../output.js';
import type { DemoAnswer, DemoClient } from './demo-client.js';

export interface DemoResult {
  readonly case: string;
  readonly outcome: 'released' | 'refused';
  readonly clause: string;
  readonly steps: readonly string[];
}

/** Who acts at each post of the demonstration's first branch, within its authority and over it. */
export const POSTS = {
  within: {
    investigators: ['officer1'],
    reviewers: ['deputy1'],
    members: ['officer2', 'deputy2', 'accountant2', 'deputy3'],
    approver: 'director1',
  },
  over: {
    investigators: ['customer1', 'customer2'],
    reviewers: ['credit', 'vice'],
    members: ['approval1', 'approval2', 'approval3'],
    approver: 'president',
  },
} as const;
export type Route = keyof typeof POSTS;

/** One application on its way: who did what, told in words. */
export class DemoWalk {
  readonly steps: string[] = [];
  id = '';

  constructor(
    readonly client: DemoClient,
    private readonly language: Language,
    readonly route: Route,
    readonly amountFen: number,
  ) {}

  get posts(): (typeof POSTS)[Route] {
    return POSTS[this.route];
  }

  say(zh: string, en: string): void {
    this.steps.push({ zh, en }[this.language]);
  }

  /** The answer, which must be a success; else the demonstration has failed, with what the server said. */
  must({ status, body }: DemoAnswer, what: string): DemoAnswer['body'] {
    if (status >= 200 && status < 300) return body;
    throw new CommandFailed(
      `${what}: ${status} ${JSON.stringify(body?.text ?? body)} ${JSON.stringify(body?.faults ?? '')}`,
    );
  }

  /** The answer, which must be a refusal; gives its clause. */
  refused({ status, body }: DemoAnswer, what: string): { clause: string; text: Bilingual } {
    if (status < 400) throw new CommandFailed(`${what} should have been refused and was not`);
    return { clause: body.clause ?? '', text: body.text };
  }

  async version(): Promise<number> {
    return this.must(await this.client.get('audit', `/applications/${this.id}`), 'reading the application').version;
  }

  /** A command on the application at its present version. */
  async act(login: string, path: string, body?: object): Promise<DemoAnswer> {
    return this.client.post(login, `/applications/${this.id}/${path}`, body, await this.version());
  }

  async do(login: string, path: string, body?: object): Promise<DemoAnswer['body']> {
    return this.must(await this.act(login, path, body), `${login} at ${path}`);
  }

  /** Adds a paper, whose content is its own text; gives its id. */
  async paper(kind: string, text: string): Promise<string> {
    const [officer] = POSTS.within.investigators;
    const path = `/applications/${this.id}/documents?kind=${kind}&fileName=${kind}.pdf`;
    const content = Buffer.from(`%PDF-1.7\n% ${text} ${this.id}\n%%EOF\n`);
    return this.must(await this.client.upload(officer, path, content), `paper ${kind}`).id;
  }

  yuan(): string {
    return (this.amountFen / 100).toLocaleString('en-US');
  }
}
