import type { DemoAnswer } from './demo-client.js';
import { type DemoWalk, POSTS } from './demo-walk.js';

const CHECKLIST = {
  identity: true,
  household: true,
  incomeEvidence: true,
  purposeEvidence: true,
  bureauReport: true,
  securityPapers: true,
};

/** The investigation, by two people where the sum asks for it. */
export async function investigate(walk: DemoWalk): Promise<void> {
  const [investigator, second] = walk.posts.investigators;
  const { businessDate } = walk.must(await walk.client.get(investigator, '/me'), 'signing in');
  const filed = await walk.do(investigator, 'investigation', {
    visitedOn: businessDate,
    place: '青石乡演示村',
    monthlyIncomeFen: 10_000_000,
    purposeVerified: true,
    evidence: ['现场照片'],
    recommendation: 'support',
    opinion: '收入稳定，用途真实',
  });
  walk.say(`调查岗 ${investigator} 实地调查`, `investigation: ${investigator} has been on site and reports`);
  if (filed.stage !== 'investigation') return;
  await walk.do(second ?? investigator, 'investigation/confirmation', { opinion: '同行实地调查，情况属实' });
  walk.say(`调查岗 ${second} 确认同行`, `investigation: ${second} confirms having been there too`);
}

/** The review's check; gives its findings as `clause rule`. */
export async function check(walk: DemoWalk): Promise<{ clause: string; ruleId: string; title: string }[]> {
  const [reviewer] = walk.posts.reviewers;
  const { verdict, findings } = await walk.do(reviewer, 'review-checks');
  const found = findings.map(({ ruleId, clause }: Record<string, string>) => `${ruleId} (${clause})`).join(', ');
  walk.say(`审查核查：${verdict} ${found}`, `the review's check says ${verdict} ${found}`.trim());
  return findings;
}

export const pass = (walk: DemoWalk, reviewer: string): Promise<DemoAnswer> =>
  walk.act(reviewer, 'review', { checklist: CHECKLIST, opinion: '资料齐全，同意' });

/** The first reviewer tries to pass what the check holds. */
export const tryToPass = (walk: DemoWalk): Promise<DemoAnswer> => pass(walk, walk.posts.reviewers[0]);

export async function review(walk: DemoWalk): Promise<void> {
  await check(walk);
  for (const reviewer of walk.posts.reviewers) {
    walk.must(await pass(walk, reviewer), `${reviewer} at review`);
    walk.say(`审查岗 ${reviewer} 审查通过`, `review: ${reviewer} passes it by the checklist`);
  }
}

export async function convene(walk: DemoWalk): Promise<void> {
  const [chair] = walk.posts.members;
  const { members } = await walk.do(chair, 'deliberation');
  walk.say(`审议岗 ${chair} 召集审议会，成员 ${members} 人`, `deliberation: ${chair} convenes ${members} members`);
}

export const vote = (walk: DemoWalk, member: string): Promise<DemoAnswer> =>
  walk.act(member, 'deliberation/votes', { choice: 'support', opinion: '同意' });

export async function deliberate(walk: DemoWalk): Promise<void> {
  await convene(walk);
  for (const member of walk.posts.members) walk.must(await vote(walk, member), `${member} at the vote`);
  await walk.do(walk.posts.members[0], 'deliberation/closing', { remarks: '一致同意' });
  walk.say(
    `审议岗 ${walk.posts.members.join('、')} 表决同意，纪要冻结`,
    `deliberation: ${walk.posts.members.join(', ')} vote in support; the minutes are frozen`,
  );
}

export async function approve(walk: DemoWalk): Promise<void> {
  await walk.do(walk.posts.approver, 'approval', {
    terms: {
      amountFen: walk.amountFen,
      termMonths: 24,
      rateTenThousandths: 60_000,
      method: 'equal_payment',
      dayCount: 'thirty_360',
      payee: '县农机公司',
      paymentMode: 'entrusted',
      conditions: ['办妥抵押登记'],
    },
    opinion: '同意',
  });
  walk.say(
    `审批岗 ${walk.posts.approver} 批准 ${walk.yuan()} 元，附条件，受托支付`,
    `approval: ${walk.posts.approver} approves ${walk.yuan()} yuan with a condition, paid to the seller`,
  );
}

/** Approval, contract, and the papers that show whom the money goes to. */
export async function approveAndSign(walk: DemoWalk): Promise<void> {
  await approve(walk);
  const [officer] = POSTS.within.investigators;
  const { businessDate } = walk.must(await walk.client.get(officer, '/me'), 'signing in');
  await walk.do(officer, 'contract', {
    contractNo: `HT-${walk.id}`,
    signedOn: businessDate,
    conditionsMet: ['他项权证'],
    purposeDocumentId: await walk.paper('contract', '购销合同'),
  });
  walk.say(`${officer} 登记合同，条件已落实`, `${officer} records the contract and the condition met`);
}

export async function signLegally(walk: DemoWalk): Promise<void> {
  const { documentSetHash } = walk.must(
    await walk.client.get('lawyer', `/applications/${walk.id}/documents`),
    'reading the papers',
  );
  walk.must(
    await walk.client.post('lawyer', `/applications/${walk.id}/legal-signatures`, {
      documentSetHash,
      outcome: 'signed',
      opinion: '手续合法',
    }),
    'the legal signature',
  );
  walk.say(
    `法律顾问对资料（${documentSetHash.slice(0, 12)}…）签字`,
    `the legal adviser signs over the papers ${documentSetHash.slice(0, 12)}…`,
  );
}

/** Asks for the release; gives the loan, or the findings that hold it. */
export async function release(
  walk: DemoWalk,
): Promise<{ loan: { loanNo: string } | null; findings: { ruleId: string; clause: string }[] }> {
  const { loan, decision } = await walk.do('accountant1', 'release');
  if (loan !== null) {
    walk.say(
      `主管会计 accountant1 放款：全部条件重新检查通过，借据 ${loan.loanNo}，${loan.instalments.length} 期`,
      `accountant1 releases it: everything was checked again; loan ${loan.loanNo} in ${loan.instalments.length} instalments`,
    );
  }
  return { loan, findings: decision.findings };
}
