import type { Form } from './form.ts';
import type { OwnDataView } from './views/member.ts';
import { branchText, dateText } from './wording.ts';

/** Everything that is kept about one member, for that member alone. */
export function ownDataForm(view: OwnDataView): Form {
  return {
    name: '我的资料',
    sections: view.parts.map(({ title, lines }, i) => ({
      sheet: title,
      title: i === 0 ? `${view.name}的资料` : title,
      ...(i === 0
        ? {
            subtitle: `${branchText(view.branch)}积分系统里与本人有关的全部内容，${dateText(view.day, true)}`,
          }
        : {}),
      before: [
        ...(i === 0 ? [{ left: title, bold: true }] : []),
        ...lines.map((line) => ({ left: line })),
        ...(i === view.parts.length - 1
          ? [{ left: '有错请说明，由记录员更正；与您无关的聊天没有保存。', signature: true }]
          : []),
      ],
    })),
  };
}
