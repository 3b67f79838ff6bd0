/** The config file of `lanxing start`: YAML, checked whole, every mistake named with its line, in Chinese. */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { isMap, isScalar, LineCounter, parseDocument, visit, type Document, type Node } from 'yaml';
import { z } from 'zod';
import type { Finding } from '../scoring/finding.ts';
import { ALIAS_WORDS, yamlWords } from './yaml-words.ts';

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, '写成 03:30 这样的时间');
const range = z
  .tuple([z.number().int().min(0), z.number().int().min(0)])
  .refine(([a, b]) => a <= b, '第一个数不能大于第二个数');

const schema = z.strictObject({
  data: z.string().min(1).describe('数据文件夹：账本、照片、备份状态都在里面'),
  town: z.strictObject({
    name: z.string().min(1).describe('镇的名称'),
    officers: z
      .array(z.strictObject({ name: z.string().min(1), contact: z.string().min(1).optional() }))
      .min(1)
      .describe('镇组织办的人；contact 是微信联系人编号，可以先不写，由绑定码认人'),
  }),
  wechat: z.strictObject({
    token: z
      .string()
      .min(1)
      .optional()
      .describe('接入服务的令牌；更好的办法是用环境变量 LANXING_TOKEN 或 tokenFile'),
    tokenFile: z.string().optional().describe('存放令牌的文件，只让运行的用户能读'),
    endpoint: z
      .string()
      .regex(/^[\w.-]+:\d{1,5}$/, '写成 主机:端口')
      .optional()
      .describe('接入服务的地址；不写则由服务商按令牌解析'),
    tls: z.boolean().default(true).describe('加密连接；只有本机回环地址才可以关掉'),
  }),
  policy: z.array(z.string()).default([]).describe('镇里修改细则的文件，按顺序叠加'),
  pace: z
    .strictObject({
      gap: range.default([1000, 2200]).describe('任意两条消息之间的毫秒数：最少、最多'),
      roomGap: range.default([1500, 3500]).describe('同一个群或人的两条消息之间的毫秒数'),
      dailyCap: z.number().int().min(50).default(1500).describe('每天最多发多少条'),
    })
    .prefault({}),
  health: z
    .strictObject({
      port: z.number().int().min(1).max(65_535).describe('在本机回环地址上提供 /healthz 和 /metrics'),
    })
    .optional(),
  backup: z
    .strictObject({
      folder: z.string().min(1).describe('备份放在哪里，最好是另一块盘'),
      at: clock.default('03:30'),
      keep: z.number().int().min(1).default(30).describe('保留最近多少份'),
      passphraseFile: z.string().optional().describe('用口令加密备份：口令所在的文件'),
    })
    .optional(),
  retention: z
    .strictObject({ photoDays: z.number().int().min(30).default(180).describe('备案后照片保留多少天') })
    .prefault({}),
  log: z
    .strictObject({
      level: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
      folder: z.string().optional().describe('日志写到文件夹，按天一个文件；不写则写到标准错误'),
      days: z.number().int().min(1).default(30).describe('日志保留多少天'),
    })
    .prefault({}),
  diskFreeMb: z
    .number()
    .int()
    .min(50)
    .default(500)
    .describe('磁盘剩余少于这么多兆时：告诉镇里的人，/healthz 报告问题，照片暂时不保存（报告照常记）'),
});

export type Config = z.output<typeof schema>;

export type ConfigResult =
  | { readonly config: Config; readonly findings: readonly [] }
  | { readonly config: null; readonly findings: readonly Finding[] };

/** The config as JSON Schema, for editors. */
export function configSchema(): unknown {
  return z.toJSONSchema(schema, { io: 'input' });
}

/** The node a path leads to, or the nearest one above it: its line is where a mistake is told. */
function nodeAt(document: Document, path: readonly PropertyKey[]): Node | null {
  for (let length = path.length; length >= 0; length--) {
    const wanted = path.slice(0, length);
    const node = length === 0 ? document.contents : document.getIn(wanted, true);
    if (node && typeof node === 'object' && 'range' in node) return node as Node;
  }
  return null;
}

/** Where an unknown key stands. */
function keyNode(document: Document, path: readonly PropertyKey[], key: string): Node | null {
  const parent = path.length === 0 ? document.contents : document.getIn(path, true);
  if (!isMap(parent)) return null;
  const pair = parent.items.find((p) => isScalar(p.key) && p.key.value === key);
  return pair && isScalar(pair.key) ? pair.key : null;
}

function syntaxFinding(
  name: string,
  lines: LineCounter,
  offset: number,
  [problem, mend]: readonly [string, string],
): Finding {
  const { line, col } = lines.linePos(offset);
  return { place: `${name} 第${line}行第${col}列`, problem: `YAML ${problem}`, mend };
}

/** Where the first alias (`*name`) stands; such values are not needed in a config. */
function firstAlias(document: Document): number {
  let at = 0;
  visit(document, {
    Alias: (_key, node) => {
      at = node.range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return at;
}

/** Checks the text of a config file. Paths in it are read relative to `folder`. */
export function readConfig(text: string, name: string, folder: string): ConfigResult {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const placeOf = (offset: number | undefined): string =>
    offset === undefined ? name : `${name}:${lines.linePos(offset).line}`;
  if (document.errors.length > 0) {
    const findings = document.errors.map((e) =>
      syntaxFinding(name, lines, e.pos[0], yamlWords(e.code, e.message)),
    );
    return { config: null, findings };
  }
  let values: unknown;
  try {
    values = document.toJS();
  } catch {
    const at = firstAlias(document);
    return { config: null, findings: [syntaxFinding(name, lines, at, ALIAS_WORDS)] };
  }
  const parsed = schema.safeParse(values ?? {}, { error: z.locales.zhCN().localeError });
  if (parsed.success) {
    const findings = crossCheck(parsed.data, (path) => placeOf(nodeAt(document, path)?.range?.[0]));
    return findings.length > 0
      ? { config: null, findings }
      : { config: resolvePaths(parsed.data, folder), findings: [] };
  }
  const findings = parsed.error.issues.flatMap((issue): Finding[] => {
    const path = issue.path.join('.');
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        place: placeOf(keyNode(document, issue.path, key)?.range?.[0]),
        problem: `不认识的设置 ${path === '' ? '' : `${path}.`}${key}`,
        mend: '对照 lanxing config example 检查拼写',
      }));
    }
    return [
      {
        place: placeOf(nodeAt(document, issue.path)?.range?.[0]),
        problem: `${path === '' ? '整个文件' : path}：${wordIssue(issue)}`,
      },
    ];
  });
  return { config: null, findings };
}

const KINDS: Readonly<Record<string, string>> = {
  string: '文字',
  number: '数',
  int: '整数',
  boolean: ' true 或 false',
  array: '一列（每行一个 - ）',
  object: '“设置: 值”的样子，一行一项',
  tuple: '[最少, 最多] 两个数',
};

/** The library's words name types of its own; these are for somebody who has never programmed. */
function wordIssue(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') {
    if (issue.message.includes('undefined')) return '没有填写';
    return `要写成${KINDS[issue.expected] ?? issue.expected}`;
  }
  if (issue.code === 'too_small') {
    if (issue.origin === 'string') return '不能是空的';
    return issue.origin === 'array' ? `至少要写 ${issue.minimum} 项` : `不能小于 ${issue.minimum}`;
  }
  return issue.code === 'too_big' && issue.origin === 'number' ? `不能大于 ${issue.maximum}` : issue.message;
}

function crossCheck(config: Config, placeOf: (path: readonly PropertyKey[]) => string): Finding[] {
  const findings: Finding[] = [];
  const { endpoint, tls } = config.wechat;
  const local = endpoint !== undefined && /^(localhost|127(\.\d{1,3}){3}):/.test(endpoint);
  if (!tls && !local) {
    findings.push({
      place: placeOf(['wechat', 'tls']),
      problem: '连接没有加密',
      mend: '只有本机的接入服务才可以写 tls: false',
    });
  }
  return findings;
}

function resolvePaths(config: Config, folder: string): Config {
  const at = (path: string): string => resolve(folder, path);
  return {
    ...config,
    data: at(config.data),
    policy: config.policy.map(at),
    wechat: {
      ...config.wechat,
      ...(config.wechat.tokenFile === undefined ? {} : { tokenFile: at(config.wechat.tokenFile) }),
    },
    ...(config.backup
      ? {
          backup: {
            ...config.backup,
            folder: at(config.backup.folder),
            ...(config.backup.passphraseFile === undefined
              ? {}
              : { passphraseFile: at(config.backup.passphraseFile) }),
          },
        }
      : {}),
    log: { ...config.log, ...(config.log.folder === undefined ? {} : { folder: at(config.log.folder) }) },
  };
}

export function readConfigFile(path: string): ConfigResult {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return {
      config: null,
      findings: [
        {
          place: path,
          problem: '读不到配置文件',
          mend: '用 lanxing config example > lanxing.yaml 生成一份再填写',
        },
      ],
    };
  }
  return readConfig(text, path, dirname(resolve(path)));
}

/** The token: from the environment, a file, or the config itself, in this order. Never logged. */
export function tokenOf(
  config: Config,
  environment: Readonly<Record<string, string | undefined>>,
): string | Finding {
  const fromEnvironment = environment['LANXING_TOKEN']?.trim();
  if (fromEnvironment) return fromEnvironment;
  if (config.wechat.tokenFile !== undefined) {
    try {
      const text = readFileSync(config.wechat.tokenFile, 'utf8').trim();
      if (text !== '') return text;
    } catch {
      return { place: config.wechat.tokenFile, problem: '读不到令牌文件', mend: '检查路径和权限' };
    }
  }
  if (config.wechat.token !== undefined) return config.wechat.token;
  return {
    place: 'wechat.token',
    problem: '没有令牌',
    mend: '设置环境变量 LANXING_TOKEN，或在配置里写 tokenFile',
  };
}
