/** lsof (busybox procps/lsof.c): every descriptor of every process, with pid and program. */
import { failed } from '../../protocol/errno.ts';
import { command } from '../coreutils/command.ts';
import { readProcesses } from '../processes/process-list.ts';

export const lsof = command({ name: 'lsof', short: '', usage: '' }, async ({ process, io }) => {
  for (const { pid } of readProcesses(process)) {
    const directory = `/proc/${String(pid)}`;
    const program = process.readlink(`${directory}/exe`);
    const open = process.readdir(`${directory}/fd`);
    if (failed(program) || failed(open)) continue;
    for (const { name } of open) {
      const file = process.readlink(`${directory}/fd/${name}`);
      if (!failed(file)) io.line(`${String(pid)}\t${program}\t${file}`);
    }
  }
  return await io.end(0);
});
