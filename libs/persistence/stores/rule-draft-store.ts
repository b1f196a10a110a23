import type { Post } from '../../domain/post.js';
import type { DraftState } from '../../domain/rule-draft.js';
import type { KnownParameter } from '../../rules/parameter-changes.js';
import type { DraftSource } from '../../rules/read-draft.js';
import type { Parameter, ParameterChange } from '../../rules/rule-format.js';
import type { MakeRuleDraftPort } from '../../usecases/make-rule-draft.js';
import type { PublishRuleDraftPort, Signed } from '../../usecases/publish-rule-draft.js';
import type { DraftChange, RuleDraft, RuleDraftView } from '../../usecases/rule-drafts.js';
import type { SubmitRuleDraftPort } from '../../usecases/submit-rule-draft.js';
import { instant } from '../instant.js';
import { parametersInForceOn } from '../parameters-in-force.js';
import { datedParameters } from '../read-parameters.js';
import { SqlRecords } from './sql-records.js';

const VIEW = `jsonb_build_object('id', d.id, 'state', d.state, 'title', d.title,
  'rules', case when jsonb_typeof(d.content -> 'rules') = 'array' then jsonb_array_length(d.content -> 'rules') end,
  'parameterChanges', jsonb_array_length(d.parameters), 'cases', jsonb_array_length(d.cases), 'hash', d.hash, 'rollbackOf', d.rollback_of,
  'effectiveFrom', d.effective_from, 'makerId', d.maker_id, 'maker', (select m.name from staff m where m.union_id = $1 and m.id = d.maker_id),
  'checkerId', d.checker_id, 'checker', (select c.name from staff c where c.union_id = $1 and c.id = d.checker_id),
  'checkOpinion', d.check_opinion, 'returnReason', d.return_reason, 'createdAt', ${instant('d.created_at')},
  'publishedAt', ${instant('d.published_at')}, 'version', d.version)`;

/** The columns that a step may write; the database holds which step writes which. */
const COLUMNS = [
  'title',
  'content',
  'parameters',
  'cases',
  'hash',
  'effective_from',
  'submitted_at',
  'checker_id',
  'checked_at',
  'check_opinion',
  'returned_by_id',
  'returned_at',
  'return_reason',
  'published_by_id',
  'published_at',
];
const JSON_COLUMNS = ['content', 'parameters', 'cases'];

function writtenView(rows: readonly { view: RuleDraftView }[]): RuleDraftView {
  const view = rows[0]?.view;
  if (view === undefined) throw new Error('the draft is gone');
  return view;
}

/** Drafts of rules and parameters, and what comes into force by them. */
export class RuleDraftStore extends SqlRecords implements MakeRuleDraftPort, PublishRuleDraftPort, SubmitRuleDraftPort {
  async draft(id: string): Promise<RuleDraft | null> {
    await this.sql.query('select from rule_draft where union_id = $1 and id = $2 for update', [this.unionId, id]);
    return this.readDraft(id);
  }

  async readDraft(id: string): Promise<RuleDraft | null> {
    const found = await this.sql.query<RuleDraft>(
      `select ${VIEW} as view, jsonb_build_object('content', d.content, 'parameters', d.parameters, 'cases', d.cases) as source
       from rule_draft d where d.union_id = $1 and d.id = $2`,
      [this.unionId, id],
    );
    return found.rows[0] ?? null;
  }

  /** The newest first, after the one of `cursor`. */
  async drafts(cursor: string | null, limit: number): Promise<RuleDraftView[]> {
    const found = await this.sql.query<{ view: RuleDraftView }>(
      `select ${VIEW} as view from rule_draft d where d.union_id = $1 and ($2::uuid is null or d.id < $2) order by d.id desc limit $3`,
      [this.unionId, cursor, limit],
    );
    return found.rows.map(({ view }) => view);
  }

  async step(id: string, state: DraftState, change: DraftChange): Promise<RuleDraftView> {
    const columns = COLUMNS.filter((column) => column in change);
    const set = columns.map((column, at) => `${column} = $${at + 4}`);
    const values = columns.map((column) =>
      JSON_COLUMNS.includes(column) && change[column] !== null ? JSON.stringify(change[column]) : change[column],
    );
    const written = await this.sql.query<{ view: RuleDraftView }>(
      `update rule_draft d set ${['state = $3', 'version = version + 1', ...set].join(', ')}
       where d.union_id = $1 and d.id = $2 returning ${VIEW} as view`,
      [this.unionId, id, state, ...values],
    );
    return writtenView(written.rows);
  }

  async addDraft(
    title: string,
    { content, parameters, cases }: DraftSource,
    rollbackOf: string | null,
    makerId: string | null,
    at: Date,
  ): Promise<RuleDraftView> {
    const added = await this.sql.query<{ view: RuleDraftView }>(
      `insert into rule_draft as d (id, union_id, state, title, content, parameters, cases, rollback_of, maker_id, created_at)
       values ($2, $1, 'draft', $3, $4, $5, $6, $7, $8, $9) returning ${VIEW} as view`,
      [
        this.unionId,
        this.ids.next(),
        title,
        content === null ? null : JSON.stringify(content),
        JSON.stringify(parameters),
        JSON.stringify(cases),
        rollbackOf,
        makerId,
        at,
      ],
    );
    return writtenView(added.rows);
  }

  async bookContent(hash: string): Promise<Readonly<Record<string, unknown>> | null> {
    const found = await this.sql.query<{ content: Readonly<Record<string, unknown>> }>(
      'select content from rule_book where union_id = $1 and hash = $2',
      [this.unionId, hash],
    );
    return found.rows[0]?.content ?? null;
  }

  async onPost(staffId: string, post: Post, on: string): Promise<boolean> {
    const found = await this.sql.query<{ held: boolean }>(
      `select on_post($1, $2, array[$3], $4::date::timestamp at time zone 'Asia/Shanghai') as held`,
      [this.unionId, staffId, post, on],
    );
    return found.rows[0]?.held === true;
  }

  async knownParameters(): Promise<KnownParameter[]> {
    const found = await this.sql.query<KnownParameter>(
      `select key, unit, valid_from::text as "from" from policy_parameter where union_id = $1 and (valid_to is null or valid_to >= valid_from)
       order by key, valid_from`,
      [this.unionId],
    );
    return found.rows;
  }

  datedParameters(): Promise<Parameter[]> {
    return datedParameters(this.sql, this.unionId);
  }

  parameterValues(on: string): Promise<Readonly<Record<string, number | string | boolean>>> {
    return parametersInForceOn(this.sql, this.unionId, on);
  }

  async publishBook(draftId: string, signed: Signed, at: Date): Promise<void> {
    await this.sql.query(
      `insert into rule_book (id, union_id, code, book_version, hash, content, effective_from, published_at, maker_id, checker_id)
       select $3, $1, d.content -> 'manifest' ->> 'code', d.content -> 'manifest' ->> 'version', d.hash, d.content, d.effective_from, $4,
         d.maker_id, d.checker_id
       from rule_draft d where d.union_id = $1 and d.id = $2
         and not exists (select from rule_book b where b.union_id = $1 and b.hash = d.hash)`,
      [this.unionId, draftId, this.ids.next(), at],
    );
    await this.sql.query(
      `insert into rule_publication (id, union_id, book_hash, effective_from, draft_id, maker_id, checker_id, published_at, signature, public_key)
       select $3, $1, d.hash, d.effective_from, d.id, d.maker_id, d.checker_id, $4, $5, $6 from rule_draft d where d.union_id = $1 and d.id = $2`,
      [this.unionId, draftId, this.ids.next(), at, signed.signature, signed.publicKey],
    );
  }

  async changeParameter(draftId: string, change: ParameterChange, signed: Signed, at: Date): Promise<void> {
    const { key, value, unit, from, to, source, clause, own, reason } = change;
    await this.sql.query(
      `update policy_parameter set valid_to = case when valid_from < $3 then $3::date else valid_from end - 1
       where union_id = $1 and key = $2 and (valid_to is null or valid_to >= greatest($3::date, valid_from))
         and (valid_from < $3 or $4::date is null or valid_from <= $4)`,
      [this.unionId, key, from, to],
    );
    await this.sql.query(
      `insert into policy_parameter (id, union_id, key, value, unit, valid_from, valid_to, source, source_en, clause, own, reason, draft_id, created_at, signature, public_key)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
      [
        this.ids.next(),
        this.unionId,
        key,
        JSON.stringify(value),
        unit,
        from,
        to,
        source.zh,
        source.en,
        clause,
        own,
        reason,
        draftId,
        at,
        signed.signature,
        signed.publicKey,
      ],
    );
  }
}
