/** What a score is for: the four items of the 40, the posts and their three parts, and the kinds of bonus (附件1). */
import { findNumberedPosts, findPostWords } from '../language/posts.ts';
import type { ReadingContext } from '../reading.ts';

export interface ItemHit {
  readonly start: number;
  readonly end: number;
  /** `study`, `obligation`, a post's id, or `.performance` for a part whose post is said elsewhere. */
  readonly item: string;
  readonly kind: 'duty' | 'post' | 'part' | 'total' | 'posts' | 'duties';
}

const ITEMS: readonly (readonly [RegExp, string, ItemHit['kind']])[] = [
  [/(?:党员)?(?:义务)?(?:这)?四项(?:义务)?/g, '*duties', 'duties'],
  [/(?:两|2|二)个?岗位?|(?:所有|全部|各)?岗位(?:分|积分)?(?=(?:都|各|均|全|也)|\s*满分)/g, '*posts', 'posts'],
  [/(?:履行)?(?:党员)?义务(?:积?分|项)?(?:合计|总分)?/g, 'obligation', 'total'],
  [/学习(?:教育)?(?:项|分)?(?!笔记|强国)/g, 'study', 'duty'],
  [/(?:组织)?生活(?:项|分)?(?!会)|组织(?=[:：\s]*\d)/g, 'organisation', 'duty'],
  [/党费(?:缴纳|收缴|项|分)?/g, 'dues', 'duty'],
  [/遵纪守法|遵纪|守法|守纪|品德|纪律/g, 'conduct', 'duty'],
  [/设岗定责|依岗亮责|亮岗|亮责|设岗|定责|认岗|上岗(?=\s*\d)/g, '.commitment', 'part'],
  [/充分履职|爱岗敬业|履职(?:尽责)?/g, '.performance', 'part'],
  [/(?:为民)?办?(?:一件)?实事|办事(?=\s*\d)/g, '.deed', 'part'],
];

/** Items and posts in order of the text. */
export function findItems(text: string, context: Pick<ReadingContext, 'posts'>): ItemHit[] {
  const hits: ItemHit[] = [];
  for (const [pattern, item, kind] of ITEMS) {
    for (const m of text.matchAll(pattern))
      if (!hits.some((h) => m.index < h.end && h.start < m.index + m[0].length))
        hits.push({ start: m.index, end: m.index + m[0].length, item, kind });
  }
  for (const hit of [...findPostWords(text, context), ...findNumberedPosts(text, context)]) {
    if (hits.some((h) => hit.start < h.end && h.start < hit.end)) continue;
    hits.push({ start: hit.start, end: hit.end, item: hit.post, kind: 'post' });
  }
  return hits.sort((a, b) => a.start - b.start);
}

/** Levels of commendation, 附件1 加分项1. */
const LEVELS: readonly (readonly [RegExp, string])[] = [
  [/中央|国家级?|全国/, 'central'],
  [/省/, 'province'],
  [/市(?!场)/, 'city'],
  [/县|区级|区里/, 'county'],
  [/镇|乡/, 'town'],
];

/** The kind of bonus a reason stands for, or null where none is told. */
export function bonusItem(text: string): string | null {
  if (/七一|7[.·]1|十一(?!月|点)|10[.·]1(?!\d)|国庆|建党节|建党|建国/.test(text)) return 'bonus.festival';
  if (
    /表彰|表扬|获奖|得奖|拿奖|领奖|优秀(?:共产)?(?:党员|党务)|优秀.{0,6}(?:称号|个人)|先进|荣誉|模范|奖状|奖牌|证书|嘉奖|评为|评上|授予|标兵|称号|一等奖|二等奖|三等奖/.test(
      text,
    ) &&
    !/民主评议/.test(text)
  ) {
    const level = LEVELS.find(([pattern]) => pattern.test(text))?.[1];
    return level ? `bonus.award.${level}` : 'bonus.award';
  }
  if (
    /经济发展|招商|引资|创业|带.{0,8}(?:务工|打工|就业)|务工|致富|产业|合作社|引进|办厂|建厂|种植|养殖|争取.{0,6}(?:资金|项目|政策)|争资/.test(
      text,
    )
  )
    return 'bonus.economy';
  if (/公益|捐|修路|修桥|修渠|铺路|架桥|公益事业|集体出力|义务劳动|义务投工/.test(text))
    return 'bonus.public-welfare';
  if (
    /建议|采纳|救灾|抗灾|抗旱|抗洪|防汛|抢险|见义勇为|救(?:了)?(?:落水|人|孩子|老人)|民主评议|急难险重|维稳|希望工程|救助|帮扶|救火|扑火|灭火|好人好事|拾金不昧|助人为乐|事迹突出/.test(
      text,
    )
  )
    return 'bonus.other';
  return null;
}
