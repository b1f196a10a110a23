import { civilDateOf } from '#libs/domain/civil-date.js';
import type { BookStore } from '#libs/persistence/book-store.js';
import { isProblem, runSqlCommand } from '#libs/persistence/commands.js';
import { DecisionStore } from '#libs/persistence/stores/decision-store.js';
import type { PersistenceTools } from '#libs/persistence/tools.js';
import { systemClock } from '#libs/platform/clock.js';
import { Gates } from '#libs/rules/gates.js';
import type { Actor } from '#libs/usecases/actor.js';
import { decideIntake } from '#libs/usecases/decide-intake.js';

/** The live gate: one decision as a request makes it, in the transaction that a request has. */
export class LiveGate {
  private readonly gates = new Gates();

  constructor(
    private readonly tools: PersistenceTools,
    private readonly books: BookStore,
    private readonly unionId: string,
  ) {}

  async decide(applicationId: string): Promise<void> {
    const { tools, unionId } = this;
    const at = systemClock.now();
    const requestId = tools.ids.next();
    const appointments = [{ id: null, post: 'field_credit_officer', unitId: unionId, headOffice: true }] as const;
    const actor: Actor = {
      unionId,
      staffId: null,
      name: 'bench',
      appointments,
      requestId,
      at,
      businessDate: civilDateOf(at),
    };
    const once = { key: requestId, route: 'bench', body: null };
    const answer = await runSqlCommand(tools, { actor, units: 'all' }, once, 201, (sql) =>
      decideIntake(new DecisionStore(sql, unionId, this.books, tools.ids), this.gates, actor, {
        applicationId,
        decisionId: tools.ids.next(),
      }),
    );
    if (isProblem(answer)) throw new Error(`bench: ${answer.code}`);
  }
}
