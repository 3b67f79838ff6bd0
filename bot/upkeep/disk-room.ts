import { statfsSync } from 'node:fs';

/** Free space where a folder lies, in MiB. */
export function freeMb(folder: string): number {
  const fs = statfsSync(folder);
  return Math.floor((fs.bavail * fs.bsize) / 1_048_576);
}

/** There is room again only from so many times the limit on, so that a disk near it does not flap. */
const RECOVERED = 1.2;

/** Whether the disk has room, asked now and then; all in MiB. */
export interface DiskRoom {
  readonly free: number;
  readonly isLow: boolean;
  look(): void;
}

/** `isLow` is what was known before this process began. */
export function createDiskRoom(limit: number, measure: () => number, isLow = false): DiskRoom {
  const room = { free: 0, isLow, look };
  function look(): void {
    room.free = measure();
    room.isLow = room.free < (room.isLow ? limit * RECOVERED : limit);
  }
  look();
  return room;
}
