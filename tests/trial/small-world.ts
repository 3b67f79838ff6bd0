import { worldOf } from '../../trial/world.ts';

/** A branch of three and one at the town, for tests. */
export const WORLD = worldOf({
  branch: '样板村党支部（虚构）',
  bot: '小助手',
  members: [
    { name: '甲一', role: 'secretary' },
    { name: '乙二', role: 'recorder' },
    { name: '丙三', role: 'member' },
    { name: '镇员', role: 'town' },
  ],
});
export const ROOM = 'branch@chatroom';
export const idOf = (name: string): string => WORLD.people.find((p) => p.name === name)?.id ?? '';
