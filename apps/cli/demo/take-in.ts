import { randomInt } from 'node:crypto';
import { madeIdentity } from '#libs/domain/made-identity.js';
import { demoHistory } from '#libs/persistence/demo/demo-history.js';
import { EMPTY_FILE } from '#libs/platform/bureau/simulator.js';
import { type DemoWalk, POSTS } from './demo-walk.js';

const MONTHLY_INCOME_FEN = 10_000_000;
const TERM_MONTHS = 24;
/** Made people beyond those of the demonstration's own data. */
const FIRST = 100_000;
const LAST = 10_000_000;

/** The identity number of a made person of whom the simulated bureau knows nothing bad. */
function cleanIdentity(): string {
  const number = madeIdentity(randomInt(FIRST, LAST));
  return JSON.stringify(demoHistory(number)) === JSON.stringify(EMPTY_FILE) ? number : cleanIdentity();
}

async function registered(walk: DemoWalk, name: string, branchId: string, businessDate: string): Promise<string> {
  const [officer] = POSTS.within.investigators;
  const identityNumber = cleanIdentity();
  // Nobody shares a phone or an address with another: that would be a lead to look into.
  const own = String(randomInt(100_000_000)).padStart(8, '0');
  const customer = walk.must(
    await walk.client.post(officer, '/customers', {
      kind: 'person',
      name,
      identityNumber,
      phone: `137${own}`,
      address: `青石乡演示村${own}号`,
      residence: 'rural',
      insiderStatus: 'none',
      monthlyIncomeFen: MONTHLY_INCOME_FEN,
      incomeAsOf: businessDate,
      homeUnitId: branchId,
    }),
    'registering the customer',
  );
  walk.must(
    await walk.client.post(officer, '/households', {
      code: `DEMO-${customer.id}`,
      members: [{ customerId: customer.id, role: 'head', from: '2020-01-01' }],
    }),
    'registering the household',
  );
  return customer.id;
}

/** Takes an application in: customer, household, consent, bureau, the intake's checkpoint; papers of the file. */
export async function takeIn(walk: DemoWalk): Promise<void> {
  const [officer] = POSTS.within.investigators;
  const { appointments, businessDate } = walk.must(await walk.client.get(officer, '/me'), 'signing in');
  const branchId = appointments[0].unitId;
  const customerId = await registered(walk, '演示客户', branchId, businessDate);
  const guarantorId = await registered(walk, '演示保证人', branchId, businessDate);
  const application = walk.must(
    await walk.client.post(officer, '/applications', {
      branchId,
      customerId,
      productCode: 'rural-personal',
      amountFen: walk.amountFen,
      termMonths: TERM_MONTHS,
      monthlyInstalmentFen: Math.ceil(walk.amountFen / TERM_MONTHS),
      purpose: '购买农机具',
      guarantorIds: [guarantorId],
    }),
    'submitting',
  );
  walk.id = application.id;
  walk.must(
    await walk.client.post(officer, `/customers/${customerId}/bureau-consents`, {
      purpose: '贷款申请',
      signedOn: businessDate,
      expiresOn: businessDate,
      evidence: application.fileNo,
    }),
    'recording the consent',
  );
  walk.must(await walk.client.post(officer, `/applications/${walk.id}/bureau-queries`), 'asking the bureau');
  const decision = walk.must(
    await walk.client.post(officer, `/applications/${walk.id}/intake-decisions`),
    'deciding at intake',
  );
  for (const kind of ['identity', 'income_evidence', 'purpose_evidence']) await walk.paper(kind, kind);
  walk.say(
    `信贷员 ${officer} 受理 ${application.fileNo}，金额 ${walk.yuan()} 元：取得授权、查询征信、检索全库，受理结论 ${decision.verdict}`,
    `${officer} takes in ${application.fileNo} of ${walk.yuan()} yuan: consent, bureau, in-house search; intake says ${decision.verdict}`,
  );
  const { route } = walk.must(await walk.client.get('audit', `/applications/${walk.id}/case`), 'reading the case');
  if (route !== walk.route) walk.refused({ status: 200, body: null }, `the route ${route}`);
  walk.say(
    route === 'within' ? '风险集团余额在本社权限内' : '超过本社权限，由联社各岗办理',
    route === 'within'
      ? "what the risk group owes is within the branch's authority"
      : "over the branch's authority: the union's own posts handle it",
  );
}
