import { fileText } from '../io.ts';
import { command } from './command.ts';

export const nproc = command({ name: 'nproc', short: '', long: { all: 'a', ignore: 'ignore:' } }, async (call) => {
  const { io, options, process } = call;
  const ignored = options.value('ignore') ?? '0';
  if (!/^\d+$/.test(ignored)) {
    await io.warn(`invalid number: \u2018${ignored}\u2019`);
    return 1;
  }
  const count = (fileText(process, '/proc/cpuinfo') ?? '')
    .split('\n')
    .filter((line) => line.startsWith('processor')).length;
  io.line(String(Math.max(1, count - Number(ignored))));
  return await io.end(0);
});
