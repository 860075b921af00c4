import { command, usageError } from '../command.ts';

export const basename = command(
  { name: 'basename', short: 'as:z', long: { multiple: 'a', suffix: 's', zero: 'z' } },
  async (call) => {
    const { options, io, operands } = call;
    if (operands.length === 0) return await usageError(call, 'missing operand');
    const many = options.has('a') || options.has('s');
    if (!many && operands.length > 2) return await usageError(call, `extra operand '${operands[2] ?? ''}'`);
    const suffix = options.value('s') ?? (many ? undefined : operands[1]);
    for (const path of many ? operands : operands.slice(0, 1)) {
      const trimmed = path.replace(/\/+$/, '');
      const base = trimmed === '' && path !== '' ? '/' : trimmed.slice(trimmed.lastIndexOf('/') + 1);
      io.out(
        `${suffix !== undefined && base !== suffix && base.endsWith(suffix) ? base.slice(0, base.length - suffix.length) : base}${options.has('z') ? '\0' : '\n'}`,
      );
    }
    return await io.end(0);
  },
);
