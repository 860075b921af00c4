/** link, unlink: the bare system calls. */
import { failed, strerror } from '../../../protocol/errno.ts';
import { command, usageError } from '../command.ts';
import { quoteName } from '../quoting.ts';

export const link = command({ name: 'link', short: '' }, async (call) => {
  const { process, io, operands } = call;
  const [file, name, extra] = operands;
  if (file === undefined) return await usageError(call, 'missing operand');
  if (name === undefined) return await usageError(call, `missing operand after \u2018${file}\u2019`);
  if (extra !== undefined) return await usageError(call, `extra operand \u2018${extra}\u2019`);
  const made = process.link(file, name);
  if (!failed(made)) return 0;
  await io.warn(`cannot create link ${quoteName(name)} to ${quoteName(file)}: ${strerror(made)}`);
  return 1;
});

export const unlink = command({ name: 'unlink', short: '' }, async (call) => {
  const { process, io, operands } = call;
  const [file, extra] = operands;
  if (file === undefined) return await usageError(call, 'missing operand');
  if (extra !== undefined) return await usageError(call, `extra operand \u2018${extra}\u2019`);
  const removed = process.unlink(file);
  if (!failed(removed)) return 0;
  await io.warn(`cannot unlink ${quoteName(file)}: ${strerror(removed)}`);
  return 1;
});
