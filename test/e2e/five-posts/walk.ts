import { randomUUID } from 'node:crypto';
import type { Response } from 'supertest';
import type { StaffName } from '#libs/testing/test-union.js';
import { type TestApi, TODAY } from '../support/api.js';
import { must, takeIn } from '../support/journey.js';
import type { Session } from '../support/session.js';

export const LIMIT = 10_000_000; // what the township branch may lend by itself: 100,000.00

export const report = {
  visitedOn: TODAY,
  place: '青石乡一社',
  monthlyIncomeFen: 800_000,
  purposeVerified: true,
  evidence: ['ARCHIVE-1'],
  recommendation: 'support',
  opinion: '收入稳定，用途真实',
};
export const complete = {
  identity: true,
  household: true,
  incomeEvidence: true,
  purposeEvidence: true,
  bureauReport: true,
  securityPapers: true,
};
export const terms = (amountFen: number, change: object = {}) => ({
  amountFen,
  termMonths: 24,
  rateTenThousandths: 60_000,
  method: 'equal_payment',
  dayCount: 'thirty_360',
  payee: '县农资公司',
  paymentMode: 'entrusted',
  conditions: [],
  ...change,
});

/** Whoever acts at each post on a route. */
export const PEOPLE: Readonly<
  Record<
    'within' | 'over',
    { investigator: StaffName; second: StaffName; reviewers: StaffName[]; members: StaffName[]; approver: StaffName }
  >
> = {
  within: {
    investigator: 'qingshiOfficer',
    second: 'qingshiOfficer2',
    reviewers: ['qingshiDeputy'],
    members: ['qingshiMember1', 'qingshiMember2', 'qingshiMember3'],
    approver: 'qingshiDirector',
  },
  over: {
    investigator: 'customer1',
    second: 'customer2',
    reviewers: ['creditHead', 'vicePresident'],
    members: ['approval1', 'approval2', 'approval3'],
    approver: 'president',
  },
};

/** Takes applications through the five posts as their people do; each step must succeed. */
export class Walk {
  private readonly sessions = new Map<StaffName, Promise<Session>>();

  constructor(private readonly api: TestApi) {}

  as(name: StaffName): Promise<Session> {
    const known = this.sessions.get(name) ?? this.api.signIn(name);
    this.sessions.set(name, known);
    return known;
  }

  /** Signs in anew: a session ends where the clock moves far. */
  forget(name: StaffName): void {
    this.sessions.delete(name);
  }

  async version(id: string): Promise<number> {
    const auditor = await this.as('auditor');
    return must(200, await auditor.get(`/api/v1/applications/${id}`)).body.version;
  }

  /** A command at the present version, whatever comes of it. */
  async act(name: StaffName, id: string, path: string, body?: object, version?: number): Promise<Response> {
    const session = await this.as(name);
    return session.post(`/api/v1/applications/${id}/${path}`, body, { ifMatch: version ?? (await this.version(id)) });
  }

  async accepted(amountFen = 2_000_000, customerId?: string, more: object = {}): Promise<string> {
    const { qingshi } = this.api.union.units;
    const customer = customerId ?? (await this.api.records.customer(qingshi, { monthlyIncomeFen: 50_000_000 })).id;
    const guarantor = await this.api.records.customer(qingshi);
    const decision = await takeIn(await this.as('qingshiOfficer'), {
      branchId: qingshi,
      customerId: customer,
      amountFen,
      guarantorIds: [guarantor.id],
      ...more,
    });
    const id = decision.body.applicationId;
    for (const kind of ['identity', 'income_evidence', 'purpose_evidence']) await this.paper(id, kind);
    return id;
  }

  /** Adds a paper of a kind; each has a content of its own. Gives its id. */
  async paper(id: string, kind: string, text: string = randomUUID()): Promise<string> {
    const officer = await this.as('qingshiOfficer');
    const path = `/api/v1/applications/${id}/documents?kind=${kind}&fileName=${kind}.pdf`;
    return must(201, await officer.upload(path, 'application/pdf', Buffer.from(`%PDF-1.7\n% ${text}\n%%EOF\n`))).body
      .id;
  }

  async investigated(id: string, route: 'within' | 'over' = 'within'): Promise<string> {
    const { investigator, second } = PEOPLE[route];
    const filed = must(200, await this.act(investigator, id, 'investigation', report));
    if (filed.body.stage === 'investigation') {
      must(200, await this.act(second, id, 'investigation/confirmation', { opinion: '同行实地调查，情况属实' }));
    }
    return id;
  }

  /** The review's check, whatever it finds. */
  async checked(id: string, reviewer: StaffName = 'qingshiDeputy'): Promise<Response> {
    return must(201, await this.act(reviewer, id, 'review-checks'));
  }

  async reviewed(id: string, route: 'within' | 'over' = 'within'): Promise<string> {
    await this.checked(id, PEOPLE[route].reviewers[0]);
    for (const reviewer of PEOPLE[route].reviewers) {
      must(200, await this.act(reviewer, id, 'review', { checklist: complete, opinion: '资料齐全' }));
    }
    return id;
  }

  async deliberated(
    id: string,
    route: 'within' | 'over' = 'within',
    choices: readonly string[] = ['support', 'support', 'support'],
  ): Promise<string> {
    const { members } = PEOPLE[route];
    must(201, await this.act(members[0]!, id, 'deliberation'));
    for (const [index, choice] of choices.entries()) {
      must(201, await this.act(members[index]!, id, 'deliberation/votes', { choice, opinion: '意见' }));
    }
    must(200, await this.act(members[0]!, id, 'deliberation/closing', { remarks: '会议记录' }));
    return id;
  }

  async approved(
    id: string,
    amountFen = 2_000_000,
    route: 'within' | 'over' = 'within',
    change: object = {},
  ): Promise<string> {
    must(
      200,
      await this.act(PEOPLE[route].approver, id, 'approval', { terms: terms(amountFen, change), opinion: '同意' }),
    );
    return id;
  }

  async contracted(id: string, conditionsMet: readonly string[] = []): Promise<string> {
    must(
      200,
      await this.act('qingshiOfficer', id, 'contract', {
        contractNo: `HT-${id}`,
        signedOn: TODAY,
        conditionsMet,
        purposeDocumentId: await this.purposePaper(id),
      }),
    );
    return id;
  }

  private async purposePaper(id: string): Promise<string> {
    const auditor = await this.as('auditor');
    const { body } = must(200, await auditor.get(`/api/v1/applications/${id}/documents`));
    return body.items.find(({ kind }: { kind: string }) => kind === 'purpose_evidence').id;
  }

  /** Up to release, by everybody. */
  async readyForRelease(
    amountFen = 2_000_000,
    route: 'within' | 'over' = 'within',
    customerId?: string,
  ): Promise<string> {
    const id = await this.accepted(amountFen, customerId);
    await this.investigated(id, route);
    await this.reviewed(id, route);
    await this.deliberated(id, route);
    await this.approved(id, amountFen, route);
    return this.contracted(id);
  }

  release(id: string, version?: number): Promise<Response> {
    return this.act('qingshiAccountant', id, 'release', undefined, version);
  }
}
