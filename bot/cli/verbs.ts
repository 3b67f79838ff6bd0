import process from 'node:process';
import { Command, CommanderError } from 'commander';
import type { boardCheck } from '../board-check.ts';
import { inChinese } from './usage-words.ts';

interface Verb {
  readonly summary: string;
  readonly load: () => Promise<Command>;
}

/** Published boards are recomputed under the standard policy, these files, and what town and branch laid over them. */
async function boardsChecked(): Promise<(policyFiles: readonly string[]) => ReturnType<typeof boardCheck>> {
  const { boardCheck: check } = await import('../board-check.ts');
  const { readPolicyFiles } = await import('./input.ts');
  return (policyFiles) => check(readPolicyFiles(policyFiles));
}

/** Every verb of the command line, in the order of its help. */
const verbs: Readonly<Record<string, Verb>> = {
  trial: {
    summary: '在本机试用整套系统，不需要微信账号',
    load: async () => (await import('./trial.ts')).trialCommand(),
  },
  start: {
    summary: '按配置文件接入真实的 Wechaty 服务',
    load: async () => (await import('./start.ts')).startCommand(),
  },
  config: {
    summary: '配置文件的样例、格式与检查',
    load: async () => (await import('./config.ts')).configCommand(),
  },
  parse: {
    summary: '看机器人怎样理解消息，会做什么、说什么',
    load: async () => (await import('./parse.ts')).parseCommand(),
  },
  score: {
    summary: '单独计分：给审核、试细则和测试用',
    load: async () => (await import('./score.ts')).scoreCommand(),
  },
  replay: {
    summary: '把一份聊天记录按模拟时钟走一遍',
    load: async () => (await import('./replay.ts')).replayCommand(),
  },
  show: {
    summary: '看一个支部的账本：阶段、积分、公示、确认、异议、年度',
    load: async () => (await import('./show.ts')).showCommand(),
  },
  act: {
    summary: '没有微信也能办：以某人的名义在命令行上办一件事',
    load: async () => (await import('./act.ts')).actCommand(),
  },
  import: {
    summary: '从 Excel 或 CSV 导入名册，先预览再确认',
    load: async () => (await import('./import.ts')).importCommand(),
  },
  export: {
    summary: '导出附件2、附件3、议程、备案材料（Excel、Word）',
    load: async () => (await import('./export.ts')).exportCommand(),
  },
  verify: {
    summary: '核对数据文件夹：哈希链、检查点、每一张公示榜',
    load: async () => (await import('./verify.ts')).verifyCommand(await boardsChecked()),
  },
  backup: {
    summary: '备份成一个文件，运行中也可以',
    load: async () => (await import('./backup.ts')).backupCommand(),
  },
  restore: {
    summary: '从备份恢复，先检查，不覆盖已有数据',
    load: async () => (await import('./backup.ts')).restoreCommand(await boardsChecked()),
  },
  doctor: {
    summary: '检查机器、配置、字体、时钟、磁盘、账本和接入服务',
    load: async () => (await import('./doctor.ts')).doctorCommand(),
  },
};

/** Runs one command line. Bad usage and bad input end with exit code 2; a check that found something with 1. */
export async function run(args: readonly string[]): Promise<void> {
  const program = inChinese(new Command('lanxing'))
    .description('兰星：在微信群里记录、核算、公示党员积分')
    .usage('<命令> [选项]')
    .exitOverride();
  const asked = args.find((a) => !a.startsWith('-'));
  for (const [name, verb] of Object.entries(verbs)) {
    if (name === asked) program.addCommand(overridden(inChinese(await verb.load())));
    else program.command(name).description(verb.summary).allowUnknownOption().allowExcessArguments();
  }
  try {
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  }
}

function overridden(command: Command): Command {
  command.exitOverride();
  for (const sub of command.commands) overridden(sub);
  return command;
}
