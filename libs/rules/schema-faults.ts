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

const TEXTS: Partial<Record<Issue['code'], { zh: string; code: string }>> = {
  invalid_type: { zh: '类型不对或缺少该项', code: 'input.wrong-type' },
  unrecognized_keys: { zh: '有不认识的项', code: 'input.unknown-field' },
  too_small: { zh: '太小或太短', code: 'input.too-small' },
  too_big: { zh: '太大或太长', code: 'input.too-large' },
  invalid_value: { zh: '不在允许的取值之内', code: 'input.not-allowed' },
  invalid_format: { zh: '格式不对', code: 'input.wrong-format' },
};

/** zod's issues as faults: every one of them, each with its JSON pointer, a stable code and both languages. */
export function schemaFaults(error: { readonly issues: readonly Issue[] }, file = ''): Fault[] {
  return error.issues
    .flatMap((issue) => flatten(issue, []))
    .map(({ path, issue }) => {
      const known = TEXTS[issue.code] ?? { zh: '不符合要求', code: 'input.invalid' };
      const stated = issue.code === 'custom' ? issue.params : undefined;
      const zh = typeof stated?.['zh'] === 'string' ? stated['zh'] : `${known.zh}：${issue.message}`;
      const code = typeof stated?.['code'] === 'string' ? stated['code'] : known.code;
      return { path: `${file}${pointer(path)}`, code, text: { zh, en: issue.message } };
    });
}
