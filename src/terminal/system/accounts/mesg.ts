/** mesg (util-linux 2.39): whether others may write to the terminal, which is its group's right to write. */
import { failed, strerror } from '../../../protocol/errno.ts';
import { command } from '../../coreutils/command.ts';

const GROUP_WRITE = 0o020;
const OTHERS_WRITE = 0o002;
const FAILED_STATUS = 2;

export const mesg = command(
  { name: 'mesg', calls: 'short', short: 'v', long: { verbose: 'v' }, helpOption: '-h', usage: '[options] [y | n]' },
  async ({ io, options, operands, process }) => {
    const name = [0, 1, 2].map((fd) => process.ttyName(fd)).find((each) => !failed(each));
    if (name === undefined || failed(name)) {
      if (options.has('v')) await io.warn('no tty');
      return FAILED_STATUS;
    }
    const stat = process.stat(name);
    if (failed(stat)) {
      await io.warn(`cannot open ${name}: ${strerror(stat)}`);
      return FAILED_STATUS;
    }
    const open = (stat.mode & (GROUP_WRITE | OTHERS_WRITE)) !== 0;
    const [wanted] = operands;
    if (wanted === undefined) {
      io.line(open ? 'is y' : 'is n');
      return await io.end(open ? 0 : 1);
    }
    if (!/^[yY]|^[nN]/.test(wanted)) {
      await io.warn(`invalid argument: ${wanted}`);
      return FAILED_STATUS;
    }
    const allows = /^[yY]/.test(wanted);
    const mode = allows ? stat.mode | GROUP_WRITE : stat.mode & ~(GROUP_WRITE | OTHERS_WRITE);
    const done = process.chmod(name, mode);
    if (failed(done)) {
      await io.warn(`change ${name} mode failed: ${strerror(done)}`);
      return FAILED_STATUS;
    }
    if (options.has('v'))
      await io.warn(allows ? 'write access to your terminal is allowed' : 'write access to your terminal is denied');
    return allows ? 0 : 1;
  },
);
