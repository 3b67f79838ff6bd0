import { type Cell, cell, type Form } from './form.ts';
import { figureCell, personCell } from './sheets.ts';
import { stageOrder } from './text.ts';
import type { UnconfirmedView } from './views/board.ts';
import type { StageTableView } from './views/filing.ts';
import type { SignInView } from './views/meeting.ts';
import { branchText, dateText, periodText, timeText, weekdayText } from './wording.ts';

const label = (text: string): Cell => cell(text, { bold: true });
const small = (text: string): Cell => cell(text, { align: 'left', size: 11 });

/** Whom to phone, with room to mark each call; for the secretary alone. */
export function unconfirmedForm(view: UnconfirmedView): Form {
  const what = `${branchText(view.branch)}${periodText(view.period)}积分未确认人员电话核对单`;
  const people = view.people.filter((person) => !person.objecting);
  return {
    name: what,
    sections: [
      {
        sheet: '未确认名单',
        title: what,
        before: [
          {
            left: `第${view.version}版，已确认${view.confirmed}/${view.members}人`,
            right: `公示到${dateText(view.closes, true)}为止`,
          },
        ],
        table: {
          widths: [12, 30, 24, 18, 22, 22, 16, 16, 22],
          head: [
            [
              '序号',
              '姓名',
              '所在组',
              '合计\n得分',
              '第一次\n拨打',
              '第二次\n拨打',
              '确认',
              '有异议',
              '代答人',
            ].map(label),
          ],
          body: people.map((person, i) => [
            cell(i + 1),
            personCell(person.name),
            cell(person.group ?? ''),
            figureCell(person.total),
            ...['　月　日', '　月　日'].map((text) => cell(text, { size: 11 })),
            ...['□', '□'].map((text) => cell(text, { size: 16 })),
            cell(''),
          ]),
          rowHeight: 12,
        },
        after: [
          {
            left: '电话里先说版本和得分，再问有没有意见；“收到”不算确认。',
            right: '拨打人签字：　　　　　　　',
            signature: true,
          },
        ],
      },
    ],
  };
}

const MARKS = { present: '到', late: '迟到', early: '早退', leave: '已准假', absent: '缺席' } as const;

/** A sheet to sign at the door: two people a row, so that a branch of fifty fits one page. */
export function signInForm(view: SignInView): Form {
  const what = `${branchText(view.branch)}${view.meeting}签到表`;
  const half = Math.ceil(view.members.length / 2);
  const person = (i: number): Cell[] => {
    const member = view.members[i];
    if (member === undefined) return [cell(''), cell(''), cell('')];
    return [
      cell(i + 1),
      cell(member.name, { size: 13 }),
      cell(member.mark === undefined ? '' : MARKS[member.mark]),
    ];
  };
  return {
    name: `${what} ${view.date}`,
    sections: [
      {
        sheet: '签到表',
        title: what,
        before: [
          {
            left: `时间：${dateText(view.date, true)}（${weekdayText(view.date)}）`,
            right: `地点：${view.place ?? '　　　　　　　　'}`,
          },
          {
            left: `应到：${view.members.length}人　实到：　　人　请假：　　人　缺席：　　人`,
            right: '记录人：　　　　　　',
          },
        ],
        table: {
          widths: [12, 32, 47, 12, 32, 47],
          head: [['序号', '姓名', '签到', '序号', '姓名', '签到'].map(label)],
          body: Array.from({ length: half }, (_, i) => [...person(i), ...person(half + i)]),
          rowHeight: 8.8,
        },
      },
    ],
  };
}

/** Where every branch stands, late ones first (R36). */
export function stageForm(view: StageTableView): Form {
  const what = `${view.town}各支部积分工作进度表`;
  return {
    name: `${what} ${periodText(view.period)}`,
    landscape: true,
    sections: [
      {
        sheet: '进度表',
        title: what,
        subtitle: `（${periodText(view.period)}）`,
        before: [
          {
            left: `${view.rows.length}个支部，逾期${view.rows.filter((row) => row.daysLate > 0).length}个`,
            right: `统计时间：${timeText(view.at)}`,
          },
        ],
        table: {
          widths: [14, 84, 22, 34, 24, 24, 24, 42],
          head: [['序号', '支部', '党员数', '阶段', '逾期天数', '未结异议', '未确认', '等待'].map(label)],
          body: stageOrder(view).map((row, i) => [
            cell(i + 1),
            cell(row.branch, { align: 'left', bold: row.daysLate > 0 }),
            cell(row.members),
            cell(row.stage),
            cell(row.daysLate > 0 ? row.daysLate : '', { bold: true }),
            cell(row.openTickets > 0 ? row.openTickets : ''),
            cell(row.unconfirmed ?? '—'),
            small(row.waitsFor ?? ''),
          ]),
          rowHeight: 9,
        },
      },
    ],
  };
}
