import { retryBureau } from '#apps/worker/retry-bureau.js';
import { inUnion } from '#libs/persistence/pool.js';
import { wholeUnion } from '#libs/persistence/scope.js';
import type { BureauBehaviour } from '#libs/platform/bureau/simulator.js';
import { TestApi } from './support/api.js';
import { ask, consent, findingsOf, must, submitted, takeConsent } from './support/journey.js';
import type { Session } from './support/session.js';

let api: TestApi;
let officer: Session;
beforeAll(async () => {
  api = await TestApi.start();
  officer = await api.signIn('qingshiOfficer');
});
afterAll(() => api.stop());

const applicant = async () => {
  const { qingshi } = api.union.units;
  const customer = await api.records.customer(qingshi);
  return { ...customer, applicationId: await submitted(officer, { branchId: qingshi, customerId: customer.id }) };
};

const decide = async (applicationId: string) =>
  must(201, await officer.post(`/api/v1/applications/${applicationId}/intake-decisions`));

/** Lets the circuit breaker close again before the next case. */
const breakerRests = () => new Promise((resolve) => setTimeout(resolve, 250));

const FAULTS: readonly [BureauBehaviour, 'unavailable' | 'invalid'][] = [
  ['down', 'unavailable'],
  ['slow', 'unavailable'],
  ['resets', 'unavailable'],
  ['empty-object', 'invalid'],
  ['empty-summary', 'invalid'],
  ['negative-counts', 'invalid'],
  ['tomorrow', 'invalid'],
  ['not-json', 'invalid'],
  ['another-person', 'invalid'],
  ['refuses', 'invalid'],
];

describe('a bureau that does not answer properly', () => {
  afterEach(() => api.bureau.behave('answers'));

  it.each(FAULTS)(
    '%s: the application waits, and passes only when a proper report has come',
    async (behaviour, outcome) => {
      const { id, applicationId } = await applicant();
      api.bureau.behave(behaviour);
      const query = await ask(officer, id, applicationId);
      expect(query.body).toMatchObject({ outcome, reportId: null });

      const waiting = await decide(applicationId);
      expect(waiting.body).toMatchObject({ verdict: 'BLOCK', stage: 'intake', waitingFor: 'bureau' });
      expect(findingsOf(waiting)).toMatchObject({ 'bureau-report-present': 'BLOCK', 'overdue-now': 'REFER unknown' });

      api.bureau.behave('answers');
      await breakerRests();
      const { unionId } = api.union;
      const [due] = await inUnion(api.services.tools.pool, wholeUnion(unionId), async (sql) => {
        const text = `select id, payload->>'queryId' as query_id from outbox_event where topic = 'bureau.retry' and payload->>'queryId' = $1`;
        return (await sql.query<{ id: string; query_id: string }>(text, [query.body.queryId])).rows;
      });
      expect(due).toBeDefined();
      const job = { unionId, outboxId: due!.id, queryId: due!.query_id };
      expect(await retryBureau(api.services, job)).toBe('decided');
      const now = must(200, await officer.get(`/api/v1/applications/${applicationId}`));
      expect(now.body).toMatchObject({ stage: 'investigation', intakeVerdict: 'PASS', waitingFor: null });
      expect(await retryBureau(api.services, job)).toBe('not-needed');
    },
  );

  it('is left alone after failures in a row, and asked again after a pause', async () => {
    await breakerRests();
    api.bureau.behave('down');
    const before = api.bureau.queries();
    for (let n = 0; n < 6; n += 1) {
      const { id, applicationId } = await applicant();
      expect((await ask(officer, id, applicationId)).body.outcome).toBe('unavailable');
    }
    expect(api.bureau.queries() - before).toBeLessThan(12); // two attempts each would be twelve
    api.bureau.behave('answers');
    await breakerRests();
    const { id, applicationId } = await applicant();
    expect((await ask(officer, id, applicationId)).body.outcome).toBe('answered');
  });

  it('a count that it does not state is unknown, not zero', async () => {
    const { id, identityNumber, applicationId } = await applicant();
    api.files.set(identityNumber, { accountsOverdueNow: undefined as unknown as number });
    await ask(officer, id, applicationId);
    expect(findingsOf(await decide(applicationId))).toEqual({ 'overdue-now': 'REFER unknown' });
  });
});

describe('consent comes first', () => {
  it('without one nothing is asked', async () => {
    const { applicationId } = await applicant();
    const before = api.bureau.queries();
    const answer = await officer.post(`/api/v1/applications/${applicationId}/bureau-queries`);
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ code: 'bureau.no-consent', clause: 'M2' });
    expect(api.bureau.queries()).toBe(before);
  });

  it('one that has run out is none', async () => {
    const { id, applicationId } = await applicant();
    const past = { ...consent, signedOn: '2026-01-01', expiresOn: '2026-11-23' };
    must(201, await officer.post(`/api/v1/customers/${id}/bureau-consents`, past));
    expect((await officer.post(`/api/v1/applications/${applicationId}/bureau-queries`)).status).toBe(422);
  });

  it('one that was revoked is none', async () => {
    const { id, applicationId } = await applicant();
    await takeConsent(officer, id);
    await api.records.sql(`update bureau_consent set revoked_on = '2026-11-24' where party_id = $1`, [id]);
    expect((await officer.post(`/api/v1/applications/${applicationId}/bureau-queries`)).status).toBe(422);
  });

  it('is needed again on the day a retry is sent: one revoked meanwhile ends it', async () => {
    const { id, applicationId } = await applicant();
    api.bureau.behave('down');
    const { body } = await ask(officer, id, applicationId);
    api.bureau.behave('answers');
    await breakerRests();
    await api.records.sql(`update bureau_consent set revoked_on = '2026-11-24' where party_id = $1`, [id]);
    const before = api.bureau.queries();
    const job = { unionId: api.union.unionId, outboxId: body.queryId, queryId: body.queryId };
    expect(await retryBureau(api.services, job)).toBe('no-consent');
    expect(api.bureau.queries()).toBe(before);
  });

  it('nobody is asked about for an application that has ended', async () => {
    const { id, applicationId } = await applicant();
    await takeConsent(officer, id);
    must(
      200,
      await officer.post(`/api/v1/applications/${applicationId}/withdrawal`, { reason: '撤回' }, { ifMatch: 1 }),
    );
    const answer = await officer.post(`/api/v1/applications/${applicationId}/bureau-queries`);
    expect(answer.status).toBe(409);
    expect(answer.body.code).toBe('application.wrong-stage');
  });

  it('the same key asks once: every query counts against the customer', async () => {
    const { id, applicationId } = await applicant();
    await takeConsent(officer, id);
    const before = api.bureau.queries();
    const path = `/api/v1/applications/${applicationId}/bureau-queries`;
    const first = must(201, await officer.post(path, undefined, { key: 'ask-once-for-this' }));
    const second = must(201, await officer.post(path, undefined, { key: 'ask-once-for-this' }));
    expect(second.body).toEqual(first.body);
    expect(api.bureau.queries()).toBe(before + 1);
  });
});
