/**
 * Common Chinese surnames (the most frequent ones of the census lists, from general knowledge). They tell an outsider's
 * name (李建国, where only 建国 of 陈 is a member) from a member's given name. Left out are those that are mostly
 * other words in front of a name: 和 于 同 向 时 安 常 连 从 那 有 都 还 全 明 请 让 经 由 支 应 单 党.
 */
const SINGLE =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫雷龙段郝孔邵史毛万顾赖武康贺严施牛洪龚汤陶黎温莫易樊乔文殷颜庄章鲁倪庞邢俞翟蓝聂齐葛柴伍覃骆关焦柳欧祝纪尚毕耿芦左季管符辛苗詹曲靳祁路涂兰甘裴梅童翁霍游阮尤岳柯牟滕谷舒卜饶宁凌盛闻查鲍南成';
const DOUBLE = ['欧阳', '上官', '司马', '诸葛', '司徒', '皇甫', '东方', '尉迟'];

const singles = new Set(SINGLE);

export function isSurname(char: string): boolean {
  return singles.has(char);
}

/** The surname part of a full name: two characters for a compound surname of a name of three or more, else one. */
export function surnameOf(name: string): string {
  return name.length > 2 && DOUBLE.includes(name.slice(0, 2)) ? name.slice(0, 2) : name.slice(0, 1);
}
