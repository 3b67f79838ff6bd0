import { fingerprintOf } from '../../boards/fingerprint.ts';
import type { BoardRow, BoardView } from '../../boards/views/board.ts';

/** Fictional people and posts for this room's tests. */
const FAMILY = Array.from('赵钱孙李周吴郑冯陈褚卫蒋沈韩杨朱秦尤许何');
const GIVEN = ['一鸣', '二妹', '三元', '四海', '五谷', '六顺', '七星'];
const POSTS = ['政策宣传志愿服务岗', '治安巡逻岗', '公共设施维护岗', '环境卫生维护岗', '家风家教岗'];

export function row(name: string, more: Partial<BoardRow> = {}): BoardRow {
  return {
    name,
    posts: ['治安巡逻岗', '家风家教岗'],
    obligation: 40,
    service: 52,
    bonus: 0,
    deduction: '',
    total: 92,
    ...more,
  };
}

export function rows(count: number): BoardRow[] {
  return Array.from({ length: count }, (_, i) => {
    const name = `${FAMILY[i % FAMILY.length]}${GIVEN[i % GIVEN.length]}${i >= 140 ? i : ''}`;
    return row(name, {
      posts: [POSTS[i % 5]!, POSTS[(i + 2) % 5]!],
      obligation: 40 - (i % 3),
      total: 92 - (i % 3),
    });
  });
}

export function board(list: readonly BoardRow[], more: Partial<BoardView> = {}): BoardView {
  const base = {
    branch: '青石坳村',
    period: '2031-05',
    version: 1,
    policy: 'lanxi-2023',
    rows: list,
    ...more,
  };
  return {
    town: '云岭镇',
    fingerprint: fingerprintOf(base),
    publishedAt: '2031-06-04T09:00:00',
    closes: '2031-06-11',
    ...base,
  };
}
