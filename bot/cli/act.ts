import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { Command } from 'commander';
import { rolesOn } from '../../ledger/roles.ts';
import type { BranchState, TownState } from '../../ledger/state.ts';
import { type LocalTime, shanghai } from '../../scoring/calendar.ts';
import { createEngine } from '../engine.ts';
import type { Inbound } from '../gateway/port.ts';
import { render } from '../rendering.ts';
import { COMMAND_LINE } from '../speaking.ts';
import { ledgerFolder, openTownStore } from '../town-store.ts';
import { BadInput, guard, readPolicyFiles, readTextFile } from './input.ts';

interface Options {
  data: string;
  branch?: string;
  as: string;
  town?: boolean;
  file?: string;
  yes?: boolean;
}

function branchOf(town: TownState, wanted: string | undefined): BranchState {
  const all = Object.values(town.branches);
  const found =
    wanted === undefined && all.length === 1
      ? all[0]
      : all.find((b) => b.branch === wanted || b.name === wanted);
  if (found) return found;
  throw new BadInput([
    {
      place: '--branch',
      problem: wanted === undefined ? '请写明支部' : `没有“${wanted}”`,
      mend: `可选：${all.map((b) => b.name).join('、')}`,
    },
  ]);
}

function known(town: TownState, branch: BranchState, name: string, at: LocalTime): boolean {
  return rolesOn(branch, name, at).length > 0 || town.office.officers.some((o) => o.name === name);
}

/** Whether a preview waits for this person's yes. */
function isAskedBack(town: TownState, branch: BranchState, name: string, at: LocalTime): boolean {
  return [...(town.branches[branch.branch]?.questions ?? []), ...town.office.questions].some(
    (q) => q.to === name && q.confirm !== undefined && q.until >= at,
  );
}

/**
 * Does on the command line what people do in chat: the same commands, the same permissions, the same entries.
 * A month and a year can be finished this way with no WeChat at all.
 */
async function act(words: readonly string[], options: Options): Promise<void> {
  const lines = [
    ...(words.length > 0 ? [words.join(' ')] : []),
    ...(options.file === undefined
      ? []
      : readTextFile(options.file)
          .split(/\r?\n\s*\r?\n|\r?\n/)
          .filter((l) => l.trim() !== '')),
  ];
  if (lines.length === 0)
    throw new BadInput([
      { place: 'act', problem: '没有写要办什么', mend: '例如 lanxing act --as 张三 "核实 37 38"' },
    ]);
  const folder = ledgerFolder(options.data);
  const store = await openTownStore(folder);
  try {
    const at = shanghai(Date.now());
    const branch = branchOf(store.state(), options.branch);
    if (!known(store.state(), branch, options.as, at)) {
      throw new BadInput([
        { place: '--as', problem: `名册里没有“${options.as}”`, mend: '写名册里的姓名，或镇组织办的人' },
      ]);
    }
    const engine = createEngine({
      store,
      policy: readPolicyFiles(),
      commandLine: true,
      send: async (message) => {
        const own = 'contact' in message.target && message.target.contact === `${COMMAND_LINE}${options.as}`;
        process.stdout.write(
          `${own || 'room' in message.target ? '' : `（给${message.to}）`}${message.text}\n`,
        );
        if (message.attachment) {
          const path = join(process.cwd(), message.attachment.name);
          writeFileSync(path, await render(message.attachment), { mode: 0o600 });
          process.stdout.write(`已写出 ${path}\n`);
        }
        return true;
      },
      keepPhoto: async (bytes) => createHash('sha256').update(bytes).digest('hex'),
      fatal: (error) => {
        throw error;
      },
    });
    let said = 0;
    const say = async (text: string): Promise<void> => {
      const room = options.town === true ? store.state().office.rooms[0] : undefined;
      await engine.handle(inbound(text, said, options.as, at, branch, room));
      await engine.idle();
      said += 1;
    };
    for (const line of lines) {
      await say(line);
      // Only what was asked is answered: said into the blue, 确定 would confirm the actor's own row of an open board.
      if (options.yes && isAskedBack(store.state(), branch, options.as, at)) await say('确定');
    }
  } finally {
    await store.close();
  }
}

function inbound(
  text: string,
  i: number,
  name: string,
  at: LocalTime,
  branch: BranchState,
  townRoom: string | undefined,
): Inbound {
  return {
    id: `cli ${at} ${branch.seq}.${i}`,
    at,
    room: townRoom === undefined ? null : { id: townRoom, topic: '' },
    from: { id: `${COMMAND_LINE}${name}`, name },
    kind: 'text',
    text: townRoom === undefined ? text : `${branch.name} ${text}`,
    mentionsMe: true,
    mentions: [],
  };
}

/** `lanxing act --data DIR --branch NAME --as PERSON "WORDS"`. */
export function actCommand(): Command {
  return new Command('act')
    .description('没有微信也能办：以某人的名义在命令行上办一件事，权限和群里一样')
    .argument('[words...]', '要办的事，和在群里说的一样，例如 “核实 37 38”')
    .requiredOption('--data <folder>', '账本所在的文件夹（先停下正在运行的兰星）')
    .requiredOption('--as <name>', '谁在办：名册里的姓名，或镇组织办的人')
    .option('--branch <name>', '支部名称；只有一个支部时可以不写')
    .option('--town', '在镇组织办群里说（备案收到、退回等）')
    .option('--file <file>', '从文本文件逐行办，例如纸面登记后补录')
    .option('--yes', '需要再确认的事直接回“确定”')
    .action((words: string[], options: Options) => guard(() => act(words, options)));
}
