/** Whether a message that opens with a command word means the command: 公示 3月 does, 公示！大家快看 does not. */
import { findActivities } from '../report/activities.ts';
import type { Message } from './message.ts';

/** The bot's own: nobody opens chat with these and means something else. */
const OWN = /^(?:巡逻|党费|考勤|点名|请假|查分|打分|认领|异议|核实|驳回|核准|帮助)$/;

/** What commands speak of: figures, months and days, the branch's business, a switch, a reason. */
const MATTER =
  /[\d#]|[一二三四五六七八九十]+[月号日年组户次]|[本上这]个?月|[今去]年|积分|公示|异议|确认|支部|支委|党|岗|榜|分|评|考勤|签到|备案|全部|所有|理由|因为|材料|不全|不符|签字|漏|错|村|组|湾|关|开|提前|推迟/;

/**
 * Overheard, a word of two characters that opens a message is a command only where what follows is a command's
 * matter. Longer words (结束签到) are nobody else's; alone, or said to the bot, every one counts.
 */
export function meansCommand(message: Message): boolean {
  const { command } = message;
  if (!command || message.spokenTo || message.hasImage) return true;
  const { word, rest } = command;
  if (rest === '' || word.length > 2 || OWN.test(word) || MATTER.test(rest)) return true;
  if (message.names().length > 0) return true;
  if (command.name !== 'report') return false;
  if (!message.asks && message.dates().length > 0) return true;
  return findActivities(word + rest).length > findActivities(word).length || findActivities(rest).length > 0;
}
