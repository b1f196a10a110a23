import { type Fault, fault } from '../domain/problem.js';
import { CATALOGUE } from './catalogue/index.js';
import type { ParameterChange } from './rule-format.js';

/** A value of a parameter that is or will be in force. */
export interface KnownParameter {
  readonly key: string;
  readonly unit: string;
  readonly from: string;
}

/**
 * What is wrong with changes of parameters, beside their shape: a key that nothing reads, a unit or a type that is not
 * the parameter's, a change for days gone by or on the day on which a value began, two changes of one parameter.
 */
export function changeFaults(
  changes: readonly ParameterChange[],
  known: readonly KnownParameter[],
  today: string,
): Fault[] {
  return changes.flatMap((change, index) => {
    const faults: Fault[] = [];
    const report = (field: string, code: string, zh: string, en: string): void =>
      void faults.push(fault(`/parameters/${index}/${field}`, code, { zh, en }));
    const definition = CATALOGUE.get(change.key);
    const values = known.filter(({ key }) => key === change.key);
    if (definition === undefined && values.length === 0)
      report('key', 'parameter.unknown', `没有参数 ${change.key}`, `nothing reads a parameter ${change.key}`);
    if (changes.findIndex(({ key }) => key === change.key) !== index)
      report('key', 'parameter.twice', '同一参数改了两次', 'this parameter is changed twice here');
    const unit = definition?.type === 'number' ? definition.unit : values[0]?.unit;
    if (unit !== undefined && change.unit !== unit)
      report('unit', 'parameter.unit', `单位应为 ${unit}`, `the unit is ${unit}`);
    if (definition?.type === 'number' && typeof change.value !== 'number')
      report('value', 'parameter.type', '应为数字', 'the value is a number');
    if (definition?.type === 'text' && !definition.values.some((value) => value === change.value))
      report(
        'value',
        'parameter.type',
        `应为 ${definition.values.join('、')}`,
        `one of ${definition.values.join(', ')}`,
      );
    if (change.to !== null && change.to < change.from)
      report('to', 'input.dates', '早于起始日', 'ends before it begins');
    if (change.from < today)
      report('from', 'parameter.past', '不得追溯', 'a parameter is not changed for days gone by');
    if (values.some(({ from }) => from === change.from && from <= today))
      report('from', 'parameter.begun', '当日已有新值生效，请自次日起', 'a value began on this day: begin a day later');
    return faults;
  });
}
