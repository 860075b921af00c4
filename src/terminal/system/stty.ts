/** stty (coreutils 9.4) and reset: the settings that the terminal models, the rest as a fresh terminal has them. */
import { helpHint } from '../coreutils/help-hint.ts';
import { failed, strerror } from '../../protocol/errno.ts';
import type { Termios, WindowSize } from '../../protocol/program.ts';
import { plainProgram, type PlainCall } from './plain-program.ts';

const SANE: Termios = {
  canonical: true,
  echo: true,
  signals: true,
  mapCrToNl: true,
  outputNlToCrNl: true,
  flowControl: true,
};
const RAW: Partial<Termios> = {
  canonical: false,
  signals: false,
  mapCrToNl: false,
  outputNlToCrNl: false,
  flowControl: false,
};
const FLAGS: Readonly<Record<string, keyof Termios>> = {
  icanon: 'canonical',
  echo: 'echo',
  isig: 'signals',
  icrnl: 'mapCrToNl',
  onlcr: 'outputNlToCrNl',
  opost: 'outputNlToCrNl',
  ixon: 'flowControl',
};

export const stty = plainProgram(
  'stty',
  async (call) => {
    const { io, process } = call;
    const args = [...call.args];
    let fd = 0;
    if (args[0] === '-F' || args[0]?.startsWith('--file') === true) {
      const path = args[0].includes('=') ? args[0].slice(args[0].indexOf('=') + 1) : (args[1] ?? '');
      args.splice(0, args[0].includes('=') ? 1 : 2);
      const opened = process.open(path, { read: true });
      if (failed(opened)) {
        await io.warn(`${path}: ${strerror(opened)}`);
        return 1;
      }
      fd = opened;
    }
    const termios = process.termios(fd);
    const size = process.windowSize(fd);
    if (failed(termios) || failed(size)) {
      await io.warn("'standard input': Inappropriate ioctl for device");
      return 1;
    }
    const [first] = args;
    if (first === undefined || first === '-a' || first === '--all')
      return await show(call, termios, size, first !== undefined);
    if (first === 'size') {
      io.line(`${String(size.rows)} ${String(size.columns)}`);
      return await io.end(0);
    }
    if (first === '-g' || first === '--save') {
      io.line(encode(termios));
      return await io.end(0);
    }
    return await change(call, fd, args, size);
  },
  'whole',
);

/** Input, output, control and local modes in hexadecimal, then special characters. */
function encode(termios: Termios): string {
  const input = 0x4000 | (termios.mapCrToNl ? 0x100 : 0) | (termios.flowControl ? 0x400 : 0);
  const local = 0x8a30 | (termios.signals ? 1 : 0) | (termios.canonical ? 2 : 0) | (termios.echo ? 8 : 0);
  return `${input.toString(16)}:${termios.outputNlToCrNl ? '5' : '0'}:bf:${local.toString(16)}:3:1c:7f:15:4:0:1:0:11:13:1a:0:12:f:17:16:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0`;
}

function decode(text: string): Termios | undefined {
  const match = /^([0-9a-f]+):([0-9a-f]+):[0-9a-f]+:([0-9a-f]+)(:[0-9a-f]+)+$/.exec(text);
  if (match === null) return undefined;
  const [input, output, local] = [match[1], match[2], match[3]].map((each) => parseInt(each ?? '0', 16));
  const has = (value: number | undefined, bit: number): boolean => ((value ?? 0) & bit) !== 0;
  return {
    mapCrToNl: has(input, 0x100),
    flowControl: has(input, 0x400),
    outputNlToCrNl: has(output, 1),
    signals: has(local, 1),
    canonical: has(local, 2),
    echo: has(local, 8),
  };
}

async function show({ io }: PlainCall, termios: Termios, { rows, columns }: WindowSize, all: boolean): Promise<number> {
  const on = (name: string): string => (termios[FLAGS[name] ?? 'echo'] ? name : `-${name}`);
  if (!all) {
    io.line('speed 38400 baud; line = 0;');
    const changed = Object.keys(FLAGS).filter((name) => name !== 'opost' && !termios[FLAGS[name] ?? 'echo']);
    if (changed.length > 0) io.line(changed.map((name) => `-${name}`).join(' '));
    return await io.end(0);
  }
  io.out(`speed 38400 baud; rows ${String(rows)}; columns ${String(columns)}; line = 0;
intr = ^C; quit = ^\\; erase = ^?; kill = ^U; eof = ^D; eol = <undef>; eol2 = <undef>; swtch = <undef>; start = ^Q; stop = ^S; susp = ^Z; rprnt = ^R; werase = ^W; lnext = ^V;
discard = ^O; min = 1; time = 0;
-parenb -parodd -cmspar cs8 -hupcl -cstopb cread -clocal -crtscts
-ignbrk -brkint -ignpar -parmrk -inpck -istrip -inlcr -igncr ${on('icrnl')} ${on('ixon')} -ixoff -iuclc -ixany -imaxbel iutf8
${on('opost')} -olcuc -ocrnl ${on('onlcr')} -onocr -onlret -ofill -ofdel nl0 cr0 tab0 bs0 vt0 ff0
${on('isig')} ${on('icanon')} iexten ${on('echo')} echoe echok -echonl -noflsh -xcase -tostop -echoprt echoctl echoke -flusho -extproc
`);
  return await io.end(0);
}

async function change(
  { io, process }: PlainCall,
  fd: number,
  words: readonly string[],
  size: WindowSize,
): Promise<number> {
  let window = size;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const saved = decode(word);
    const off = word.startsWith('-');
    const flag = FLAGS[word.replace(/^-/, '')];
    if (saved !== undefined) process.setTermios(fd, saved);
    else if (word === 'sane') process.setTermios(fd, SANE);
    else if (word === 'raw' || word === '-cooked') process.setTermios(fd, RAW);
    else if (word === 'cooked' || word === '-raw')
      process.setTermios(fd, {
        ...RAW,
        canonical: true,
        signals: true,
        mapCrToNl: true,
        outputNlToCrNl: true,
        flowControl: true,
      });
    else if (word === 'cbreak' || word === '-cbreak') process.setTermios(fd, { canonical: off });
    else if (flag !== undefined) process.setTermios(fd, { [flag]: !off });
    else if (['rows', 'cols', 'columns'].includes(word)) {
      at += 1;
      window = word === 'rows' ? { ...window, rows: Number(words[at]) } : { ...window, columns: Number(words[at]) };
      process.setWindowSize(fd, window);
    } else if (
      /^-?(echoe|echok|echoctl|echoke|iexten|iutf8|tostop|ixoff|ixany|inlcr|igncr|brkint|hupcl|echonl|noflsh|imaxbel|inpck|istrip)$/.test(
        word,
      ) ||
      [
        'erase',
        'intr',
        'quit',
        'kill',
        'eof',
        'susp',
        'min',
        'time',
        'start',
        'stop',
        'werase',
        'lnext',
        'speed',
      ].includes(word)
    ) {
      await io.raw(`drydock: 'stty ${word}' is not simulated\n`);
      return 1;
    } else {
      await io.warn(`invalid argument \u2018${word}\u2019`);
      await io.raw(`${helpHint(io)}\n`);
      return 1;
    }
  }
  return 0;
}

export const reset = plainProgram('reset', async ({ io, process }) => {
  process.setTermios(0, SANE);
  io.out('\x1bc\x1b[!p\x1b[?3;4l\x1b[4l\x1b>');
  return await io.end(0);
});
