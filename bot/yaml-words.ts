/** What the YAML parser stumbles over, in the words of somebody who has never programmed. */
import type { ErrorCode } from 'yaml';

type Words = readonly [problem: string, mend: string];

const INDENT: Words = ['缩进不对', '同一层的设置要对齐，下一层比上一层多两个空格；只用空格，不用 Tab 键'];
const COLON: Words = ['这一行少了冒号', '写成“设置: 值”：冒号用英文的，后面留一个空格'];
const QUOTE: Words = ['引号没有成对', '在值的末尾补上同样的英文引号'];
const BRACKET: Words = ['括号里的写法不对', '写成 [1000, 2200]：英文的括号和逗号，成对出现'];
const MARK: Words = ['这里有个 YAML 里有特殊意思的符号（& * ! @ ` % 等）', '把整个值用英文双引号括起来'];
const OTHER: Words = ['这里的写法不对', '对照 lanxing config example 改正；值里有符号的，用英文双引号括起来'];

const BY_CODE: Readonly<Partial<Record<ErrorCode, Words>>> = {
  BAD_INDENT: INDENT,
  TAB_AS_INDENT: INDENT,
  BLOCK_AS_IMPLICIT_KEY: [
    '一行里有两个冒号，或者缩进不对',
    '一行只写一个设置；值里有冒号的，用英文双引号括起来',
  ],
  BLOCK_IN_FLOW: BRACKET,
  MULTILINE_IMPLICIT_KEY: COLON,
  DUPLICATE_KEY: ['同一个设置写了两次', '留下一个，删掉另一个'],
  BAD_DQ_ESCAPE: ['双引号里的反斜杠不对', '改用英文单引号，或把 \\ 写成 \\\\'],
  BAD_SCALAR_START: MARK,
  BAD_ALIAS: MARK,
  ALIAS_PROPS: MARK,
  BAD_DIRECTIVE: MARK,
  TAG_RESOLVE_FAILED: MARK,
  MULTIPLE_ANCHORS: MARK,
  MULTIPLE_TAGS: MARK,
  MULTIPLE_DOCS: ['文件里有一行 ---，把它分成了两份', '删掉这一行'],
};

/** The problem and its mend. The parser's own sentence tells apart what one of its codes stands for. */
export function yamlWords(code: ErrorCode, message: string): Words {
  if (/flow/i.test(message)) return BRACKET;
  if (/block sequence/.test(message)) return INDENT;
  const words = BY_CODE[code];
  if (words) return words;
  if (/quote/.test(message)) return QUOTE;
  return /followed by map values/.test(message) ? COLON : OTHER;
}

/** For an alias to nothing, or one that unfolds without end, which the parser only finds when asked for the values. */
export const ALIAS_WORDS: Words = MARK;
