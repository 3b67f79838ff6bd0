/** A config with every setting, commented: what `lanxing config example` prints. */
export const EXAMPLE = `# 兰星的配置。每一项都有说明；改完可以用 lanxing config check lanxing.yaml 检查。

# 数据文件夹：账本、照片都在里面。只让运行兰星的用户能读写。
data: ./data

town:
  name: 示范镇
  # 镇组织办的人。contact（微信联系人编号）可以先不写。
  officers:
    - name: 镇组织办值班员

wechat:
  # 令牌最好放在环境变量 LANXING_TOKEN 里，或者放在一个文件里：
  tokenFile: ./token
  # 接入服务的地址；不写则由服务商按令牌解析。
  # endpoint: gateway.example.org:8788
  # 加密连接。只有接入服务就在本机时才可以关掉。
  tls: true

# 镇里修改细则的文件（岗位、扣分、读法），按顺序叠加；可以没有。
policy: []

# 发消息的快慢：太快会被微信限制。一般不用改。
pace:
  gap: [1000, 2200]
  roomGap: [1500, 3500]
  dailyCap: 1500

# 在本机提供 /healthz 和 /metrics；不需要就整段删掉。
health:
  port: 9464

# 每天自动备份；folder 最好在另一块盘上。
backup:
  folder: ./backups
  at: "03:30"
  keep: 30
  # passphraseFile: ./backup-passphrase

# 照片在备案之后保留多少天。
retention:
  photoDays: 180

# 日志里没有消息内容，也没有姓名。
log:
  level: info
  # folder: ./logs
  days: 30

# 磁盘剩余少于这么多兆时：私下告诉镇里的人，/healthz 报告问题，照片暂时不保存，报告照常记。
# 多出两成才算有了空间，那时再告诉一次。
diskFreeMb: 500
`;
