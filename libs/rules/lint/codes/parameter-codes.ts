import { error, warning } from './meaning.js';

export const PARAMETER_CODES = {
  'parameter.reference': error('直接写出数值', 'write the value itself'),
  'parameter.unknown': error('改为目录中的参数', 'name a parameter of the catalogue'),
  'parameter.value': error('改为该参数允许的值', 'give a value that the parameter may have'),
  'parameter.unit': error('改为目录中的单位', 'give the unit of the catalogue'),
  'parameter.no-source': error(
    '写明出处：文件、条款或本社决定',
    'say where it comes from: a document, a clause, a decision',
  ),
  'parameter.fill-in': error('写明出处', 'say where it comes from'),
  'parameter.language': error('写出两种语言', 'write it in both languages'),
  'parameter.dates': error('改正起止日期', 'mend the dates'),
  'parameter.overlap': error('前一段在后一段开始前一天结束', 'end the earlier one the day before the later one begins'),
  'parameter.gap': warning('补上中间的日期', 'cover the days between'),
  'parameter.not-in-force': warning('给出现行的数值和期限', 'give a value that is in force'),
  'parameter.unused': warning('删除，或在规则中使用', 'take it out, or use it in a rule'),
} as const;
