import { type Fault, fault } from '../domain/problem.js';
import { FORMAT_LIMITS, formatFaults, isTooDeep } from './format-faults.js';
import {
  type AuthoredRule,
  type CaseFile,
  caseFileSchema,
  type Manifest,
  manifestSchema,
  type Parameter,
  parameterFileSchema,
  ruleFileSchema,
} from './rule-format.js';
import { schemaFaults } from './schema-faults.js';

export interface RuleSource {
  readonly file: string;
  readonly content: unknown;
}

export type Reading<T> = { readonly value: T } | { readonly faults: readonly Fault[] };

/** What went wrong in all of them. */
export const faultsOf = (readings: readonly Reading<unknown>[]): Fault[] =>
  readings.flatMap((reading) => ('faults' in reading ? reading.faults : []));

const tooDeep = (file: string): { faults: Fault[] } => ({
  faults: [
    fault(file, 'file.too-deep', {
      zh: `嵌套超过 ${FORMAT_LIMITS.fileLevels} 层`,
      en: `nested more than ${FORMAT_LIMITS.fileLevels} levels deep`,
    }),
  ],
});

/** The manifest without the address of its schema, which is no part of what the book says. */
export function readManifest({ file, content }: RuleSource): Reading<Manifest> {
  if (isTooDeep(content)) return tooDeep(file);
  const parsed = manifestSchema.safeParse(content);
  if (!parsed.success) return { faults: schemaFaults(parsed.error, file) };
  const { $schema: _, ...manifest } = parsed.data;
  return { value: manifest };
}

export function readRules({ file, content }: RuleSource): Reading<readonly AuthoredRule[]> {
  if (isTooDeep(content)) return tooDeep(file);
  const told = formatFaults(content, file);
  const parsed = ruleFileSchema.safeParse(content);
  if (parsed.success && told.faults.length === 0) return { value: parsed.data.rules };
  const others = parsed.success ? [] : schemaFaults(parsed.error, file);
  const already = [...told.rules].map((index) => `${file}/rules/${index}/conditions`);
  return {
    faults: [...told.faults, ...others.filter(({ path }) => !already.some((at) => path.startsWith(at)))],
  };
}

export function readParameters({ file, content }: RuleSource): Reading<readonly Parameter[]> {
  if (isTooDeep(content)) return tooDeep(file);
  const parsed = parameterFileSchema.safeParse(content);
  if (parsed.success) return { value: parsed.data.parameters };
  const references = parameterReferences(content, file);
  const others = schemaFaults(parsed.error, file);
  return {
    faults: [...references, ...others.filter((one) => !references.some(({ path }) => one.path.startsWith(path)))],
  };
}

/** A parameter that names another, itself perhaps: the format has no such thing. */
function parameterReferences(content: unknown, file: string): Fault[] {
  const parameters = (content as { parameters?: unknown } | null)?.parameters;
  if (!Array.isArray(parameters)) return [];
  return parameters.flatMap((parameter: { value?: unknown } | null, index) =>
    typeof parameter?.value === 'object' && parameter.value !== null
      ? [
          fault(`${file}/parameters/${index}/value`, 'parameter.reference', {
            zh: '参数值须为数字、文本或是否，不能引用事实或其他参数',
            en: 'a parameter is a number, a text or yes or no; it cannot refer to a fact or to another parameter',
          }),
        ]
      : [],
  );
}

export function readCases({ file, content }: RuleSource): Reading<CaseFile> {
  if (isTooDeep(content)) return tooDeep(file);
  const parsed = caseFileSchema.safeParse(content);
  return parsed.success ? { value: parsed.data } : { faults: schemaFaults(parsed.error, file) };
}
