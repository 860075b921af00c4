/** kill of procps. */
import { failed, strerror } from '../../../protocol/errno.ts';
import { SIGNALS } from '../../../protocol/program.ts';
import { signalByName } from '../../signal-names.ts';
import { command } from '../command.ts';

export const kill = command(
  {
    name: 'kill',
    short: 's:l0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ',
    long: { signal: 's', list: 'l' },
  },
  async (call) => {
    const { process, io, options } = call;
    if (options.has('l')) {
      const [wanted] = call.operands;
      io.line(wanted === undefined ? SIGNALS.map((name) => name.slice(3)).join(' ') : (nameOrNumber(wanted) ?? wanted));
      return await io.end(0);
    }
    const letters = options.order
      .filter(([letter]) => letter !== 's')
      .map(([letter]) => letter)
      .join('');
    const text = options.value('s') ?? (letters === '' ? 'TERM' : letters);
    const signal = text === '0' ? 0 : signalByName(text);
    if (signal === undefined) {
      await io.warn(`unknown signal ${text}`);
      return 1;
    }
    let status = 0;
    for (const pid of call.operands) {
      if (!/^-?\d+$/.test(pid)) {
        await io.warn(call.flavour === 'busybox' ? `invalid number '${pid}'` : `failed to parse argument: '${pid}'`);
        return 1;
      }
      const done = process.kill(Number(pid), signal);
      if (!failed(done)) continue;
      const why = strerror(done);
      await io.warn(call.flavour === 'busybox' ? `can't kill pid ${pid}: ${why}` : `(${pid}): ${why}`);
      status = 1;
    }
    return status;
  },
);

function nameOrNumber(text: string): string | undefined {
  if (/^\d+$/.test(text)) return SIGNALS[(Number(text) & 127) - 1]?.slice(3);
  const signal = signalByName(text);
  return signal === undefined ? undefined : String(SIGNALS.indexOf(signal) + 1);
}
