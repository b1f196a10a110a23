import {
  ConsecutiveBreaker,
  circuitBreaker,
  ExponentialBackoff,
  handleWhen,
  retry,
  TimeoutStrategy,
  timeout,
  wrap,
} from 'cockatiel';
import { bureauResponse } from '../../contracts/bureau-protocol.js';
import type { BureauAnswer, BureauRequest, BureauSummary, CreditBureau } from '../../usecases/query-bureau.js';

export interface HttpBureauOptions {
  readonly url: string;
  /** For each attempt. */
  readonly timeoutMs: number;
  readonly attempts: number;
  /** Failures in a row after which the bureau is left alone for `halfOpenAfterMs`. */
  readonly breakAfter: number;
  readonly halfOpenAfterMs: number;
  readonly today: () => string;
}

/** An answer that another attempt would not better. */
class NotWorthRetrying extends Error {}

/** The bureau over HTTP, with time limit, retries and a circuit breaker. Whatever goes wrong is an answer, never a pass. */
export class HttpBureau implements CreditBureau {
  readonly provider: string;
  private readonly policy;

  constructor(private readonly options: HttpBureauOptions) {
    this.provider = `http:${new URL(options.url).host}`;
    const faults = handleWhen((error) => !(error instanceof NotWorthRetrying));
    this.policy = wrap(
      retry(faults, {
        maxAttempts: options.attempts - 1,
        backoff: new ExponentialBackoff({ initialDelay: 100, maxDelay: 2000 }),
      }),
      circuitBreaker(faults, {
        halfOpenAfter: options.halfOpenAfterMs,
        breaker: new ConsecutiveBreaker(options.breakAfter),
      }),
      timeout(options.timeoutMs, TimeoutStrategy.Aggressive),
    );
  }

  async fetchReport(request: BureauRequest): Promise<BureauAnswer> {
    let text: string;
    try {
      text = await this.policy.execute(({ signal }) => this.post(request, signal));
    } catch (cause) {
      return { kind: cause instanceof NotWorthRetrying ? 'invalid' : 'unavailable', detail: detailOf(cause) };
    }
    return this.read(text, request);
  }

  private async post(request: BureauRequest, signal: AbortSignal): Promise<string> {
    const response = await fetch(new URL('/v1/reports', this.options.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
      signal,
    });
    if (response.status >= 500 || response.status === 429) throw new Error(`the bureau answered ${response.status}`);
    if (!response.ok) throw new NotWorthRetrying(`the bureau refused the query with ${response.status}`);
    return response.text();
  }

  private read(whole: string, request: BureauRequest): BureauAnswer {
    let content: unknown;
    try {
      content = JSON.parse(whole);
    } catch {
      return { kind: 'invalid', detail: 'the answer is not JSON' };
    }
    const parsed = bureauResponse.safeParse(content);
    if (!parsed.success) {
      const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'answer'}: ${message}`);
      return { kind: 'invalid', detail: faults.join('; ') };
    }
    const { identityNumber, reportedOn, summary } = parsed.data;
    if (identityNumber !== request.identityNumber)
      return { kind: 'invalid', detail: 'the report is about another person' };
    if (reportedOn > this.options.today())
      return { kind: 'invalid', detail: `the report is dated ${reportedOn}, in the future` };
    return { kind: 'answered', report: { reportedOn, summary: summary as BureauSummary, whole } };
  }
}

/** What may be told of a failure: never what was sent. */
function detailOf(cause: unknown): string {
  if (!(cause instanceof Error)) return 'unknown failure';
  const inner = cause.cause instanceof Error ? `: ${cause.cause.message}` : '';
  return `${cause.message}${inner}`;
}
