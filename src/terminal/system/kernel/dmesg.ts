/**
 * dmesg (util-linux): the kernel's messages.
 * Models: levels, every form of time, -J, colours, -H with its pager, --since and --until, following.
 * Leaves out: the console's level (-D -E -n), facilities other than the kernel's, files (-F).
 */
import { helpHint } from '../../coreutils/help-hint.ts';
import { failed, strerror, type Result } from '../../../protocol/errno.ts';
import type { Plain } from '../../../protocol/plain.ts';
import { timestampUs } from '../../systemd/time-words.ts';
import { command, type Invocation } from '../../coreutils/command.ts';
import { bytesToText, textToBytes } from '../../text.ts';
import { notSimulated } from '../plain-program.ts';
import { startChild, waitFor } from '../../run-child.ts';
import { dmesgLine, DMESG_LEVELS, timeForm, usesColor, type Message, type Moment } from './dmesg-lines.ts';
import { type KernelRecord, recordsOf } from './kernel-data.ts';

export const dmesg = command(
  {
    name: 'dmesg',
    calls: 'short',
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
    absent: [...'nuDEF'],
    absentLong: 'noescape kmsg-file=',
    usage: '[options]',
  },
  async (call) => {
    const { io, options, operands, process } = call;
    const complain = async (text: string): Promise<number> => {
      await io.warn(text);
      return 1;
    };
    if (operands.length > 0 && call.flavour === 'gnu') {
      await io.warn('bad usage');
      await io.raw(`${helpHint(io)}\n`);
      return 1;
    }
    if (options.has('T') && options.has('r')) return await complain('mutually exclusive arguments: --ctime --raw');
    if (['C', 'c', 'r'].filter((letter) => options.has(letter)).length > 1)
      return await complain(
        'mutually exclusive arguments: --clear --console-off --console-on --read-clear --console-level --raw',
      );
    const wanted = levelsOf(options.value('l'));
    if (typeof wanted === 'string') return await complain(`unknown level '${wanted}'`);
    const facilities = options.value('f')?.split(',') ?? ['kern'];
    const stranger = facilities.find((name) => !FACILITIES.includes(name));
    if (stranger !== undefined) return await complain(`unknown facility '${stranger}'`);
    const other = facilities.find((name) => name !== 'kern');
    if (other !== undefined) return await notSimulated(io, `dmesg -f ${other}`);
    const form = timeForm(options);
    if (form === undefined) return await complain(`unknown time format: ${options.value('time-format') ?? ''}`);
    const color = usesColor(options, process.isatty(1));
    if (color === undefined) return await complain(`unsupported color mode: '${options.value('L') ?? ''}'`);
    const span = spanOf(call);
    if (typeof span === 'string') return await complain(`invalid time value "${span}"`);
    if (options.has('C')) return await endWith(call, process.kernel({ subsystem: 'syslog', op: 'clear' }));
    const read = process.kernel({ subsystem: 'syslog', op: 'read-all' });
    if (failed(read)) return await endWith(call, read);
    const follows = options.has('w') || options.has('W');
    const next = process.kernel({ subsystem: 'syslog', op: 'next' });
    const { realtimeUs, monotonicUs } = process.time();
    const isShown = ({ level, atUs }: Message): boolean => {
      const at = realtimeUs - monotonicUs + atUs;
      return wanted.includes(level) && at >= span.sinceUs && at <= span.untilUs;
    };
    let before: Moment = {};
    const line = (message: Message): string => {
      const made = dmesgLine(message, before, {
        form,
        color,
        raw: options.has('r'),
        decode: options.has('x'),
        bootUs: realtimeUs - monotonicUs,
      });
      before = made.moment;
      return made.line;
    };
    const all = options.has('W') ? [] : recordsOf(read).map(messageOf).filter(isShown);
    if (options.has('c')) process.kernel({ subsystem: 'syslog', op: 'clear' });
    if (options.has('J')) {
      io.out(json(all));
      return await io.end(0);
    }
    if (options.has('H') && !options.has('P') && !follows && process.isatty(1))
      return await page(call, all.map((message) => `${line(message)}\n`).join(''));
    for (const each of all) io.line(line(each));
    if (!follows) return await io.end(0);
    return await follow(call, typeof next === 'number' ? next : 0, (message) => {
      if (isShown(message)) io.line(line(message));
    });
  },
);

const FACILITIES =
  'kern user mail daemon auth syslog lpr news uucp cron authpriv ftp res0 res1 res2 res3 local0 local1 local2 local3 local4 local5 local6 local7'.split(
    ' ',
  );

/** The moments that --since and --until give; or the text that gives none. */
function spanOf({ options, process }: Invocation): { readonly sinceUs: number; readonly untilUs: number } | string {
  const now = process.time().realtimeUs;
  const [since, until] = [options.value('since'), options.value('until')];
  const sinceUs = since === undefined ? -Infinity : timestampUs(since, now);
  const untilUs = until === undefined ? Infinity : timestampUs(until, now);
  if (sinceUs === undefined) return since ?? '';
  return untilUs === undefined ? (until ?? '') : { sinceUs, untilUs };
}

function json(messages: readonly Message[]): string {
  const items = messages.map(
    ({ level, atUs, text }) =>
      `{\n         "pri": ${String(level)},\n         "time": ${(atUs / 1e6).toFixed(6).padStart(12)},\n         "msg": ${JSON.stringify(text)}\n      }`,
  );
  return `{\n   "dmesg": [\n      ${items.join(',')}\n   ]\n}\n`;
}

/** Through the reader's pager, as util-linux' programs start it. */
async function page({ process, io }: Invocation, text: string): Promise<number> {
  const pipe = process.pipe();
  if (failed(pipe)) return 1;
  const [read, write] = pipe;
  process.setCloseOnExec(write, true);
  const pager = process.env['PAGER'] ?? 'less';
  const pid = startChild(process, ['sh', '-c', pager], {
    env: { LESS: 'FRSX', ...process.env },
    fds: [
      [0, read],
      [1, 1],
      [2, 2],
    ],
  });
  process.close(read);
  if (typeof pid !== 'number') {
    process.close(write);
    io.out(text);
    return await io.end(0);
  }
  process.sigaction('SIGPIPE', 'ignore');
  await process.write(write, textToBytes(text));
  process.close(write);
  await waitFor(process, pid);
  return 0;
}

async function endWith({ io, flavour }: Invocation, result: Result<Plain>): Promise<number> {
  if (!failed(result)) return await io.end(0);
  await io.warn(`${flavour === 'busybox' ? 'klogctl' : 'read kernel buffer failed'}: ${strerror(result)}`);
  return 1;
}

/** All levels, the listed ones, `LEVEL+` with those above it; or the name that is none. */
function levelsOf(text: string | undefined): readonly number[] | string {
  const all = DMESG_LEVELS.map((_, at) => at);
  if (text === undefined) return all;
  const wanted: number[] = [];
  for (const item of text.split(',')) {
    const level = DMESG_LEVELS.indexOf(item.replace(/^\+|\+$/g, ''));
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
