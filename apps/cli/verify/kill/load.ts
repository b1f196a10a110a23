import { randomUUID } from 'node:crypto';
import { DemoWalk } from '../../demo/demo-walk.js';
import { approveAndSign, deliberate, investigate, release, review } from '../../demo/posts.js';
import { compare, panelFirm, secure } from '../../demo/secure.js';
import { takeIn } from '../../demo/take-in.js';
import { CommandFailed } from '../../output.js';
import { CutOff, type RecordingClient } from './recording-client.js';

const WALKERS = 3;
const WITHIN_FEN = 3_000_000;

/** People at work until told to stop, or until the service is cut off. */
export class Load {
  private stopping = false;
  private readonly working: Promise<void>[];

  constructor(private readonly client: RecordingClient) {
    this.working = [...Array.from({ length: WALKERS }, () => this.walk()), this.apply()];
  }

  /** Lets what is under way come to its end. Throws what was no cut. */
  async stop(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.working);
  }

  /** Whole loans, from the counter to the money. */
  private walk(): Promise<void> {
    return this.untilCut(async () => {
      const walk = new DemoWalk(this.client, 'en', 'within', WITHIN_FEN);
      const firm = await panelFirm(walk);
      const steps = [
        takeIn,
        (one: DemoWalk) => secure(one, firm),
        investigate,
        compareAll,
        review,
        deliberate,
        approveAndSign,
        release,
      ];
      async function compareAll(one: DemoWalk): Promise<void> {
        await compare(one, firm, 'matches');
      }
      for (const step of steps) if (!this.stopping) await step(walk);
    });
  }

  /** Applications by hundreds, each with a purpose of its own. */
  private apply(): Promise<void> {
    return this.untilCut(async () => {
      const { body: me } = await this.client.get('officer3', '/me');
      const branchId: string = me.appointments[0].unitId;
      const { body: customers } = await this.client.get('officer3', '/customers?limit=20');
      for (const { id: customerId } of customers.items as { id: string }[]) {
        if (this.stopping) return;
        const purpose = randomUUID();
        const application = {
          branchId,
          customerId,
          productCode: 'rural-personal',
          amountFen: 100_000,
          termMonths: 12,
          purpose,
        };
        await this.client.post('officer3', '/applications', application, undefined, purpose);
      }
    });
  }

  private async untilCut(work: () => Promise<void>): Promise<void> {
    while (!this.stopping) {
      try {
        await work();
      } catch (cause) {
        if (cause instanceof CutOff) return;
        // A step that found its application moved by what was sent again after an earlier cut.
        if (!(cause instanceof CommandFailed)) throw cause;
      }
    }
  }
}
