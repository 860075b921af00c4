/** lscpu (util-linux 2.39) from /proc/cpuinfo. */
import { command } from '../../coreutils/command.ts';
import { fileText } from '../../io.ts';

export const lscpu = command(
  {
    name: 'lscpu',
    calls: 'short',
    // All processors are online (-a, -b), and caches are not listed (-B counts them in bytes).
    short: 'abBcCe::Jp::s:xy',
    long: {
      all: 'a',
      online: 'b',
      offline: 'c',
      caches: 'C',
      extended: 'e',
      parse: 'p',
      json: 'J',
      sysroot: 's',
      hex: 'x',
      bytes: 'B',
      physical: 'y',
    },
    absent: [...'cCeJpsxy'],
    absentLong: 'output-all hierarchic=',
    helpOption: '-h',
  },
  async (call) => {
    const { io, process } = call;
    const text = fileText(process, '/proc/cpuinfo') ?? '';
    const of = (name: string): string => new RegExp(`^${name}\\s*: (.*)$`, 'm').exec(text)?.[1] ?? '';
    const count = text.split('\n').filter((line) => line.startsWith('processor')).length;
    const list = count === 1 ? '0' : count === 2 ? '0,1' : `0-${String(count - 1)}`;
    const flags = of('flags');
    const rows: readonly (readonly [string, string])[] = [
      ['Architecture:', 'x86_64'],
      ['  CPU op-mode(s):', '32-bit, 64-bit'],
      ['  Address sizes:', of('address sizes')],
      ['  Byte Order:', 'Little Endian'],
      ['CPU(s):', String(count)],
      ['  On-line CPU(s) list:', list],
      ['Vendor ID:', of('vendor_id')],
      ['  Model name:', of('model name')],
      ['    CPU family:', of('cpu family')],
      ['    Model:', of('model')],
      ['    Thread(s) per core:', '1'],
      ['    Core(s) per socket:', of('cpu cores')],
      ['    Socket(s):', '1'],
      ['    Stepping:', of('stepping')],
      ['    BogoMIPS:', of('bogomips')],
      ['    Flags:', flags],
      ...(flags.split(' ').includes('hypervisor')
        ? ([
            ['Virtualization features:', ''],
            ['  Virtualization type:', 'full'],
          ] as const)
        : []),
    ];
    const width = Math.max(...rows.map(([name]) => name.length)) + 2;
    for (const [name, value] of rows) io.line(`${name.padEnd(width)}${value}`.trimEnd());
    return await io.end(0);
  },
);
