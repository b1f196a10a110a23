import { CommandFailed } from '../output.js';
import { type DemoWalk, POSTS } from './demo-walk.js';

interface DemoFirm {
  readonly id: string;
  readonly name: string;
  readonly creditCode: string;
  readonly panels: readonly { readonly year: number }[];
  readonly specimens: readonly { readonly id: string; readonly kind: 'seal' | 'signature'; readonly holder: string }[];
}

/** A firm of this year's panel. */
export async function panelFirm(walk: DemoWalk): Promise<DemoFirm> {
  const { items } = walk.must(await walk.client.get('credit', '/appraisal-firms'), 'reading the firms');
  const { businessDate } = walk.must(await walk.client.get('credit', '/me'), 'signing in');
  const year = Number(businessDate.slice(0, 4));
  const found = (items as DemoFirm[]).find(({ panels }) => panels.some((panel) => panel.year === year));
  if (found === undefined) throw new CommandFailed(`no appraisal firm is on the panel of ${year}`);
  return found;
}

/** A firm that is registered and on no panel; registered now where it is not yet. */
export async function firmOffPanel(walk: DemoWalk, name: string, creditCode: string): Promise<DemoFirm> {
  const find = async (): Promise<DemoFirm | undefined> => {
    const { items } = walk.must(await walk.client.get('credit', '/appraisal-firms'), 'reading the firms');
    return (items as DemoFirm[]).find((firm) => firm.creditCode === creditCode);
  };
  if ((await find()) === undefined)
    walk.must(await walk.client.post('credit', '/appraisal-firms', { name, creditCode }), 'registering the firm');
  return (await find()) as DemoFirm;
}

/** A house secures the loan: title checked, market evidence, a report of the firm. */
export async function secure(walk: DemoWalk, firm: DemoFirm): Promise<void> {
  const [investigator] = walk.posts.investigators;
  const { businessDate } = walk.must(await walk.client.get(investigator, '/me'), 'signing in');
  const valueFen = walk.amountFen * 2;
  const thing = await walk.do(investigator, 'collateral', {
    class: 'housing',
    description: '县城住房一套',
    ownerName: '演示客户',
    certificateNo: `DEMO-${walk.id}`,
    securedFen: walk.amountFen,
  });
  await walk.do(investigator, `collateral/${thing.id}/title-checks`, {
    registry: '县不动产登记中心',
    checkedOn: businessDate,
    outcome: 'clear',
    evidence: '查询结果通知书',
  });
  await walk.do(investigator, `collateral/${thing.id}/market-evidence`, {
    source: '同小区成交',
    observedOn: businessDate,
    valueFen,
    evidence: '网签记录',
  });
  await walk.do(investigator, `collateral/${thing.id}/appraisals`, {
    firmName: firm.name,
    firmCreditCode: firm.creditCode,
    reportNo: `P-${walk.id}`,
    signer: firm.specimens.find(({ kind }) => kind === 'signature')?.holder ?? '估价师',
    appraisedOn: businessDate,
    validUntil: `${Number(businessDate.slice(0, 4)) + 1}-01-31`,
    valueFen,
    documentId: await walk.paper('appraisal_report', '评估报告'),
  });
  walk.say(
    `${investigator} 登记住房抵押，向登记机关核查权属，取得市场价格，登记 ${firm.name} 的评估报告`,
    `${investigator} records a house as security: title asked at the registry, market evidence, the report of ${firm.name}`,
  );
}

/** The reviewer sets the report's seal and signature against the firm's specimens. */
export async function compare(walk: DemoWalk, firm: DemoFirm, outcome: 'matches' | 'differs'): Promise<void> {
  const [reviewer] = walk.posts.reviewers;
  const { items } = walk.must(await walk.client.get('audit', `/applications/${walk.id}/collateral`), 'reading');
  const path = `collateral/${items[0].id}/appraisals/${items[0].appraisals[0].id}/comparisons`;
  for (const { id, kind } of firm.specimens) {
    await walk.do(reviewer, path, {
      specimenId: id,
      outcome,
      opinion: `${kind === 'seal' ? '印章' : '签字'}与留存样本${outcome === 'matches' ? '相符' : '不符'}`,
    });
  }
  walk.say(
    `${reviewer} 将报告的印章、签字与留存样本比对：${outcome === 'matches' ? '相符' : '不符'}`,
    `${reviewer} sets seal and signature against the specimens: they ${outcome === 'matches' ? 'match' : 'differ'}`,
  );
}

/** The officer of the branch withdraws what cannot go on. */
export async function withdraw(walk: DemoWalk): Promise<void> {
  const [officer] = POSTS.within.investigators;
  await walk.do(officer, 'withdrawal', { reason: '未能通过，客户撤回' });
  walk.say('申请撤回结案', 'the application is withdrawn');
}
