/** A line of dmesg (util-linux 2.39 sys-utils/dmesg.c): its time in each form, and its colours. */
import type { Options } from '../../coreutils/command.ts';
import { strftime } from '../../strftime.ts';

export const DMESG_LEVELS = ['emerg', 'alert', 'crit', 'err', 'warn', 'notice', 'info', 'debug'];

export interface Message {
  readonly atUs: number;
  readonly level: number;
  readonly text: string;
}
/** Of the line before. */
export interface Moment {
  readonly atUs?: number;
  readonly minute?: string;
}

export type TimeForm = 'plain' | 'delta' | 'plain-delta' | 'ctime' | 'ctime-delta' | 'reltime' | 'iso' | 'none';

const NAMED: Readonly<Record<string, TimeForm>> = {
  delta: 'delta',
  reltime: 'reltime',
  ctime: 'ctime',
  notime: 'none',
  iso: 'iso',
};

/** Undefined for a name that is none. */
export function timeForm(options: Options): TimeForm | undefined {
  let form: TimeForm = 'plain';
  for (const [letter, value] of options.order) {
    if (letter === 'T') form = 'ctime';
    else if (letter === 't') form = 'none';
    else if (letter === 'e' || letter === 'H') form = 'reltime';
    else if (letter === 'time-format') {
      const named = NAMED[value];
      if (named === undefined) return undefined;
      form = named;
    }
  }
  if (!options.has('d')) return form;
  return form === 'ctime' ? 'ctime-delta' : form === 'none' ? 'delta' : form === 'plain' ? 'plain-delta' : form;
}

/** Undefined for a mode that is none. */
export function usesColor(options: Options, isTerminal: boolean): boolean | undefined {
  if (!options.has('L')) return isTerminal;
  const mode = (options.value('L') ?? '').replace(/^=/, '');
  return { '': true, auto: isTerminal, always: true, never: false }[mode];
}

interface Look {
  readonly form: TimeForm;
  readonly color: boolean;
  readonly raw: boolean;
  readonly decode: boolean;
  /** Unix time of the boot. */
  readonly bootUs: number;
}

const GREEN = '\x1b[32m';
const BOLD = '\x1b[1m';
const PLAIN = '\x1b[0m';
const SUBSYSTEM = '\x1b[33m';
const LEVEL_COLORS: Readonly<Record<number, string>> = {
  1: '\x1b[7m\x1b[31m',
  2: '\x1b[1m\x1b[31m',
  3: '\x1b[31m',
  4: BOLD,
};

export function dmesgLine(
  message: Message,
  before: Moment,
  look: Look,
): { readonly line: string; readonly moment: Moment } {
  const { atUs, level, text } = message;
  const minute = strftime('%F %H:%M', look.bootUs + atUs);
  const moment = { atUs, minute };
  const seconds = `${String(Math.floor(atUs / 1e6)).padStart(5)}.${String(Math.floor(atUs % 1e6)).padStart(6, '0')}`;
  if (look.raw) return { line: `<${String(level)}>[${seconds}] ${text}`, moment };
  const decoded = look.decode ? `${'kern'.padEnd(6)}:${(DMESG_LEVELS[level] ?? '').padEnd(6)}: ` : '';
  const time = timeText(message, before, look, seconds, minute);
  const isBreak = look.form === 'reltime' && before.minute !== minute;
  const stamp = look.color && time !== '' ? `${GREEN}${isBreak ? BOLD : ''}${time}${PLAIN}` : time;
  return { line: `${decoded}${stamp}${look.color ? colored(message) : text}`, moment };
}

function timeText({ atUs }: Message, before: Moment, { form, bootUs }: Look, seconds: string, minute: string): string {
  const delta = before.atUs === undefined ? 0 : (atUs - before.atUs) / 1e6;
  const gap = `<${delta.toFixed(6).padStart(12)}>`;
  const whole = (format: string): string => strftime(format, bootUs + atUs);
  switch (form) {
    case 'none':
      return '';
    case 'plain':
      return `[${seconds}] `;
    case 'delta':
      return `[${gap}] `;
    case 'plain-delta':
      return `[${seconds} ${gap}] `;
    case 'ctime':
      return `[${whole('%a %b %e %H:%M:%S %Y')}] `;
    case 'ctime-delta':
      return `[${whole('%a %b %e %H:%M:%S %Y')} ${gap}] `;
    case 'iso':
      return `${whole('%Y-%m-%dT%H:%M:%S')},${String(Math.floor((bootUs + atUs) % 1e6)).padStart(6, '0')}+00:00 `;
    case 'reltime':
      if (before.minute !== minute) return `[${whole('%b%e %H:%M')}] `;
      return delta < 10 ? `[  +${delta.toFixed(6)}] ` : `[ +${delta.toFixed(6)}] `;
  }
}

/** What stands before a colon has a colour of its own, the rest that of its level. */
function colored({ level, text }: Message): string {
  const prefix = /^.*?:[ \t]/.exec(text)?.[0] ?? '';
  const rest = text.slice(prefix.length);
  const color = LEVEL_COLORS[level] ?? (rest.includes('segfault at') ? '\x1b[2m\x1b[31m' : '');
  return `${prefix === '' ? '' : `${SUBSYSTEM}${prefix}${PLAIN}`}${color === '' ? rest : `${color}${rest}${PLAIN}`}`;
}
