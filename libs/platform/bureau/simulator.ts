import fastify from 'fastify';
import { bureauRequest } from '../../contracts/bureau-protocol.js';
import type { BureauSummary } from '../../usecases/query-bureau.js';

/** How the simulated bureau behaves. */
export type BureauBehaviour =
  | 'answers'
  | 'down'
  | 'slow'
  | 'empty-object'
  | 'empty-summary'
  | 'negative-counts'
  | 'tomorrow'
  | 'not-json'
  | 'another-person'
  | 'refuses'
  | 'resets';

export interface SimulatorOptions {
  readonly port: number;
  readonly today: () => string;
  /** The history of an identity number; undefined where the bureau has no file on the person. */
  readonly history: (identityNumber: string) => BureauSummary | undefined;
  readonly slowMs?: number;
}

export interface BureauSimulator {
  readonly url: string;
  /** Queries that reached it. */
  readonly queries: () => number;
  behave(behaviour: BureauBehaviour): void;
  stop(): Promise<void>;
}

/** A person whom no lender ever reported: everything is known, and nothing happened. */
export const EMPTY_FILE: BureauSummary = {
  accountsOverdueNow: 0,
  monthsSince90DaysLate: { never: true },
  latePayments24Months: 0,
  accountsWrittenOff: 0,
  accountsPaidByGuarantor: 0,
  collections12Months: 0,
  accounts120DaysOverdue: 0,
  bankruptcies: 0,
  taxLiens: 0,
  hardEnquiries12Months: 0,
  otherLenders: 0,
  monthlyRepaymentFen: 0,
};

function spoilt(behaviour: BureauBehaviour, summary: BureauSummary): object {
  if (behaviour === 'empty-summary') return {};
  return behaviour === 'negative-counts' ? { ...summary, accountsOverdueNow: -1 } : summary;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A local stand-in for the central bank's bureau, over real HTTP, with the faults that real ones have. */
export async function startBureauSimulator(options: SimulatorOptions): Promise<BureauSimulator> {
  const server = fastify({ logger: false, forceCloseConnections: true });
  let behaviour: BureauBehaviour = 'answers';
  let queries = 0;
  server.post('/v1/reports', async (request, reply) => {
    queries += 1;
    const parsed = bureauRequest.safeParse(request.body);
    if (!parsed.success || behaviour === 'refuses') return reply.status(422).send({ error: 'the query is refused' });
    if (behaviour === 'resets') return request.raw.socket.destroy();
    if (behaviour === 'down') return reply.status(503).send({ error: 'down for maintenance' });
    if (behaviour === 'slow') await pause(options.slowMs ?? 60_000);
    if (behaviour === 'empty-object') return {};
    if (behaviour === 'not-json') return reply.type('text/html').send('<html>the line is busy</html>');
    const { identityNumber } = parsed.data;
    const summary = options.history(identityNumber) ?? EMPTY_FILE;
    return {
      identityNumber: behaviour === 'another-person' ? '110101194910010016' : identityNumber,
      reportedOn: behaviour === 'tomorrow' ? '2999-01-01' : options.today(),
      summary: spoilt(behaviour, summary),
    };
  });
  const url = await server.listen({ port: options.port, host: '127.0.0.1' });
  return {
    url,
    queries: () => queries,
    behave: (next) => {
      behaviour = next;
    },
    stop: () => server.close(),
  };
}
