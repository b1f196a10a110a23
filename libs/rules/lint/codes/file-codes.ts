import { error } from './meaning.js';

/** Files that are no JSON, or JSON that is not in the format. */
export const FILE_CODES = {
  'file.missing': error('新建此文件', 'make this file; wugang rules new writes one'),
  'file.too-large': error('拆成几个文件', 'split it into several files'),
  'file.too-deep': error('减少嵌套', 'nest less'),
  'file.byte-order-mark': error('另存为不带 BOM 的 UTF-8', 'save it as UTF-8 without a byte order mark'),
  'file.not-utf8': error('另存为 UTF-8', 'save it as UTF-8'),
  'file.not-json': error('改正此处的写法', 'mend the text at this place'),
  'file.comment': error(
    '删除注释；说明写在 title 或 reason 中',
    'take the comment out; title and reason are for words',
  ),
  'file.duplicate-key': error('只保留一个', 'keep one of the two'),
  'file.reserved-key': error('改用其他键', 'use another key'),
  'input.wrong-type': error('按格式填写此项', 'fill it in as the format has it'),
  'input.unknown-field': error('删除此项，或改正拼写', 'take it out, or mend its spelling'),
  'input.too-small': error('补齐', 'give more'),
  'input.too-large': error('缩短', 'give less'),
  'input.not-allowed': error('从允许的取值中选一个', 'choose one of the values that are allowed'),
  'input.wrong-format': error('按格式书写', 'write it in the format'),
  'input.invalid': error('按格式填写此项', 'fill it in as the format has it'),
} as const;
