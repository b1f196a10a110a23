import { madeIdentity } from '#libs/domain/made-identity.js';
import { HttpBureau } from '#libs/platform/bureau/http-bureau.js';
import { describeWithSharedData, sharedData } from '#libs/testing/shared-data.js';
import { Spawned } from '#libs/testing/spawned.js';

describeWithSharedData('wugang bureau simulate, fed from real histories', () => {
  let simulator: Spawned;
  let url: string;
  beforeAll(async () => {
    const mapping = 'test/golden/bureau/mapping.json';
    simulator = Spawned.start(
      ['bureau', 'simulate', '--mapping', mapping, '--from', sharedData('bureau'), '--port', '0', '--json'],
      {},
    );
    const line = JSON.parse(await simulator.printed(/^\{.*\}$/m)) as { url: string; histories: number };
    expect(line.histories).toBe(10_000);
    url = line.url;
  });
  afterAll(() => simulator.stop());

  const ask = (applicant: number) =>
    new HttpBureau({
      url,
      timeoutMs: 2000,
      attempts: 1,
      breakAfter: 5,
      halfOpenAfterMs: 1000,
      today: () => '2999-12-31',
    }).fetchReport({
      identityNumber: madeIdentity(applicant),
      name: 'x',
      purpose: 'test',
      consentId: 'c',
      queryId: 'q',
    });

  it('answers over HTTP what the file says of an applicant', async () => {
    // The first line of the file: 90 days late 38 months ago, six enquiries, nothing else.
    const answer = await ask(1);
    expect(answer).toMatchObject({
      kind: 'answered',
      report: {
        summary: {
          accountsOverdueNow: 0,
          monthsSince90DaysLate: 38,
          hardEnquiries12Months: 6,
          bankruptcies: 0,
          taxLiens: 0,
        },
      },
    });
  });

  it('keeps "never" and "not stated" apart', async () => {
    const summaries = await Promise.all(Array.from({ length: 60 }, async (_, n) => ask(n + 1)));
    const never = summaries.filter(
      (one) => one.kind === 'answered' && JSON.stringify(one.report.summary.monthsSince90DaysLate) === '{"never":true}',
    );
    expect(never.length).toBeGreaterThan(10);
    const stated = summaries.filter(
      (one) => one.kind === 'answered' && typeof one.report.summary.accounts120DaysOverdue === 'number',
    );
    expect(stated.length).toBeGreaterThan(40);
  });
});
