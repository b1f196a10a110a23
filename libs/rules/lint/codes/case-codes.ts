import { error, warning } from './meaning.js';

export const CASE_CODES = {
  'case.no-file': error('新建该规则的案例文件', 'write the case file of the rule; wugang rules new begins one'),
  'case.no-rule': error('删除该文件，或改正规则编号', 'take the file out, or mend the rule id'),
  'case.file-name': error('文件名用规则编号', 'name the file by the rule id'),
  'case.missing': error('补上该类案例', 'add a case of that kind'),
  'case.boundary': error('补上边界两侧的案例', 'add cases at the boundary and one step beyond'),
  'case.unknown-fact': error('改为目录中的名称', 'name a fact of the catalogue'),
  'case.unknown-parameter': error('改为目录中的参数', 'name a parameter of the catalogue'),
  'case.category': error('改为已有的品种类别', 'name a category that there is'),
  'case.product': error('换用规则适用的品种', 'use a product that the rule applies to'),
  'case.fill-in': error('写出内容', 'write it'),
  'case.language': error('写出两种语言', 'write it in both languages'),
  'case.same-name': warning('案例名称各不相同', 'give each case a name of its own'),
} as const;
