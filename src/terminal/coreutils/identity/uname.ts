import { fileText } from '../../io.ts';
import { command, usageError } from '../command.ts';

export const uname = command(
  {
    name: 'uname',
    short: 'asnrvmpio',
    long: {
      all: 'a',
      'kernel-name': 's',
      nodename: 'n',
      'kernel-release': 'r',
      'kernel-version': 'v',
      machine: 'm',
      processor: 'p',
      'hardware-platform': 'i',
      'operating-system': 'o',
    },
  },
  async (call) => {
    const { process, options, flavour, io } = call;
    const [extra] = call.operands;
    if (extra !== undefined) return await usageError(call, `extra operand '${extra}'`);
    const busybox = flavour === 'busybox';
    const kernel = (name: string): string => fileText(process, `/proc/sys/kernel/${name}`)?.trim() ?? 'unknown';
    const values: readonly (readonly [string, string])[] = [
      ['s', 'Linux'],
      ['n', process.hostname()],
      ['r', kernel('osrelease')],
      ['v', kernel('version')],
      ['m', 'x86_64'],
      ['p', 'x86_64'],
      ['i', 'x86_64'],
      ['o', busybox ? 'Linux' : 'GNU/Linux'],
    ];
    const wanted = values.filter(
      ([letter]) =>
        options.has(letter) ||
        (options.has('a') && !(busybox && 'pi'.includes(letter))) ||
        (options.order.length === 0 && letter === 's'),
    );
    io.line(wanted.map(([, value]) => value).join(' '));
    return await io.end(0);
  },
);

export const arch = command({ name: 'arch', short: '' }, async (call) => {
  const [extra] = call.operands;
  if (extra !== undefined) return await usageError(call, `extra operand '${extra}'`);
  call.io.line('x86_64');
  return await call.io.end(0);
});
