import type { Process } from '../../../protocol/program.ts';
import { fileText } from '../../io.ts';
import { command } from '../command.ts';

/** Processors that this process may use, or with --all those that the machine has, less some, but one at least. */
export const nproc = command({ name: 'nproc', short: '', long: { all: 'a', ignore: 'ignore:' } }, async (call) => {
  const { io, options, process } = call;
  const ignored = options.value('ignore') ?? '0';
  if (!/^\d+$/.test(ignored)) {
    await io.warn(`invalid number: \u2018${ignored}\u2019`);
    return 1;
  }
  const count = options.has('a') ? installed(process) : usable(process);
  io.line(String(Math.max(1, count - Number(ignored))));
  return await io.end(0);
});

function installed(process: Process): number {
  const lines = (fileText(process, '/proc/cpuinfo') ?? '').split('\n');
  return lines.filter((line) => line.startsWith('processor')).length;
}

/** What OpenMP is told goes before what the kernel allows. */
function usable(process: Process): number {
  const asked = positive(process.env['OMP_NUM_THREADS']?.split(',')[0]);
  const limit = positive(process.env['OMP_THREAD_LIMIT']) ?? Infinity;
  return Math.min(asked ?? allowed(process), limit);
}

const positive = (text: string | undefined): number | undefined =>
  text !== undefined && /^\s*0*[1-9]\d*\s*$/.test(text) ? Number(text) : undefined;

function allowed(process: Process): number {
  const list = /^Cpus_allowed_list:\t(.*)$/m.exec(fileText(process, '/proc/self/status') ?? '')?.[1] ?? '';
  return list.split(',').reduce((sum, range) => {
    const [first = 0, last = first] = range.split('-').map(Number);
    return sum + last - first + 1;
  }, 0);
}
