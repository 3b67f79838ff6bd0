/** Gatherings and absences that are not the branch's: a class reunion, a wedding, work, what one only heard of. */
import { tellsHearsay } from '../language/particles.ts';

/**
 * Gatherings of classes, firms, owners and kin (own knowledge of what people meet for), named first: 家长会我去不了.
 * After 开, 去, 有 they are why somebody stays away from another meeting (要开家长会，请个假).
 */
const OTHER_GATHERING =
  /^[^,，。;；:：\n]{0,10}?(?<![开去有加要办喝吃陪是因为])(?:同学会|战友会|家长会|班会|股东会|业主(?:大|委)?会|(?:公司|单位)?例会|年会|同乡会|老乡会|生日会|运动会|演唱会|婚礼|婚宴|满月酒|喜酒|喜宴|酒席|酒局|饭局|牌局|聚餐|聚会|驾考|科目[一二三四]|面试|晚自习|早操)/;
const OTHER_PLACE =
  /^[^,，。;；:：\n]{0,12}?在(?:家里|公司|学校|单位|厂里|店里|网吧|超市|教室|宿舍|办公室|车间|工地|游戏里|电视里|医院)[^,，。]{0,4}(?:迟到|早退|缺席|缺勤|请了?假|签到|打卡)/;

/** Whether attendance is told of something that is none of the branch's. */
export function isOtherGathering(body: string): boolean {
  return OTHER_GATHERING.test(body) || OTHER_PLACE.test(body) || tellsHearsay(body);
}
