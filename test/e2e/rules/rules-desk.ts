import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { BookStore } from '#libs/persistence/book-store.js';
import { inUnion } from '#libs/persistence/pool.js';
import { type ReplayResult, replayDecisions } from '#libs/persistence/replay.js';
import { wholeUnion } from '#libs/persistence/scope.js';
import { systemIds } from '#libs/platform/clock.js';
import { defaultBookFolder, loadBook, loadCases } from '#libs/platform/load-book.js';
import { bookContent } from '#libs/rules/book.js';
import type { CaseFile, AuthoredRule as Rule } from '#libs/rules/rule-format.js';
import type { TestApi } from '../support/api.js';
import { must } from '../support/journey.js';
import type { Session } from '../support/session.js';

interface DraftedBook {
  readonly manifest: object;
  readonly rules: readonly Rule[];
}

/** The shipped book's content, its rules changed by `change`, under a version of its own. */
export async function bookWith(version: string, change: (rule: Rule) => Rule = (rule) => rule): Promise<DraftedBook> {
  const { book } = await loadBook(defaultBookFolder());
  const { manifest, rules, ...tables } = bookContent(book);
  return { manifest: { ...manifest, version }, rules: rules.map((rule) => change(structuredClone(rule))), ...tables };
}

/** What a rule referred is only shown. */
export const warnOnly =
  (id: string) =>
  (rule: Rule): Rule =>
    rule.id === id ? { ...rule, severity: 'WARN', whenUnknown: 'WARN' } : rule;

/** Finds something on every application, at one door; the deputy would answer it, the vice-president may waive it. */
const EXTRA: Rule = {
  id: 'always-here',
  clause: 'M1',
  checkpoint: 'review',
  severity: 'BLOCK',
  answeredBy: 'deputy_director',
  waivedBy: 'vice_president',
  title: { zh: '新规则', en: 'A rule of the new book' },
  appliesTo: { products: ['*'] },
  effective: { from: '1990-01-01', to: null },
  conditions: { fact: 'application.amountFen', operator: 'greaterThan', value: 1 },
  reason: { zh: '有', en: 'is there' },
  cure: { zh: '无', en: 'none' },
  whenUnknown: 'BLOCK',
};
/** The shipped book with one rule more, which finds something on every application. */
export async function bookWithExtra(
  checkpoint: 'review' | 'release',
  change: Partial<Rule> = {},
): Promise<DraftedBook> {
  const book = await bookWith('2026.2');
  return { ...book, rules: [...book.rules, { ...EXTRA, checkpoint, ...change }] };
}

const EXTRA_CASES: CaseFile = {
  rule: EXTRA.id,
  product: { code: 'rural-personal', category: 'rural_personal' },
  cases: [
    { name: { zh: '一分', en: 'one fen' }, facts: { 'application.amountFen': 1 }, expect: 'none' },
    { name: { zh: '两分', en: 'two fen' }, facts: { 'application.amountFen': 2 }, expect: 'finding' },
    { name: { zh: '不明', en: 'unknown' }, facts: {}, expect: 'unknown' },
  ],
};

/** The cases of a book that is the shipped one but for some change of it, with `changed` in the place of those of its rules. */
export async function casesFor({ rules }: DraftedBook, changed: readonly CaseFile[] = []) {
  const shipped = await loadCases(defaultBookFolder());
  const extra = rules.some(({ id }) => id === EXTRA.id) ? [EXTRA_CASES] : [];
  const kept = shipped.filter(({ rule }) => !changed.some((one) => one.rule === rule));
  return [...kept, ...extra, ...changed];
}

/** What the two people of the compliance post do over HTTP. */
export class RulesDesk {
  private constructor(
    private readonly api: TestApi,
    readonly maker: Session,
    readonly checker: Session,
  ) {}

  static async open(api: TestApi): Promise<RulesDesk> {
    return new RulesDesk(api, await api.signIn('maker'), await api.signIn('checker'));
  }

  step(who: Session, id: string, path: string, version: number, body?: object) {
    return who.post(`/api/v1/rule-drafts/${id}/${path}`, body, { ifMatch: version });
  }

  /** With the cases of its book, where the body names none. */
  async drafted(body: Readonly<Record<string, unknown>>): Promise<string> {
    const { content } = body;
    const cases = content === undefined ? [] : await casesFor(content as DraftedBook);
    return must(201, await this.maker.post('/api/v1/rule-drafts', { title: '修改规则', cases, ...body })).body.id;
  }

  /** Drafted by one, checked and published by another; gives the published draft. */
  async published(body: Readonly<Record<string, unknown>>, effectiveFrom: string) {
    const id = await this.drafted(body);
    must(200, await this.step(this.maker, id, 'submission', 1, { effectiveFrom }));
    must(200, await this.step(this.checker, id, 'check', 2, { opinion: '已核对' }));
    return must(200, await this.step(this.checker, id, 'publication', 3)).body;
  }

  /** One statement as the application's own role, in the union, with every branch in sight. */
  asApp(text: string, values: unknown[] = []): Promise<pg.QueryResult> {
    const { pool } = this.api.services.tools;
    return inUnion(pool, wholeUnion(this.api.union.unionId), (sql) => sql.query(text, values));
  }

  /** Statements in one transaction as the application's own role, with the trace of an act. */
  asAppTraced(kind: string, id: string, text: string, values: unknown[] = []): Promise<unknown> {
    const { pool } = this.api.services.tools;
    const { unionId } = this.api.union;
    return inUnion(pool, wholeUnion(unionId), async (sql) => {
      await sql.query(
        `insert into audit_event (id, union_id, at, actor_name, request_id, action, subject_kind, subject_id) values ($1, $2, now(), 'x', 'x', 'x', $3, $4)`,
        [randomUUID(), unionId, kind, id],
      );
      return sql.query(text, values);
    });
  }

  replay(): Promise<ReplayResult> {
    const { pool } = this.api.services.tools;
    return replayDecisions(pool, new BookStore(pool, systemIds, null), this.api.union.unionId);
  }
}
