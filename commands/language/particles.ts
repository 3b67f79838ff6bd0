/** Small words that carry no fact: trailing particles, fillers; and the marks of questions, plans and denials. */

const TRAILING = /[\s哈啊哦呀嘞咧咯撒噢喔哟哇嘛呵呐喽~～!！。.…,，、;；]+$/u;

/** 记上了哈 → 记上了; 交啦 → 交了. What asks (吗, 吧, 呢, 不) stays. */
export function dropTrailing(text: string): string {
  const cut = text
    .replace(TRAILING, '')
    .replace(/啦$/, '了')
    .replace(/了{2,}$/, '了');
  return cut === '' ? text.trim() : cut;
}

/**
 * Whether a clause asks. Mandarin and Hubei question words (么样, 么事, 哪个, 几时); own knowledge of village speech.
 * 不 and 没 at the end ask too (可以不, 来了没, 要请假不), except where 不 ends a denial (那可不, 绝不).
 */
const QUESTION =
  /(?<![撤算删消])了吧$|[?？]|[吗嘛啵]$|[吗啵](?=[，,。;；\s])|(?<![可绝从并也就都还倒再永何毫莫])不$|[了过]没(?:有)?(?=[,，。!！;；\s]|$)|[了过到]冇(?!得)|(?:在|去|到|往)哪(?!怕)|怎么(?!没)|怎样|怎么样|么样|么办|么事|么时候|咋(?!天)|如何|哪个|哪里|哪儿|哪天|哪位|谁(?!都)|什么|啥(?!情况都|都|也|情况[，。]?$)|几点(?!多|半就)|几月(?!份的)|几时|几次|几分(?!钟)|多少(?!给)|要多久|多长时间|有没有|有冇得?|有没得|是不是|要不要|能不能|可不可以|行不行|好不好|会不会|该不该|(.)不\1/u;

export function asksSomething(text: string): boolean {
  return QUESTION.test(text.replace(NOTHING, '没事').replace(EXCLAIMED, '啊'));
}

/** 没什么, 冇得么事, 不管哪个: question words that ask nothing. */
const NOTHING =
  /(?:(?<!有)(?:没[有得]?|冇得?|无)|不管|不论|随便|管他)(?:发现|看到|看见|听到|有|出)?(?:什么|么事|么子|啥子?|哪个|谁|哪里|几(?:个|次))|(?:什么|么事|么子|啥子?)(?:情况|事|异常|问题)?(?:都|也)?(?:没[有得]?|冇得?)/g;

/** 谁懂啊, 谁说不是呢: a sigh in the shape of a question. */
const EXCLAIMED = /(?:家人们)?谁(?:能)?懂(?:啊|呀|哦)?|谁说不是(?:呢|啊)?/g;

/** What is wished, planned, asked of others or supposed, not done. */
const PLAN =
  /(?:明天|明日|明早|明晚|后天|大后天|下周|下个?星期|下个?礼拜|下个?月|等会|等下|待会|一会儿|过会|马上|准备|打算|计划|(?<!思|理)想(?!到|起|法|不|通)|要去|将要|将会|就去|就来|会去|再去|改天|下次|下回|争取|希望|记得|应该|建议|如果|要是|假如|万一|假设|提醒|别忘|莫忘|不要忘|通知|请大家|请各位|大家.{0,4}(?:要|记得|都去)|号召|轮到|安排.{0,6}(?:巡|扫|值))/;

export function plansSomething(text: string): boolean {
  return PLAN.test(text);
}

/** Told by others, read or dreamt: nothing that the speaker vouches for. */
const HEARSAY =
  /听说|据说|听讲|梦[见到]|做梦|(?:新闻|群|网|抖音|朋友圈|视频)(?:里|上)?(?:有人)?(?:说|看到)|小时候|当年/;

export function tellsHearsay(text: string): boolean {
  return HEARSAY.test(text);
}

/** Not done after all. */
const DENIED =
  /(?<![要是能用])不(?:去|再|用|消|出去|再去)?(?:巡|扫(?![码兴])|打扫|走访|看望|宣传|调解)|(?:没有?|冇|未|忘了|忘记|没能|不曾)(?:去|有去|去成|得空)?(?:巡|扫|打扫|走访|看望|参加|宣传|调解)|(?:一次|都)?(?:没|冇)(?:有)?(?:来)?报(?:过|的)|(?:我|本人)(?:今天|今晚|昨天|昨晚|那天|那次|就)?(?:没|冇)(?:有|得空)?(?:去(?!过)|参加|来|到场)|没去成|去不了|没人接|没接(?:电话|通)|打不通|没打通|占线|没时间|没空|取消了/;

export function deniesSomething(text: string): boolean {
  return DENIED.test(text);
}
