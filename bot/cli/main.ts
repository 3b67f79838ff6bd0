#!/usr/bin/env node
/** `lanxing VERB`: loads only the verb that was asked for, so that each starts fast. */
import process from 'node:process';

const OLDEST_NODE = [20, 15] as const;
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
  process.stderr.write(
    `需要 Node.js ${OLDEST_NODE.join('.')} 或更新的版本（现在是 ${process.versions.node}）：请到 nodejs.org 安装后再运行。\n`,
  );
  process.exit(2);
}

// A reader that has seen enough (`| head`) closes the pipe: that is no fault of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

const { run } = await import('./verbs.ts');
await run(process.argv.slice(2));
