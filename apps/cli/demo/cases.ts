import { creditCodeCheckCharacter } from '#libs/domain/identity.js';
import type { Language } from '#libs/domain/text.js';
import { CommandFailed } from '../output.js';
import type { DemoClient } from './demo-client.js';
import { type DemoResult, DemoWalk, type Route } from './demo-walk.js';
import {
  approveAndSign,
  check,
  convene,
  deliberate,
  investigate,
  release,
  review,
  signLegally,
  tryToPass,
  vote,
} from './posts.js';
import { compare, firmOffPanel, panelFirm, secure, withdraw } from './secure.js';
import { takeIn } from './take-in.js';

const WITHIN_FEN = 3_000_000;
const OVER_FEN = 20_000_000;
const LARGE_FEN = 60_000_000;
const OUTSIDER = '91629100MA1000009';

type Told = Omit<DemoResult, 'case' | 'steps'>;

interface DemoCase {
  readonly name: string;
  readonly route: Route;
  readonly amountFen: number;
  tell(walk: DemoWalk): Promise<Told>;
}

/** Up to the review, on security that a firm of the panel appraised. */
async function reviewed(walk: DemoWalk): Promise<void> {
  await takeIn(walk);
  const firm = await panelFirm(walk);
  await secure(walk, firm);
  await investigate(walk);
  await compare(walk, firm, 'matches');
  await review(walk);
}

async function readyForRelease(walk: DemoWalk): Promise<void> {
  await reviewed(walk);
  await deliberate(walk);
  await approveAndSign(walk);
}

async function released(walk: DemoWalk, clause: string): Promise<Told> {
  const { loan, findings } = await release(walk);
  if (loan === null) throw new CommandFailed(`${walk.id} was held: ${findings.map(({ ruleId }) => ruleId).join(', ')}`);
  return { outcome: 'released', clause };
}

/** The finding that had to hold the application, with its clause. */
async function heldBy(
  walk: DemoWalk,
  findings: readonly { ruleId: string; clause: string }[],
  rule: string,
): Promise<Told> {
  const found = findings.find(({ ruleId }) => ruleId === rule);
  if (found === undefined) throw new CommandFailed(`${rule} did not hold ${walk.id}`);
  return { outcome: 'refused', clause: found.clause };
}

/** The review of an application whose security is wrong: the check holds it, and nobody can pass it. */
async function refusedAtReview(walk: DemoWalk, rule: string): Promise<Told> {
  const told = await heldBy(walk, await check(walk), rule);
  const { text } = walk.refused(await tryToPass(walk), 'passing what the check holds');
  walk.say(`审查岗不能通过：${text.zh}`, `review cannot pass it: ${text.en}`);
  await walk.do(walk.posts.reviewers[0], 'refusal', { reason: `未通过核查：${rule}` });
  walk.say('审查岗否决', 'review refuses it');
  return told;
}

const CASES: readonly DemoCase[] = [
  {
    name: 'within-authority',
    route: 'within',
    amountFen: WITHIN_FEN,
    async tell(walk) {
      await readyForRelease(walk);
      return released(walk, 'G1.1');
    },
  },
  {
    name: 'over-authority',
    route: 'over',
    amountFen: LARGE_FEN,
    async tell(walk) {
      await readyForRelease(walk);
      await signLegally(walk);
      return released(walk, 'G1.2');
    },
  },
  {
    name: 'one-person-at-two-posts',
    route: 'over',
    amountFen: OVER_FEN,
    async tell(walk) {
      await reviewed(walk);
      await convene(walk);
      const { clause, text } = walk.refused(await vote(walk, 'credit'), 'a reviewer who votes');
      walk.say(
        `审查人 credit 又去表决，被拒绝：${text.zh}`,
        `credit, who reviewed it, votes and is refused: ${text.en}`,
      );
      await withdraw(walk);
      return { outcome: 'refused', clause };
    },
  },
  {
    name: 'appraisal-firm-off-the-panel',
    route: 'within',
    amountFen: WITHIN_FEN,
    async tell(walk) {
      await takeIn(walk);
      await secure(walk, await firmOffPanel(walk, '外地评估事务所', OUTSIDER + creditCodeCheckCharacter(OUTSIDER)));
      await investigate(walk);
      return refusedAtReview(walk, 'collateral-panel-firm');
    },
  },
  {
    name: 'large-loan-without-legal-signature',
    route: 'over',
    amountFen: LARGE_FEN,
    async tell(walk) {
      await readyForRelease(walk);
      const { loan, findings } = await release(walk);
      if (loan !== null) throw new CommandFailed('released without a legal signature');
      const told = await heldBy(walk, findings, 'release-legal-signature-person');
      walk.say(
        '放款检查：大额贷款未经法律顾问签字，不予放款',
        'release holds it: a large loan without the legal signature',
      );
      await withdraw(walk);
      return told;
    },
  },
  {
    name: 'forged-document',
    route: 'within',
    amountFen: WITHIN_FEN,
    async tell(walk) {
      await takeIn(walk);
      const firm = await panelFirm(walk);
      await secure(walk, firm);
      await investigate(walk);
      await compare(walk, firm, 'differs');
      return refusedAtReview(walk, 'collateral-seal-genuine');
    },
  },
];

/** Tells every case over HTTP, one after the other; `onCase` hears of each as it ends. */
export async function tellCases(
  client: DemoClient,
  language: Language,
  onCase: (result: DemoResult, done: number, total: number) => void,
): Promise<DemoResult[]> {
  const results: DemoResult[] = [];
  for (const { name, route, amountFen, tell } of CASES) {
    const walk = new DemoWalk(client, language, route, amountFen);
    const result = { case: name, ...(await tell(walk)), steps: walk.steps };
    results.push(result);
    onCase(result, results.length, CASES.length);
  }
  return results;
}
