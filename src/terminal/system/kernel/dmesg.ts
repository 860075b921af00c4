/**
 * dmesg (util-linux): the kernel's messages.
 * Leaves out: -J, --since, --until, the console's level (-D -E -n), facilities other than the kernel's.
 */
import { failed, strerror, type Result } from '../../../protocol/errno.ts';
import type { Plain } from '../../../protocol/plain.ts';
import { command, type Invocation } from '../../coreutils/command.ts';
import { bytesToText } from '../../text.ts';
import { strftime } from '../../strftime.ts';
import { type KernelRecord, recordsOf } from './kernel-data.ts';

const LEVELS = ['emerg', 'alert', 'crit', 'err', 'warn', 'notice', 'info', 'debug'];

interface Message {
  readonly atUs: number;
  readonly level: number;
  readonly text: string;
}

export const dmesg = command(
  {
    name: 'dmesg',
    // What is in the ring here is the kernel's alone (-k), and nothing is paged (-P).
    short: 'cCdHkl:n:PrtTuwWxeDEf:F:s:SJL::p',
    helpOption: '-h',
    long: {
      clear: 'C',
      'read-clear': 'c',
      human: 'H',
      kernel: 'k',
      level: 'l',
      nopager: 'P',
      raw: 'r',
      notime: 't',
      ctime: 'T',
      userspace: 'u',
      follow: 'w',
      'follow-new': 'W',
      decode: 'x',
      color: 'L',
      'force-prefix': 'p',
      reltime: 'e',
      facility: 'f:',
      file: 'F:',
      'buffer-size': 's:',
      syslog: 'S',
      json: 'J',
      since: 'since:',
      until: 'until:',
      'time-format': 'time-format:',
      'show-delta': 'd',
      'console-level': 'n:',
      'console-off': 'D',
      'console-on': 'E',
    },
    absent: [...'dHnueDEfFsSJpL', 'since', 'until', 'time-format'],
    absentLong: 'noescape kmsg-file=',
    usage: '[options]',
  },
  async (call) => {
    const { io, options, process } = call;
    const wanted = levelsOf(options.value('l'));
    if (typeof wanted === 'string') {
      await io.warn(`unknown level '${wanted}'`);
      return 1;
    }
    if (options.has('C')) return await endWith(call, process.kernel({ subsystem: 'syslog', op: 'clear' }));
    const read = process.kernel({ subsystem: 'syslog', op: 'read-all' });
    if (failed(read)) return await endWith(call, read);
    const follows = options.has('w') || options.has('W');
    const next = process.kernel({ subsystem: 'syslog', op: 'next' });
    const show = (message: Message): void => {
      if (wanted.includes(message.level)) io.line(lineOf(call, message));
    };
    if (!options.has('W')) for (const each of recordsOf(read)) show(messageOf(each));
    if (options.has('c')) process.kernel({ subsystem: 'syslog', op: 'clear' });
    if (!follows) return await io.end(0);
    return await follow(call, typeof next === 'number' ? next : 0, show);
  },
);

async function endWith({ io, flavour }: Invocation, result: Result<Plain>): Promise<number> {
  if (!failed(result)) return await io.end(0);
  await io.warn(`${flavour === 'busybox' ? 'klogctl' : 'read kernel buffer failed'}: ${strerror(result)}`);
  return 1;
}

/** All levels, the listed ones, `LEVEL+` with those above it; or the name that is none. */
function levelsOf(text: string | undefined): readonly number[] | string {
  const all = LEVELS.map((_, at) => at);
  if (text === undefined) return all;
  const wanted: number[] = [];
  for (const item of text.split(',')) {
    const level = LEVELS.indexOf(item.replace(/^\+|\+$/g, ''));
    if (level < 0) return item;
    if (item.endsWith('+')) wanted.push(...all.filter((each) => each <= level));
    else if (item.startsWith('+')) wanted.push(...all.filter((each) => each >= level));
    else wanted.push(level);
  }
  return wanted;
}

const messageOf = (record: KernelRecord): Message => ({
  atUs: record.number('atUs'),
  level: record.number('level'),
  text: record.text('text'),
});

function lineOf({ options, process }: Invocation, { atUs, level, text }: Message): string {
  const seconds = `${String(Math.floor(atUs / 1e6)).padStart(5)}.${String(Math.floor(atUs % 1e6)).padStart(6, '0')}`;
  if (options.has('r')) return `<${String(level)}>[${seconds}] ${text}`;
  const decoded = options.has('x') ? `${'kern'.padEnd(6)}:${(LEVELS[level] ?? '').padEnd(6)}: ` : '';
  if (options.has('t')) return `${decoded}${text}`;
  if (!options.has('T')) return `${decoded}[${seconds}] ${text}`;
  const { realtimeUs, monotonicUs } = process.time();
  return `${decoded}[${strftime('%a %b %e %H:%M:%S %Y', realtimeUs - monotonicUs + atUs)}] ${text}`;
}

/** Prints what comes, from a sequence number on, until somebody ends it. */
async function follow(call: Invocation, from: number, show: (message: Message) => void): Promise<number> {
  const { io, process } = call;
  const fd = process.open('/dev/kmsg', { read: true });
  if (failed(fd)) return await endWith(call, fd);
  await io.flush();
  for (;;) {
    const bytes = await process.read(fd);
    if (failed(bytes)) return await io.end(0);
    const match = /^(\d+),(\d+),(\d+),[^;]*;(.*)\n$/s.exec(bytesToText(bytes));
    if (match === null) return await io.end(0);
    const [, level, sequence, atUs, text = ''] = match;
    if (Number(sequence) < from) continue;
    show({ atUs: Number(atUs), level: Number(level), text });
    if (!(await io.flush())) return 1;
  }
}
