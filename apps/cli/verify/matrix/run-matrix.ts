import { randomUUID } from 'node:crypto';
import pLimit from 'p-limit';
import type { Route } from '#apps/api/http/route-table.js';
import type { Peopled } from '../ground.js';
import type { VerifyPerson } from '../people.js';
import { fillPath, type Targets } from '../targets.js';
import { type Allowed, readAllowed } from './allowed.js';
import { expected } from './expected.js';
import { sampleBody } from './sample-body.js';

/** A cell that is not as it is written that it should be. */
interface WrongCell {
  readonly route: string;
  readonly who: string;
  readonly expected: string;
  readonly got: string;
}

export interface MatrixResult {
  readonly cells: number;
  /** Cells that let somebody in, or show something, who should not be. */
  readonly leaks: readonly WrongCell[];
  /** Cells that keep somebody out who should be let in, and routes that nobody listed. */
  readonly shut: readonly WrongCell[];
  /** Shut cells that were refused for their input: they show less. */
  readonly unproved: readonly WrongCell[];
}

interface MatrixOptions {
  /** What is allowed, where it is not the list beside the code. */
  readonly allowed?: ReadonlyMap<string, Allowed>;
  readonly onProgress?: (done: number) => void;
}

const AT_ONCE = 8;
const REFUSED = [401, 403, 404];

/**
 * Every route that answers, by every post at the branch of the record, at another one, in another union, and by nobody.
 * Where somebody may, the command is sent without what makes it take effect; where not, whole.
 */
export async function runMatrix(ground: Peopled, options: MatrixOptions = {}): Promise<MatrixResult> {
  const { onProgress = () => {} } = options;
  const allowed = options.allowed ?? (await readAllowed());
  const result = { cells: 0, leaks: [] as WrongCell[], shut: [] as WrongCell[], unproved: [] as WrongCell[] };
  const limit = pLimit(AT_ONCE);
  // Ending the own session comes last.
  const routes = [...ground.server.routes].sort((one) => (one.path.endsWith('/sessions/current') ? 1 : -1));
  for (const route of routes) {
    const name = `${route.method} ${route.path}`;
    if (allowed.get(name) === undefined)
      result.shut.push({ route: name, who: 'all', expected: 'listed', got: 'not listed' });
    const cell = async (person: VerifyPerson | null): Promise<void> => {
      const wanted = expected(allowed.get(name), person);
      const { status, shows } = await send(ground, route, person, wanted === 'shut');
      const who = person === null ? 'nobody' : `${person.post} ${person.place}`;
      const wrong = { route: name, who, expected: wanted, got: `${status}${shows ? ' and shows a target' : ''}` };
      result.cells += 1;
      onProgress(result.cells);
      if (wanted === 'shut') {
        if (shows || !(REFUSED.includes(status) || status === 400)) result.leaks.push(wrong);
        else if (status === 400) result.unproved.push(wrong);
      } else if (wanted === 'blind' && shows) result.leaks.push(wrong);
      else if (status >= 500 || status === 401 || status === 403) result.shut.push(wrong);
      else if (wanted === 'open' && status === 404 && allowed.get(name)?.reach !== 'public') result.shut.push(wrong);
    };
    await Promise.all([null, ...ground.people].map((person) => limit(() => cell(person))));
  }
  return result;
}

async function send(
  { server, targets }: Peopled,
  route: Route,
  person: VerifyPerson | null,
  whole: boolean,
): Promise<{ status: number; shows: boolean }> {
  const headers: Record<string, string> = person === null ? {} : { cookie: person.cookie };
  const path = fillPath(route.path.replace('*', 'index.html'), targets, randomUUID);
  const writes = route.method !== 'GET' && route.method !== 'DELETE';
  const body = writes && whole ? sampleBody(server.description, route, targets) : null;
  if (whole && writes) {
    headers['idempotency-key'] = randomUUID();
    headers['if-match'] = `"${targets['version']}"`;
  }
  if (body !== null) headers['content-type'] = body.type;
  else if (writes) headers['content-type'] = 'application/json';
  const answer = await fetch(`${server.url}${path}${body?.query ?? queryOf(route, targets)}`, {
    method: route.method,
    headers,
    redirect: 'manual',
    ...(writes ? { body: body?.content ?? '{}' } : {}),
  });
  const text = await answer.text();
  const shown =
    answer.status < 400 &&
    SHOWN.some((name) => text.includes(targets[name] ?? '-') && !path.includes(targets[name] ?? '-'));
  return { status: answer.status, shows: shown };
}

/** Targets whose ids in an answer show that it tells of the first branch. */
const SHOWN = [
  'application',
  'customer',
  'decision',
  'document',
  'collateral',
  'staff',
  'account',
  'session',
  'appointment',
  'specimen',
  'firm',
];

const queryOf = ({ method, path }: Route, targets: Targets): string =>
  method === 'GET' && path === '/api/v1/audit-events' ? `?subjectId=${targets['application']}` : '';
