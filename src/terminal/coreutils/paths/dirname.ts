import { command, usageError } from '../command.ts';

export const dirname = command({ name: 'dirname', short: 'z', long: { zero: 'z' } }, async (call) => {
  if (call.operands.length === 0) return await usageError(call, 'missing operand');
  for (const path of call.operands) {
    const trimmed = path.replace(/\/+$/, '');
    const at = trimmed.lastIndexOf('/');
    const parent =
      trimmed === '' ? (path === '' ? '.' : '/') : at < 0 ? '.' : trimmed.slice(0, at).replace(/\/+$/, '') || '/';
    call.io.out(`${parent}${call.options.has('z') ? '\0' : '\n'}`);
  }
  return await call.io.end(0);
});
