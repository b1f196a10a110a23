import type { z } from 'zod';
import type { Fault } from '../domain/problem.js';

const pointer = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

type Issue = z.core.$ZodIssue;

/** The branch of a union that came nearest: its deepest issue says more than "no branch matched". */
function nearest(issues: readonly (readonly Issue[])[]): readonly Issue[] {
  const depth = (branch: readonly Issue[]) => Math.max(0, ...branch.map((issue) => issue.path.length));
  return [...issues].sort((left, right) => depth(right) - depth(left) || left.length - right.length)[0] ?? [];
}

function flatten(issue: Issue, prefix: readonly PropertyKey[]): { path: readonly PropertyKey[]; issue: Issue }[] {
  const path = [...prefix, ...issue.path];
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [{ path, issue }];
  return nearest(issue.errors).flatMap((inner) => flatten(inner, path));
}

const CODES: Partial<Record<Issue['code'], string>> = {
  invalid_type: 'input.wrong-type',
  unrecognized_keys: 'input.unknown-field',
  too_small: 'input.too-small',
  too_big: 'input.too-large',
  invalid_value: 'input.not-allowed',
  invalid_format: 'input.wrong-format',
};

const TYPES: Readonly<Record<string, string>> = {
  string: '文本',
  number: '数字',
  int: '整数',
  boolean: '是或否',
  object: '对象',
  array: '列表',
  record: '对象',
};

const measure = (origin: string): string => (origin === 'string' ? '个字符' : origin === 'array' ? '项' : '');

/** What is wrong, in Chinese; a text of ours in the schema stays with the English. */
function chinese(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `缺少该项，或类型不对：应为${TYPES[issue.expected] ?? issue.expected}`;
    case 'unrecognized_keys':
      return `有不认识的项：${issue.keys.join('、')}`;
    case 'too_small':
      return `太小或太短：至少 ${issue.minimum} ${measure(issue.origin)}`.trim();
    case 'too_big':
      return `太大或太长：至多 ${issue.maximum} ${measure(issue.origin)}`.trim();
    case 'invalid_value':
      return `不在允许的取值之内：${issue.values.join('、')}`;
    case 'invalid_format':
      return `格式不对（${issue.format}）`;
    default:
      return '不符合要求';
  }
}

/** zod's issues as faults: every one of them, each with its JSON pointer, a stable code and both languages. */
export function schemaFaults(error: { readonly issues: readonly Issue[] }, file = ''): Fault[] {
  return error.issues
    .flatMap((issue) => flatten(issue, []))
    .map(({ path, issue }) => {
      const stated = issue.code === 'custom' ? issue.params : undefined;
      const zh = typeof stated?.['zh'] === 'string' ? stated['zh'] : chinese(issue);
      const code = typeof stated?.['code'] === 'string' ? stated['code'] : (CODES[issue.code] ?? 'input.invalid');
      return { path: `${file}${pointer(path)}`, code, text: { zh, en: issue.message } };
    });
}
