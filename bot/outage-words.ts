import type { OutageCause } from './gateway/outage.ts';

const WORDS: Readonly<Record<OutageCause, readonly [problem: string, mend: string]>> = {
  'token-refused': [
    '接入服务不认这个令牌',
    '核对令牌有没有抄错、有没有到期（环境变量 LANXING_TOKEN，或 wechat.tokenFile），改好后重新启动',
  ],
  'token-malformed': [
    '令牌的写法不对，开头要有类型和下划线，像 puppet_xxxx',
    '从服务商那里整个复制过来，改好后重新启动',
  ],
  'token-unresolved': [
    '按令牌查不到接入服务的地址',
    '核对令牌，或请服务商给出地址，写进 wechat.endpoint，再重新启动',
  ],
  'resolver-unreachable': [
    '连不上查地址的服务',
    '检查这台机器的网络，或把服务商给的地址写进 wechat.endpoint；网络好了会自己连上',
  ],
  'host-unknown': ['找不到接入服务的主机名', '核对 wechat.endpoint 里的主机名，检查这台机器的网络（DNS）'],
  unreachable: [
    '接入服务连不上，可能没有开，也可能网络不通',
    '核对 wechat.endpoint，检查网络和防火墙，或询问服务商；好了会自己连上',
  ],
  'tls-mismatch': [
    '一边加密，一边没有加密，和接入服务对不上',
    '接入服务加密就写 wechat.tls: true，没有加密就写 false（只限本机），改好后重新启动',
  ],
  certificate: [
    '接入服务的证书不对',
    '核对 wechat.endpoint 和令牌开头的类型，或请服务商检查证书，改好后重新启动',
  ],
  silent: ['接入服务没有声音了', '会自己重连；一直这样，请重启接入服务或询问服务商'],
  'no-login': [
    '接入服务连上了，机器人的微信没有登录',
    '看看是不是有别的程序在用同一个令牌，在服务商那里看账号的状态；会自己再试',
  ],
  'logged-out': ['机器人的微信退出了登录', '等二维码出来，用机器人的微信扫码'],
  broken: ['和接入服务的连接断了', '会自己重连；一直这样，请询问服务商'],
};

/** What is wrong with the connection and what to do, in one line for whoever looks after the machine. */
export function outageWords(cause: OutageCause): string {
  const [problem, mend] = WORDS[cause];
  return `${problem}。${mend}`;
}
