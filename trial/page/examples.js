/** Things worth trying, by role: where they are said and the words. `@` stands for a mention of the bot. */
const BY_ROLE = {
  member: [
    { in: 'room', text: '昨晚8点在三组巡逻了一圈' },
    { in: 'private', text: '我多少分' },
    { in: 'room', text: '@ 帮助' },
  ],
  recorder: [
    { in: 'room', text: '@ 核实 全部' },
    { in: 'private', text: '待核实' },
    { in: 'private', text: '帮助' },
  ],
  secretary: [
    { in: 'private', text: '进度' },
    { in: 'room', text: '@ 公示' },
    { in: 'private', text: '帮助' },
  ],
  town: [
    { in: 'room', text: '@ 进度' },
    { in: 'room', text: '@ 帮助' },
  ],
};

export function examplesFor(role) {
  return BY_ROLE[role === 'deputy' ? 'secretary' : role] ?? BY_ROLE.member;
}
