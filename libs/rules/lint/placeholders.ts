import { CATALOGUE } from '../catalogue/index.js';
import type { AuthoredRule } from '../rule-format.js';
import type { Report } from './message.js';

/** The facts that a text shows in braces. */
export const placeholdersOf = (text: string): string[] =>
  [...text.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name);

export function lintPlaceholders({ reason }: Pick<AuthoredRule, 'reason'>, report: Report): void {
  for (const language of ['zh', 'en'] as const) {
    for (const name of placeholdersOf(reason[language])) {
      if (!CATALOGUE.has(name)) {
        report(`/reason/${language}`, 'rule.placeholder', `没有事实 ${name}`, `{${name}} is no fact of the catalogue`);
      }
    }
  }
}
