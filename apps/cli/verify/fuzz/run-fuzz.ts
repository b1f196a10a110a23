import fc, { type Arbitrary } from 'fast-check';
import pLimit from 'p-limit';
import type { Route } from '#apps/api/http/route-table.js';
import type { Peopled } from '../ground.js';
import { knownValues } from '../known-values.js';
import { readAllowed } from '../matrix/allowed.js';
import { expected } from '../matrix/expected.js';
import { FILES, type Operation, operationOf } from '../operation.js';
import type { VerifyPerson } from '../people.js';
import { fillPath, type Targets } from '../targets.js';
import { broken, type JsonSchema, valid } from './json-schema.js';

export interface FuzzResult {
  readonly requests: number;
  readonly serverErrors: readonly { readonly request: string; readonly answer: string }[];
  /** Answers that are no problem details, or show the inside of the program. */
  readonly untidy: readonly { readonly request: string; readonly answer: string }[];
}

interface FuzzOptions {
  readonly requests: number;
  readonly seed: number;
  readonly onProgress?: (done: number) => void;
  /** Every answer, for who looks for personal data in it. */
  readonly onAnswer?: (request: string, text: string) => void;
}

interface Shot {
  readonly route: Route;
  readonly path: string;
  readonly person: VerifyPerson | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array<ArrayBuffer> | null;
}

const AT_ONCE = 12;
const INSIDE = /node_modules|\n\s+at |select .* from |SQLSTATE|ECONN|dist\/(?:apps|libs)/;

/** What would end the session of who fuzzes, or sends a password through argon2 each time. */
const LEFT_OUT = ['DELETE /api/v1/sessions/current'];

/** Sends what the document allows and what it does not to every route, as people of every post and as nobody. */
export async function runFuzz(ground: Peopled, options: FuzzOptions): Promise<FuzzResult> {
  const routes = ground.server.routes.filter(
    ({ method, path }) => !LEFT_OUT.includes(`${method} ${path}`) && !path.startsWith('/docs'),
  );
  const allowed = await readAllowed();
  const perRoute = Math.ceil(options.requests / routes.length);
  const limit = pLimit(AT_ONCE);
  const serverErrors: { request: string; answer: string }[] = [];
  const untidy: { request: string; answer: string }[] = [];
  let requests = 0;
  const shoot = async (shot: Shot): Promise<void> => {
    const request = `${shot.route.method} ${shot.path} ${bodyText(shot.body)}`;
    const { status, text, type } = await send(ground.server.url, shot);
    requests += 1;
    options.onProgress?.(requests);
    options.onAnswer?.(request, text);
    const answer = `${status} ${text.slice(0, 300)}`;
    if (status >= 500) serverErrors.push({ request, answer });
    else if (status >= 400 && (!type.includes('problem+json') || INSIDE.test(text))) untidy.push({ request, answer });
  };
  for (const [index, route] of routes.entries()) {
    const may = ground.people.filter((one) => expected(allowed.get(`${route.method} ${route.path}`), one) !== 'shut');
    const shots = fc.sample(shotOf(ground, route, may), { seed: options.seed + index, numRuns: perRoute });
    await Promise.all(shots.map((shot) => limit(() => shoot(shot))));
  }
  return { requests, serverErrors, untidy };
}

const bodyText = (body: Shot['body']): string => (typeof body === 'string' ? body.slice(0, 300) : '');

async function send(url: string, { route, path, headers, body }: Shot) {
  const answer = await fetch(`${url}${path}`, {
    method: route.method,
    headers,
    redirect: 'manual',
    ...(body === null ? {} : { body }),
  });
  return { status: answer.status, text: await answer.text(), type: answer.headers.get('content-type') ?? '' };
}

/** `may`: who may use the route; they come twice as often as anybody. */
function shotOf({ server, people, targets }: Peopled, route: Route, may: readonly VerifyPerson[]): Arbitrary<Shot> {
  const operation = operationOf(server.description, route);
  const anybody = fc.option(fc.constantFrom(...people), { freq: 10 });
  return fc
    .record({
      route: fc.constant(route),
      path: pathOf(route, targets, operation),
      person: may.length === 0 ? anybody : fc.oneof({ weight: 2, arbitrary: fc.constantFrom(...may) }, anybody),
      key: fc.oneof({ weight: 9, arbitrary: fc.uuid() }, fc.constantFrom('', 'short', 'x'.repeat(300), 'the-same-key')),
      match: fc.oneof(
        { weight: 6, arbitrary: fc.constant(`"${targets['version']}"`) },
        fc.constantFrom('', '*', '"0"', '"999999999"', 'W/"1"', '"9999999999999"'),
      ),
      content: bodyOf(route, operation, targets),
    })
    .map(({ person, key, match, content, ...rest }) => ({
      ...rest,
      person,
      headers: {
        ...(person === null ? {} : { cookie: person.cookie }),
        ...(key === '' ? {} : { 'idempotency-key': key }),
        ...(match === '' ? {} : { 'if-match': match }),
        ...(content === null ? {} : { 'content-type': content.type }),
      },
      body: content === null ? null : content.body,
    }));
}

const ODD_IDS = ['0', 'null', '%00', '..%2f..', 'ffffffff-ffff-ffff-ffff-ffffffffffff', '%E4%B8%AD', 'a'.repeat(300)];

function pathOf({ path }: Route, targets: Targets, operation: Operation | null): Arbitrary<string> {
  const whole = fillPath(path, targets, () => targets['document'] ?? '');
  const odd = fc.constantFrom(...ODD_IDS).map((id) => path.replaceAll(/:\w+/g, id));
  const stranger = fc.uuid().map((id) => path.replaceAll(/:\w+/g, id));
  const known = knownValues(targets);
  const query = (operation?.query ?? []).map(({ name, required, schema }) => {
    const good = valid(schema, known, name).map(String);
    const bad = fc.constantFrom('', '-1', 'x', '1e9', '\u0000', '2026-02-30', '[object Object]');
    const given = fc.oneof({ weight: 5, arbitrary: good }, bad).map((value) => [name, value] as const);
    return required ? fc.option(given, { freq: 12 }) : fc.option(given);
  });
  return fc
    .tuple(
      fc.oneof({ weight: 6, arbitrary: fc.constant(whole) }, { weight: 2, arbitrary: stranger }, odd),
      fc.tuple(...query),
    )
    .map(([base, pairs]) => {
      const asked = new URLSearchParams(pairs.filter((pair) => pair !== null).map(([name, value]) => [name, value]));
      return asked.size === 0 ? base : `${base}?${asked}`;
    });
}

interface Content {
  readonly type: string;
  readonly body: string | Uint8Array<ArrayBuffer>;
}

function bodyOf({ method }: Route, operation: Operation | null, targets: Targets): Arbitrary<Content | null> {
  if (method === 'GET' || method === 'DELETE') return fc.constant(null);
  const type = operation?.type ?? null;
  const file = type === null ? undefined : FILES[type];
  if (type !== null && file !== undefined) return fileOf(type, file);
  const schema: JsonSchema = operation?.body ?? {};
  const good = type === null ? fc.constant({}) : valid(schema, knownValues(targets));
  const json = (value: unknown): Content => ({ type: 'application/json', body: JSON.stringify(value) ?? '' });
  return fc.oneof(
    { weight: 6, arbitrary: good.map(json) },
    { weight: 6, arbitrary: good.chain(broken).map(json) },
    fc
      .constantFrom('', '{', '[1,2', 'null', '"x"', '{"__proto__":{"x":1}}', '\u0000')
      .map((body) => ({ type: 'application/json', body })),
    fc
      .constantFrom('text/plain', 'application/xml', 'multipart/form-data', 'application/json; charset=utf-16')
      .map((odd) => ({ type: odd, body: '{}' })),
  );
}

const fileOf = (type: string, file: Buffer): Arbitrary<Content> =>
  fc
    .oneof(
      { weight: 4, arbitrary: fc.constant(new Uint8Array(file)) },
      fc.uint8Array({ maxLength: 400 }).map((bytes) => new Uint8Array(bytes)),
      fc.constant(new Uint8Array(0)),
    )
    .map((body) => ({ type, body }));
