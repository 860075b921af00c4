/** pwdx (procps 4.0): the working directories of processes. */
import { failed, strerror } from '../../protocol/errno.ts';
import { procpsCommand, procpsUsage, type ProcpsSpec } from './procps-command.ts';

const SPEC: ProcpsSpec = { name: 'pwdx', short: 'Vh', helpOption: '-h', usage: '[options] pid...' };

export const pwdx = procpsCommand(SPEC, async ({ io, operands, process }) => {
  if (operands.length === 0) return await procpsUsage(io, SPEC);
  let status = 0;
  for (const operand of operands) {
    if (!/^(?:\/proc\/)?[1-9]\d*$/.test(operand)) {
      await io.warn(`invalid process id: ${operand}`);
      return await io.end(1);
    }
    const target = process.readlink(`${operand.startsWith('/') ? '' : '/proc/'}${operand}/cwd`);
    if (failed(target)) {
      const why = target.errno === 'ENOENT' ? 'No such process' : strerror(target);
      await io.flush();
      await io.raw(`${operand}: ${why}\n`);
      status = 1;
    } else io.line(`${operand}: ${target}`);
  }
  return await io.end(status);
});
