import { fileText } from '../io.ts';
import { command } from './command.ts';

export const nproc = command({ name: 'nproc', short: '', long: { all: 'a' } }, async (call) => {
  const count = (fileText(call.process, '/proc/cpuinfo') ?? '')
    .split('\n')
    .filter((line) => line.startsWith('processor')).length;
  call.io.line(String(Math.max(1, count)));
  return await call.io.end(0);
});
