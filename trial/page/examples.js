/**
 * Things worth trying, by role: where they are said, the words, and a label where the words are long. `@ ` stands for
 * a mention of the bot. Every one of them does something at any hour and on any day.
 */
const BY_ROLE = {
  member: ({ me }) => [
    { in: 'room', text: `昨晚8点在${me.group ?? '村里'}巡逻了一圈` },
    { in: 'private', text: '我多少分' },
    { in: 'room', text: '确认', label: '榜出来后：确认' },
    { in: 'private', text: '异议 我有一次活动没有记上', label: '榜出来后：异议' },
    { in: 'room', text: '@ 帮助' },
  ],
  recorder: ({ me, world }) => [
    { in: 'private', text: '核实 全部' },
    {
      in: 'private',
      text: scores(
        world,
        world.people.filter((p) => p.role !== 'town' && p.id !== me.id),
      ),
      label: '给大家打分（样例）',
    },
    { in: 'room', text: `今天主题党日，迟到：${late(world)}；其他都到`, label: '登记考勤' },
    { in: 'private', text: '还缺什么' },
  ],
  secretary: ({ world }) => [
    {
      in: 'private',
      text: scores(
        world,
        world.people.filter((p) => p.role === 'recorder'),
      ),
      label: '给记录员打分（样例）',
    },
    { in: 'room', text: '@ 发布公示' },
    { in: 'room', text: '发布', label: '看过预览：发布' },
    { in: 'private', text: '未确认' },
    { in: 'private', text: '还缺什么' },
  ],
  town: () => [
    { in: 'room', text: '@ 进度' },
    { in: 'room', text: '@ 备案清单' },
    { in: 'private', text: '帮助' },
  ],
};

/** Own-made points for three parts of a post, a little different from one to the next. */
const POINTS = ['10 10 9', '10 9 9', '10 10 10', '10 9 8', '10 8 9'];

/** One line for each person: the shape in which a recorder types a whole month. */
function scores(world, people) {
  let n = 0;
  const lines = people
    .filter((p) => p.posts.length > 0)
    .map((p) => {
      const posts = p.posts.map((key) => `${world.postNames[key] ?? key} ${POINTS[n++ % POINTS.length]}`);
      return `${p.name} ${posts.join('，')}`;
    });
  return ['打分', ...lines].join('\n');
}

/** Somebody without an office. */
const late = (world) =>
  world.people.findLast((p) => p.role === 'member')?.name ?? world.people[0]?.name ?? '';

export function examplesFor({ me, world }) {
  const of = BY_ROLE[me.role === 'deputy' ? 'secretary' : me.role] ?? BY_ROLE.member;
  return of({ me, world }).filter((example) => example.text !== '打分');
}
