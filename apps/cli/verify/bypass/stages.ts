import type { DemoClient } from '../../demo/demo-client.js';
import { DemoWalk, type Route } from '../../demo/demo-walk.js';
import {
  approve,
  approveAndSign,
  check,
  convene,
  deliberate,
  investigate,
  pass,
  release,
  review,
  signLegally,
  vote,
} from '../../demo/posts.js';
import { compare, panelFirm, secure, withdraw } from '../../demo/secure.js';
import { takeIn } from '../../demo/take-in.js';

const WITHIN_FEN = 3_000_000;
const LARGE_FEN = 60_000_000;

async function investigated(walk: DemoWalk): Promise<void> {
  const firm = await panelFirm(walk);
  await secure(walk, firm);
  await investigate(walk);
  await compare(walk, firm, 'matches');
}

async function reviewed(walk: DemoWalk): Promise<void> {
  await investigated(walk);
  await review(walk);
}

async function ready(walk: DemoWalk): Promise<void> {
  await reviewed(walk);
  await deliberate(walk);
  await approveAndSign(walk);
}

/** Where loans are stopped on their way, by the name that attempts call them. */
const STOPS: Readonly<Record<string, { route?: Route; walk(walk: DemoWalk): Promise<unknown> }>> = {
  investigation: { walk: async () => {} },
  review: {
    async walk(walk) {
      await investigated(walk);
      await check(walk);
    },
  },
  convened: {
    async walk(walk) {
      await reviewed(walk);
      await convene(walk);
    },
  },
  deliberation: {
    async walk(walk) {
      await reviewed(walk);
      await convene(walk);
      walk.must(await vote(walk, 'officer2'), 'a vote');
      walk.must(await walk.act('accountant2', 'deliberation/conflicts', { reason: '亲属' }), 'a conflict');
    },
  },
  approval: {
    async walk(walk) {
      await reviewed(walk);
      await deliberate(walk);
    },
  },
  contract: {
    async walk(walk) {
      await reviewed(walk);
      await deliberate(walk);
      await approve(walk);
    },
  },
  release: { walk: ready },
  overReview: {
    route: 'over',
    async walk(walk) {
      await investigated(walk);
      await check(walk);
      walk.must(await pass(walk, walk.posts.reviewers[0]), 'one review');
    },
  },
  large: { route: 'over', walk: ready },
  signed: {
    route: 'over',
    async walk(walk) {
      await ready(walk);
      await signLegally(walk);
    },
  },
  released: {
    async walk(walk) {
      await ready(walk);
      await release(walk);
    },
  },
  refused: {
    async walk(walk) {
      await investigated(walk);
      await walk.do(walk.posts.reviewers[0], 'refusal', { reason: '不符合条件' });
    },
  },
  withdrawn: { walk: withdraw },
};

/** Walks a loan to each stop over HTTP; gives the applications by name. */
export async function walkToStops(client: DemoClient): Promise<Map<string, string>> {
  const stopped = new Map<string, string>();
  for (const [name, { route = 'within', walk: go }] of Object.entries(STOPS)) {
    const walk = new DemoWalk(client, 'en', route, route === 'over' ? LARGE_FEN : WITHIN_FEN);
    await takeIn(walk);
    await go(walk);
    stopped.set(name, walk.id);
  }
  return stopped;
}
