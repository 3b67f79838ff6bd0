/** Everything people say of coming to meetings; what it is (报名, 请假, 签到, 登记) decides who may and what is written. */
import type { Command, Outcome, Request } from '../command.ts';
import type { AttendanceSlots, Reading } from '../reading.ts';
import { slotsOf } from '../slots.ts';
import { decideLeaveApproval, decideLeaveRequest } from './leave-decision.ts';
import { attendanceReading } from './reading.ts';
import { decideRecord } from './record.ts';
import { decideNote, decideRsvp, decideSignIn } from './sign-in.ts';

function decideAttendance(request: Request, reading: Reading): Outcome {
  const slots = slotsOf<AttendanceSlots>(reading);
  switch (slots.phase) {
    case 'rsvp':
      return decideRsvp(request, slots);
    case 'leave_request':
      return decideLeaveRequest(request, slots);
    case 'leave_approved':
      return decideLeaveApproval(request, reading, slots);
    case 'self_note':
      return decideNote(request, slots);
    case 'signin':
      return decideSignIn(request, reading, slots);
    default:
      return decideRecord(request, reading, slots);
  }
}

export const attendance: Command = {
  ...attendanceReading,
  intent: 'attendance',
  who: 'anyone',
  where: ['group', 'private'],
  summary: '签到、报名；记录员登记考勤（名单、接龙、“其他都到”）',
  examples: ['到', '考勤 主题党日 迟到：张三；请假：李四；其他都到'],
  decide: decideAttendance,
};

/** Leave is heard together with attendance and stands as a command of its own in help. */
export const leave: Command = {
  name: 'leave',
  words: [],
  read: () => null,
  intent: 'attendance',
  who: 'anyone',
  where: ['group', 'private'],
  summary: '会议请假，私下转给书记，原因不外传',
  examples: ['明天的主题党日我请假，家里有事'],
  decide: decideAttendance,
};
