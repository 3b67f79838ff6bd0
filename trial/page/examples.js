/** Things worth trying, by role: where they are said and the words. `@ ` stands for a mention of the bot. */
const BY_ROLE = {
  member: ({ me }) => [
    { in: 'room', text: `昨晚8点在${me.group ?? '村里'}巡逻了一圈` },
    { in: 'private', text: '我多少分' },
    { in: 'room', text: '@ 帮助' },
  ],
  recorder: () => [
    { in: 'room', text: '@ 核实 全部' },
    { in: 'private', text: '还缺什么' },
    { in: 'private', text: '帮助' },
  ],
  secretary: ({ lastMonth }) => [
    { in: 'private', text: '还缺什么' },
    { in: 'room', text: `@ 发布 ${lastMonth}` },
    { in: 'private', text: '帮助' },
  ],
  town: ({ branch, lastMonth }) => [
    { in: 'room', text: `@ 备案收到 ${branch} ${lastMonth}` },
    { in: 'room', text: `@ 退回 ${branch} ${lastMonth} 原因：缺会议记录` },
  ],
};

export function examplesFor({ me, branch, now }) {
  const month = Number(now.slice(5, 7));
  const lastMonth = `${month === 1 ? 12 : month - 1}月`;
  const of = BY_ROLE[me.role === 'deputy' ? 'secretary' : me.role] ?? BY_ROLE.member;
  return of({ me, branch, lastMonth });
}
