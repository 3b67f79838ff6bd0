import { WechatyGateway } from '../bot/gateway/wechaty-gateway.ts';

const gateway = new WechatyGateway({
  endpoint: process.argv[2] ?? '',
  token: process.argv[3] ?? '',
  tls: false,
});
gateway.onState((state) => {
  if (state.kind === 'online') process.stdout.write('logged in\n');
});
await gateway.start();
