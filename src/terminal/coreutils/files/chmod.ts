import { failed, strerror } from '../../../protocol/errno.ts';
import type { FileStat } from '../../../protocol/program.ts';
import type { Invocation } from '../command.ts';
import { command, usageError } from '../command.ts';
import { eachPath } from '../each-path.ts';
import { modeText } from './mode-text.ts';
import { parseMode } from './mode.ts';
import { quoteName } from '../quoting.ts';

export const chmod = command(
  {
    name: 'chmod',
    absentLong: 'preserve-root no-preserve-root',
    short: 'RvcfrwxXstugoa+=,',
    long: { recursive: 'R', verbose: 'v', changes: 'c', quiet: 'f', silent: 'f', reference: 'reference:' },
  },
  async (call) => {
    const plan = await planModes(call);
    if (typeof plan === 'number') return plan;
    const { process, io, options } = call;
    const status = await eachPath(call, plan.paths, options.has('R'), (path, directory) => {
      const found = process.stat(path);
      if (failed(found)) return undefined;
      const next = parseMode(plan.mode, found.mode, process.umask(), directory) ?? found.mode;
      const done = process.chmod(path, next);
      if (options.has('v') || (options.has('c') && next !== found.mode)) io.line(changeText(path, found, next));
      if (!failed(done)) return undefined;
      return call.flavour === 'busybox'
        ? `${path}: ${strerror(done)}`
        : `changing permissions of ${quoteName(path)}: ${strerror(done)}`;
    });
    return await io.end(status);
  },
);

/** The mode and the files; `-w` and its like are modes though they look like options. */
async function planModes(
  call: Invocation,
): Promise<{ readonly mode: string; readonly paths: readonly string[] } | number> {
  const reference = call.options.value('reference');
  if (reference !== undefined) {
    const found = call.process.stat(reference);
    if (!failed(found)) return { mode: found.mode.toString(8), paths: call.operands };
    await call.io.warn(`failed to get attributes of ${quoteName(reference)}: ${strerror(found)}`);
    return 1;
  }
  const letters = call.options.order
    .filter(([letter]) => 'rwxXst'.includes(letter))
    .map(([letter]) => letter)
    .join('');
  const [mode, ...paths] = letters === '' ? call.operands : [`-${letters}`, ...call.operands];
  if (mode === undefined) return await usageError(call, 'missing operand');
  if (paths.length === 0) return await usageError(call, `missing operand after ${quoteName(mode)}`);
  if (parseMode(mode, 0, 0) === undefined && call.flavour === 'busybox') {
    await call.io.warn(`invalid mode '${mode}'`);
    return 1;
  }
  if (parseMode(mode, 0, 0) === undefined) return await usageError(call, `invalid mode: '${mode}'`);
  return { mode, paths };
}

function changeText(path: string, found: FileStat, next: number): string {
  const text = (mode: number): string =>
    `${mode.toString(8).padStart(4, '0')} (${modeText({ ...found, mode }).slice(1)})`;
  return next === found.mode
    ? `mode of ${quoteName(path)} retained as ${text(next)}`
    : `mode of ${quoteName(path)} changed from ${text(found.mode)} to ${text(next)}`;
}
