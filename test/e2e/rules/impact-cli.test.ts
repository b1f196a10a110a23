import { jsonOf, runCli } from '#libs/testing/run-cli.js';
import { TestApi, TODAY } from '../support/api.js';
import { takeIn } from '../support/journey.js';

it('wugang rules impact runs over the decisions that the installation has made', async () => {
  const api = await TestApi.start();
  try {
    const officer = await api.signIn('qingshiOfficer');
    const { qingshi } = api.union.units;
    for (const hardEnquiries12Months of [5, 7, 9]) {
      const { id, identityNumber } = await api.records.customer(qingshi);
      api.files.set(identityNumber, { hardEnquiries12Months });
      await takeIn(officer, { branchId: qingshi, customerId: id });
    }
    const impact = (...args: string[]) =>
      runCli(['rules', 'impact', '--since', TODAY, '--until', TODAY, '--json', ...args], {
        DATABASE_URL: api.database.ownerUrl,
      });
    const report = jsonOf<{ matrix: object; curve: { value: number; verdicts: { REFER: number } }[] }>(
      await impact('--set', 'policy.hardEnquiriesTolerated=8', '--sweep', 'policy.hardEnquiriesTolerated=4..9'),
    );
    expect(report.matrix).toMatchObject({ PASS: { PASS: 1 }, REFER: { PASS: 1, REFER: 1 } });
    expect(report.curve.map(({ verdicts }) => verdicts.REFER)).toEqual([3, 2, 2, 1, 1, 0]);
    expect((await impact('--sweep', 'policy.hardEnquiriesTolerated=0..9999')).stderr).toMatch(/at most 500 values/);
    expect((await impact('--set', 'policy.none=1')).stderr).toMatch(/there is no parameter policy.none/);
  } finally {
    await api.stop();
  }
});
