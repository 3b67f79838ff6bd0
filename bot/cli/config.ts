import process from 'node:process';
import { Command } from 'commander';
import { EXAMPLE } from '../config-example.ts';
import { configSchema, readConfigFile } from '../config.ts';
import { BadInput, guard } from './input.ts';

/** `lanxing config example | schema | check FILE`. */
export function configCommand(): Command {
  const command = new Command('config').description('配置文件的样例、格式与检查');
  command
    .command('example')
    .description('输出一份带说明的配置')
    .action(() => {
      process.stdout.write(EXAMPLE);
    });
  command
    .command('schema')
    .description('输出 JSON Schema')
    .action(() => {
      process.stdout.write(`${JSON.stringify(configSchema(), null, 2)}\n`);
    });
  command
    .command('check')
    .argument('<file>', '配置文件')
    .description('检查一份配置，列出全部问题和行号')
    .action((file: string) =>
      guard(async () => {
        const { config, findings } = readConfigFile(file);
        if (!config) throw new BadInput(findings);
        process.stdout.write(`${file}：没有问题\n`);
      }),
    );
  return command;
}
