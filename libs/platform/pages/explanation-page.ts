import type { Content, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import { POSTS } from '../../domain/post.js';
import type { Bilingual, Language } from '../../domain/text.js';
import { BOOK_WORDS, bookOfRule, inReadingOrder } from '../../rules/explain/book-words.js';
import type { Counterfactual } from '../../rules/explain/counterfactual.js';
import type { Explanation, NamedBook, Obstacle } from '../../rules/explain/explain.js';
import type { ExplainedDecision } from '../../rules/explain/explained-decision.js';
import type { ExplainedRule } from '../../rules/explain/explained-rules.js';
import { VERDICT_WORDS, WAIVED_BY_WORDS } from '../../rules/explain/words.js';
import { conditionRows } from './condition-rows.js';
import { CHECKPOINT_WORDS, PAGE_WORDS } from './page-words.js';

/** Title, what was decided by what, findings, what would turn it, and every rule's tree of conditions. */
export function explanationPage(decision: ExplainedDecision, language: Language): TDocumentDefinitions {
  const { explanation } = decision;
  const say = (word: keyof typeof PAGE_WORDS): string => PAGE_WORDS[word][language];
  const found = explanation.rules.filter((rule) => rule.counts && rule.verdict !== 'PASS');
  return {
    info: { title: `${say('title')} ${decision.id}`, creationDate: new Date(decision.decidedAt), producer: 'Wugang' },
    pageSize: 'A4',
    pageMargins: [40, 44, 40, 48],
    defaultStyle: { font: 'Han', fontSize: 9, lineHeight: 1.15 },
    styles: {
      title: { fontSize: 16, bold: true, margin: [0, 0, 0, 6] },
      heading: { fontSize: 11, bold: true, margin: [0, 12, 0, 4] },
      rule: { bold: true, margin: [0, 6, 0, 0] },
      small: { fontSize: 7.5 },
      head: { bold: true, fillColor: '#eeeeee' },
    },
    footer: (page, pages) => ({
      margin: [40, 12, 40, 0],
      columns: [
        { text: `${say('decision')} ${decision.id}`, style: 'small' },
        { text: `${page} / ${pages}`, style: 'small', alignment: 'right' },
      ],
    }),
    content: [
      { text: say('title'), style: 'title' },
      identity(decision, language),
      ...(decision.reproduced ? [] : [{ text: say('notReproduced'), bold: true, margin: [0, 6, 0, 0] } as Content]),
      { text: `${say('verdict')} ${VERDICT_WORDS[explanation.verdict][language]}`, style: 'heading' },
      found.length === 0 ? say('noFindings') : findings(found, explanation, language),
      ...turns(explanation, language),
      { text: say('conditions'), style: 'heading' },
      ...inReadingOrder(explanation.rules).flatMap((rule) => ruleTree(rule, explanation, language)),
    ],
  };
}

function identity(decision: ExplainedDecision, language: Language): Content {
  const { explanation } = decision;
  const { book, pinnedBook, checkpoint, product, on, parametersHash } = explanation;
  const named = ({ code, version, hash }: NamedBook): string => `${code} ${version}\n${hash}`;
  const rows: [Bilingual, string][] = [
    [PAGE_WORDS.decision, decision.id],
    [PAGE_WORDS.fileNo, decision.fileNo],
    [PAGE_WORDS.branch, decision.branch],
    [PAGE_WORDS.businessDate, on],
    [PAGE_WORDS.checkpoint, CHECKPOINT_WORDS[checkpoint][language]],
    [PAGE_WORDS.product, product.code],
    [pinnedBook === null ? PAGE_WORDS.book : BOOK_WORDS.ofTheDay, named(book)],
    ...(pinnedBook === null ? [] : [[BOOK_WORDS.ofTheAcceptance, named(pinnedBook)] as [Bilingual, string]]),
    [PAGE_WORDS.parameters, parametersHash],
  ];
  const body = rows.map(([words, value]) => [{ text: words[language], bold: true }, value]);
  return { layout: 'lightHorizontalLines', table: { widths: [110, '*'], body } };
}

/** A rule's words with its book on a line of its own, where two decided. */
const withBook = (words: string, rule: ExplainedRule, explanation: Explanation, language: Language): string => {
  const ofBook = bookOfRule(rule, explanation);
  return ofBook === null ? words : `${words}\n${ofBook[language]}`;
};

function findings(found: readonly ExplainedRule[], explanation: Explanation, language: Language): Content {
  const head = (['clause', 'rule', 'says', 'reason'] as const).map(
    (word): TableCell => ({ text: PAGE_WORDS[word][language], style: 'head' }),
  );
  const rows = found.map((rule): TableCell[] => {
    const settles = explanation.settledBy.includes(rule.ruleId) ? `\n${PAGE_WORDS.settles[language]}` : '';
    const answered = rule.answeredBy === null ? '' : `\n${POSTS[rule.answeredBy][language]}`;
    const waived = rule.waivedBy === null ? '' : `\n${WAIVED_BY_WORDS[language]}${POSTS[rule.waivedBy][language]}`;
    const excepted = rule.excepted === null ? '' : `\n${PAGE_WORDS.excepted[language]} ${rule.excepted}`;
    return [
      rule.clause,
      withBook(`${rule.title[language]}\n${rule.ruleId}`, rule, explanation, language),
      { text: `${VERDICT_WORDS[rule.verdict][language]}${answered}${waived}${excepted}`, bold: true },
      `${rule.reason?.[language] ?? ''}${settles}`,
    ];
  });
  return { table: { headerRows: 1, dontBreakRows: true, widths: [32, 140, 62, '*'], body: [head, ...rows] } };
}

function turns({ verdict, rules, improvements, obstacles, worsenings }: Explanation, language: Language): Content[] {
  const list = (word: keyof typeof PAGE_WORDS, found: readonly Counterfactual[]): Content[] =>
    found.length === 0
      ? []
      : [
          { text: PAGE_WORDS[word][language], bold: true, margin: [0, 4, 0, 2] },
          { ul: found.map(({ text }) => text[language]) },
        ];
  const titles = new Map(rules.filter(({ counts }) => counts).map(({ ruleId, title }) => [ruleId, title[language]]));
  const inTheWay = ({ verdict: wanted, ruleIds }: Obstacle): string => {
    const named = ruleIds.map((id) => titles.get(id) ?? id).join(language === 'zh' ? '；' : '; ');
    return `${PAGE_WORDS.noSingle[language]} ${VERDICT_WORDS[wanted][language]}${PAGE_WORDS.inTheWay[language]}${named}`;
  };
  return [
    { text: PAGE_WORDS[verdict === 'PASS' ? 'worse' : 'turns'][language], style: 'heading' },
    ...list(
      'byFact',
      improvements.filter(({ kind }) => kind === 'fact'),
    ),
    ...list(
      'byParameter',
      improvements.filter(({ kind }) => kind === 'parameter'),
    ),
    ...list('byFact', worsenings),
    ...(obstacles.length === 0 ? [] : [{ ul: obstacles.map(inTheWay), margin: [0, 4, 0, 0] } as Content]),
  ];
}

/** The heading is the table's: no page ends with it, and a tree over several pages has it on each. */
function ruleTree(rule: ExplainedRule, explanation: Explanation, language: Language): Content[] {
  const heading = `${rule.clause}  ${rule.title[language]} (${rule.ruleId}) ${VERDICT_WORDS[rule.verdict][language]}`;
  const body: TableCell[][] = [
    [{ text: withBook(heading, rule, explanation, language), style: 'rule', colSpan: 3 }, '', ''],
    ...conditionRows(rule, language),
  ];
  const table = { widths: [38, '*', 110], headerRows: 1, keepWithHeaderRows: 1, dontBreakRows: true, body };
  return [{ layout: 'lightHorizontalLines', table }];
}
