/** Posts as people call them when they score, by their ids: the transcripts' own wording. */
export const SPOKEN: Readonly<Record<string, string>> = {
  'policy-publicity': '政策宣传岗',
  'village-supervision': '村务监督岗',
  'security-patrol': '治安巡逻岗',
  'facility-upkeep': '公共设施岗',
  sanitation: '环境卫生岗',
  'culture-sports': '文体健身岗',
  mediation: '矛盾化解岗',
  'left-behind-care': '三留守关爱岗',
  'poverty-pairing': '扶贫结对岗',
  'floating-member': '流动党员岗',
  'family-virtue': '家风家教岗',
};
