import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { Webhook } from 'standardwebhooks';
import { dailySweep } from '#apps/worker/daily-sweep.js';
import { deliverWebhook } from '#apps/worker/deliver.js';
import type { RunningWorker } from '#apps/worker/loop.js';
import { startWorker } from '#apps/worker/start-worker.js';
import { createLogger } from '#libs/platform/logger.js';
import { smtpMailer } from '#libs/platform/mail/mailer.js';
import type { StaffName } from '#libs/testing/test-union.js';
import { LIMIT, Walk } from '../e2e/five-posts/walk.js';
import { TestApi } from '../e2e/support/api.js';
import { must } from '../e2e/support/journey.js';

const SECRET = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;

/** Another system that hears of events; it may be told to fail first. */
class Receiver {
  readonly got: { headers: IncomingHttpHeaders; body: string }[] = [];
  failures = 0;
  private server: Server | undefined;

  async start(): Promise<string> {
    this.stop();
    this.server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => {
        body += chunk.toString();
      });
      request.on('end', () => {
        if (this.failures > 0) this.failures -= 1;
        else this.got.push({ headers: request.headers, body });
        response.writeHead(this.got.at(-1)?.body === body ? 204 : 503).end();
      });
    });
    await new Promise<void>((resolve) => this.server?.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/events`;
  }

  stop(): void {
    this.server?.closeAllConnections();
    this.server?.close();
  }
}

let api: TestApi;
let walk: Walk;
let worker: RunningWorker;
let smtp: SMTPServer;
const mails: string[] = [];
const receiver = new Receiver();
beforeAll(async () => {
  smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, done) {
      let mail = '';
      stream.on('data', (chunk: Buffer) => {
        mail += chunk.toString();
      });
      stream.on('end', () => {
        mails.push(mail);
        done();
      });
    },
  });
  await new Promise<void>((resolve) => void smtp.listen(0, '127.0.0.1', resolve));
  const { port } = smtp.server.address() as AddressInfo;
  api = await TestApi.start({ mailer: smtpMailer(`smtp://127.0.0.1:${port}`, 'wugang@union.example') });
  walk = new Walk(api);
  await api.records.authority(api.union.units.qingshi, 'rural_personal', LIMIT);
  worker = await startWorker(
    api.services,
    { redisUrl: undefined, queueUrl: api.database.queueUrl },
    createLogger('silent'),
  );
});
afterAll(async () => {
  await worker.stop();
  receiver.stop();
  await new Promise<void>((resolve) => smtp.close(resolve));
  await api.stop();
});

const told = async (name: StaffName, id: string): Promise<{ kind: string; text: string; id: string }[]> => {
  const { body } = must(200, await (await walk.as(name)).get('/api/v1/notifications?limit=200'));
  return body.items.filter(({ applicationId }: { applicationId: string }) => applicationId === id);
};
const until = async <T>(what: string, look: () => Promise<T> | T, wanted: (seen: T) => boolean): Promise<T> => {
  for (let n = 0; n < 150; n += 1) {
    const seen = await look();
    if (wanted(seen)) return seen;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`it did not come to pass: ${what}`);
};

describe('the next post is told', () => {
  it('each post of its turn, once, in the language asked for; not who acted at another post', async () => {
    const id = await walk.accepted();
    const [waiting] = await until(
      'the officers hear of it',
      () => told('qingshiOfficer', id),
      (seen) => seen.length > 0,
    );
    expect(waiting).toMatchObject({ kind: 'waiting' });
    expect(waiting?.text).toMatch(/^申请 2026-\d+ 待调查$/);
    await walk.investigated(id);
    await until(
      'the reviewers hear of it',
      () => told('qingshiAccountant', id),
      (seen) => seen.length === 1,
    );
    expect((await told('qingshiDeputy', id)).map(({ kind }) => kind)).toEqual(['waiting']);
    expect(await told('liuheOfficer', id)).toEqual([]);
    expect(await told('president', id)).toEqual([]);
    await walk.reviewed(id);
    await until(
      'the group hears of it',
      () => told('qingshiMember2', id),
      (seen) => seen.length === 1,
    );
  });

  it('whoever investigated is told of the contract: it is theirs to record', async () => {
    const id = await walk.deliberated(await walk.reviewed(await walk.investigated(await walk.accepted())));
    await walk.approved(id);
    await until(
      'the officer hears of the contract',
      () => told('qingshiOfficer', id),
      (list) => list.some(({ text }) => text.endsWith('待签约')),
    );
    await walk.contracted(id);
    await until(
      'the credit department hears of the release too',
      () => told('creditHead', id),
      (list) => list.some(({ text }) => text.endsWith('待放款')),
    );
  });

  it('is read once, by its own reader', async () => {
    const id = await walk.accepted();
    const [one] = await until(
      'told',
      () => told('qingshiOfficer', id),
      (seen) => seen.length > 0,
    );
    const path = `/api/v1/notifications/${one?.id}/reading`;
    expect((await (await walk.as('qingshiDeputy')).post(path)).status).toBe(404);
    const officer = await walk.as('qingshiOfficer');
    must(200, await officer.post(path));
    const unread = must(200, await officer.get('/api/v1/notifications?unread=true&limit=200')).body.items;
    expect(unread.filter(({ id: shown }: { id: string }) => shown === one?.id)).toEqual([]);
  });

  it('the post that must answer a finding is told too', async () => {
    const customer = await api.records.customer(api.union.units.qingshi);
    api.files.set(customer.identityNumber, { bankruptcies: 1 });
    const id = await walk.accepted(2_000_000, customer.id);
    const seen = await until(
      'the head of the credit department hears of it',
      () => told('creditHead', id),
      (list) => list.length > 0,
    );
    expect(seen.map(({ kind }) => kind)).toEqual(['referred']);
  });

  it('by mail where they gave an address, without a customer in it', async () => {
    const deputy = await walk.as('qingshiDeputy');
    expect(must(200, await deputy.post('/api/v1/me/email', { email: 'deputy@union.example' })).body).toEqual({
      mailed: true,
    });
    const customer = await api.records.customer(api.union.units.qingshi, { name: '赵不应出现' });
    await walk.investigated(await walk.accepted(2_000_000, customer.id));
    const mail = await until(
      'the mail comes',
      () => mails.at(-1) ?? '',
      (text) => text.includes('deputy@union.example'),
    );
    expect(mail).toMatch(/From: wugang@union\.example/);
    const plain = Buffer.from(mail.split('\r\n\r\n').slice(1).join('').replaceAll('\r\n', ''), 'base64').toString();
    expect(mail + plain).not.toContain('赵不应出现');
    const { rows } = (await api.records.sql(`select email_cipher from staff where email_cipher is not null`, [])) as {
      rows: { email_cipher: Buffer }[];
    };
    expect(rows[0]?.email_cipher.toString('latin1')).not.toContain('deputy');
    must(200, await deputy.post('/api/v1/me/email', { email: null }));
  });
});

describe('other systems are told', () => {
  it('by a webhook signed by HMAC, with ids only, to those who want the topic', async () => {
    const admin = await walk.as('admin');
    const url = await receiver.start();
    expect((await admin.post('/api/v1/webhooks', { url: 'ftp://x', secret: 'short' })).body.faults).toHaveLength(2);
    const password = await admin.post('/api/v1/webhooks', { url: 'https://user:secret@host/x', secret: SECRET });
    expect(password.body.faults).toMatchObject([{ path: '/url' }]);
    const added = must(
      201,
      await admin.post('/api/v1/webhooks', { url, topics: ['application.moved'], secret: SECRET }),
    ).body;
    expect(JSON.stringify(added)).not.toContain(SECRET);
    const id = await walk.investigated(await walk.accepted());
    const [message] = await until(
      'the message comes',
      () => receiver.got,
      (list) => list.length > 0,
    );
    const headers = message?.headers as Record<string, string>;
    const body = message?.body ?? '';
    expect(JSON.parse(body)).toMatchObject({ type: 'application.moved', data: { applicationId: id } });
    const signed = (text: string) =>
      new Webhook(SECRET).sign(
        headers['webhook-id'] ?? '',
        new Date(Number(headers['webhook-timestamp']) * 1000),
        text,
      );
    expect(headers['webhook-signature']).toBe(signed(body));
    expect(headers['webhook-signature']).not.toBe(signed(`${body} `));
    const { rows } = (await api.records.sql(`select secret_cipher from webhook_endpoint`, [])) as {
      rows: { secret_cipher: Buffer }[];
    };
    expect(rows[0]?.secret_cipher.toString('latin1')).not.toContain(SECRET);

    expect(must(200, await admin.post(`/api/v1/webhooks/${added.id}/stopping`)).body.stopped).toBe(true);
    expect((await admin.post(`/api/v1/webhooks/${added.id}/stopping`)).status).toBe(404);
    expect((await (await walk.as('auditor')).get('/api/v1/webhooks')).status).toBe(403);
  });
});

it('a webhook that is not taken is tried again, and delivered once', async () => {
  const admin = await walk.as('admin');
  const url = await receiver.start();
  receiver.failures = 1;
  const before = receiver.got.length;
  must(201, await admin.post('/api/v1/webhooks', { url, topics: ['application.withdrawn'], secret: SECRET }));
  const id = await walk.accepted();
  must(200, await walk.act('qingshiOfficer', id, 'withdrawal', { reason: '撤回' }));
  const deliveries = async () => {
    const { rows } = (await api.records.sql(
      `select d.id, attempts, last_status, delivered_at is not null as delivered from webhook_delivery d
       join outbox_event e on e.id = d.event_id where e.topic = 'application.withdrawn'`,
      [],
    )) as { rows: { id: string; attempts: number; last_status: number; delivered: boolean }[] };
    return rows;
  };
  const [failed] = await until('it is refused', deliveries, ([one]) => one?.last_status === 503);
  expect(failed).toMatchObject({ attempts: 1, delivered: false });
  const job = { unionId: api.union.unionId, outboxId: failed?.id ?? '', deliveryId: failed?.id ?? '' };
  expect(await deliverWebhook(api.services, job)).toBe('delivered');
  expect(await deliverWebhook(api.services, job)).toBe('not-needed');
  expect(await deliveries()).toMatchObject([{ attempts: 2, last_status: 204, delivered: true }]);
  expect(receiver.got.length).toBe(before + 1);
});

describe('time limits', () => {
  const kinds = async (name: StaffName, id: string) => (await told(name, id)).map(({ kind }) => kind).sort();

  it('whoever waits too long is reminded, once a limit, and the director hears of it; at last it lapses', async () => {
    const id = await walk.accepted();
    const sweep = async (day: string) => {
      api.clock.set(`${day}T02:00:00.000Z`);
      for (const name of ['qingshiOfficer', 'qingshiDirector', 'auditor'] as const) walk.forget(name);
      return dailySweep(api.services, `sweep-${day}`);
    };
    const late = async () => {
      const { rows } = (await api.records.sql(
        'select number from stage_reminder where application_id = $1 order by number',
        [id],
      )) as { rows: { number: number }[] };
      return rows.map(({ number }) => number);
    };
    await sweep('2026-12-03'); // nine days at investigation, whose limit is ten
    expect(await late()).toEqual([]);
    await sweep('2026-12-04');
    await sweep('2026-12-04');
    expect(await late()).toEqual([1]);
    await until(
      'the director hears of it',
      () => kinds('qingshiDirector', id),
      (seen) => seen.includes('late'),
    );
    expect(await kinds('qingshiOfficer', id)).toEqual(['late', 'waiting']);
    await sweep('2026-12-14');
    expect(await late()).toEqual([1, 2]);

    expect((await sweep('2027-02-21')).lapsed).toBe(0); // 89 days
    expect((await sweep('2027-02-22')).lapsed).toBeGreaterThan(0);
    expect((await sweep('2027-02-22')).lapsed).toBe(0);
    const auditor = await walk.as('auditor');
    expect(must(200, await auditor.get(`/api/v1/applications/${id}`)).body.stage).toBe('lapsed');
    await until(
      'the officer hears that it lapsed',
      () => kinds('qingshiOfficer', id),
      (seen) => seen.includes('lapsed'),
    );
    const officer = await walk.as('qingshiOfficer');
    const acted = await officer.post(`/api/v1/applications/${id}/investigation`, {}, { ifMatch: 3 });
    expect(acted.status).toBe(400);
  });
});
