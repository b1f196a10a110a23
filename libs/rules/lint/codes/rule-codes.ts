import { error, warning } from './meaning.js';

/** One rule by itself. */
export const RULE_CODES = {
  'rule.too-deep': error('拆成几条规则', 'make several rules of it'),
  'rule.too-many-leaves': error('拆成几条规则，或用决策表', 'make several rules of it, or a decision table'),
  'rule.unknown-operator': error('改用本版本的运算符', 'use an operator of this version'),
  'rule.unknown-fact': error('改为目录中的名称', 'name a fact of the catalogue'),
  'rule.unknown-field': error('改为该列表的字段', 'name a field of that list'),
  'rule.operator': error('换用适合该类型的运算符', 'use an operator that the type takes'),
  'rule.value-type': error('两边用同一类型', 'give both sides one type'),
  'rule.value-unknown': error('从该事实的取值中选一个', 'choose a value that the fact may have'),
  'rule.unit': error('换用同单位的事实或参数', 'compare with a fact or parameter of the same unit'),
  'rule.portion': error('两边都用政策参数', 'use parameters on both sides'),
  'rule.placeholder': error('改为目录中的名称', 'name a fact of the catalogue'),
  'rule.placeholder-language': warning('两种语言写出同样的事实', 'show the same facts in both languages'),
  'rule.dates': error('改正起止日期', 'mend the dates'),
  'rule.expired': warning('更新期限，或删除该规则', 'renew its term, or take the rule out'),
  'rule.nobody-answers': error('填写 answeredBy', 'name the post in answeredBy'),
  'rule.waived-by-investigator': error(
    'waivedBy 改为不参与调查的岗位，或删除',
    'name a post in waivedBy that does not investigate, or leave it out',
  ),
  'rule.nobody-waives': error(
    'waivedBy 改为经办贷款的岗位，或删除',
    'name a post in waivedBy that acts on loans, or leave it out',
  ),
  'rule.fill-in': error('写出内容', 'write it'),
  'rule.language': error('写出两种语言', 'write it in both languages'),
  'rule.category': error('改为已有的品种类别', 'name a category that there is'),
  'rule.product': warning(
    '核对品种代码；联社自有品种可保留',
    'check the product code; keep it where the product is the union’s own',
  ),
  'rule.not-asked': error('换到 intake、review 或 release', 'let it stand at intake, review or release'),
  'rule.fact-later': error('换到能取得该事实的关口', 'let it stand where that fact is gathered'),
  'rule.leaf-never': error('改正该比较，或删除', 'mend the comparison, or take it out'),
  'rule.leaf-always': error('改正该比较，或删除', 'mend the comparison, or take it out'),
  'rule.never-fires': error('改正互相矛盾的条件', 'mend the conditions that exclude each other'),
  'rule.always-fires': error('改正条件，使其可能不成立', 'mend the conditions so that they can be false'),
  'rule.redundant-part': warning('删除该项', 'take that part out'),
  'rule.own-limit': warning('把限额写成参数并注明来源', 'make the limit a parameter with its source'),
  'rule.parameter-without-value': error('在 parameters.json 中给出该参数', 'give the parameter in parameters.json'),
} as const;
