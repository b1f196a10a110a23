import type { Bilingual } from '../../domain/text.js';
import { isFilledIn } from '../fill-in.js';
import type { LintCode } from './message.js';

const HAN = /\p{Script=Han}/u;

type Owner = 'rule' | 'book' | 'table' | 'parameter' | 'case';

/**
 * A text that stands in one language only: Chinese without a Chinese character, English with one, or both the same; and one that
 * a new file left open.
 */
export function lintLanguages(
  text: Bilingual,
  path: string,
  owner: Owner,
  report: (path: string, code: LintCode, zh: string, en: string) => void,
): void {
  const code = `${owner}.language` as const;
  if (!isFilledIn(text)) {
    report(path, `${owner}.fill-in`, '尚未填写', 'it is still to be filled in');
    return;
  }
  if (text.zh.trim() === text.en.trim()) {
    report(path, code, '两种语言内容相同', 'both languages say the same');
    return;
  }
  const [zh, en] = [withoutNames(text.zh), withoutNames(text.en)];
  if (!HAN.test(zh)) report(`${path}/zh`, code, '中文中没有汉字', 'the Chinese text has no Chinese character');
  if (HAN.test(en)) report(`${path}/en`, code, '英文中有汉字', 'the English text has Chinese characters');
}

/** Names of facts in braces belong to no language. */
const withoutNames = (text: string): string => text.replaceAll(/\{[^}]*\}/g, '');
