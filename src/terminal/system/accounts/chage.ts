/**
 * chage (shadow 4.13): how old a password may become. Ages are shown and stored; a login does not look at them.
 */
import { failed } from '../../../protocol/errno.ts';
import { accountOf } from '../../accounts.ts';
import { command, type Invocation } from '../../coreutils/command.ts';
import { LineReader } from '../../io.ts';
import { parseDay, usesRelativeDay } from './calendar-day.ts';
import { strftime } from '../../strftime.ts';
import { putRow, readRows, type Row } from './account-files.ts';
import { invokingAccount, invokingUid } from './invoking-user.ts';
import { notSimulated } from '../plain-program.ts';
import { usageFault } from './shadow-tools.ts';

/** Options by the column of /etc/shadow that they set. */
const COLUMNS = { d: 2, m: 3, M: 4, W: 5, I: 6, E: 7 } as const;

export const chage = command(
  {
    name: 'chage',
    calls: 'short',
    short: 'd:E:hiI:lm:M:R:W:',
    long: {
      lastday: 'd',
      expiredate: 'E',
      iso8601: 'i',
      inactive: 'I',
      list: 'l',
      mindays: 'm',
      maxdays: 'M',
      warndays: 'W',
      root: 'R',
    },
    absent: ['R'],
    helpOption: '-h',
    hint: (name) => `Usage: ${name} [options] LOGIN`,
    usage: '[options] LOGIN',
    usageStatus: 2,
  },
  async (call) => {
    const { io, options, operands, process } = call;
    const changes = Object.entries(COLUMNS).filter(([letter]) => options.has(letter));
    for (const [letter, text] of options.order)
      if (letter in COLUMNS && columnValue(letter, text) === undefined) {
        if (usesRelativeDay(text)) return await notSimulated(io, `chage -${letter} ${text}`);
        const kind = letter === 'd' || letter === 'E' ? 'date' : 'numeric argument';
        return await usageFault(call, `invalid ${kind} '${text}'`);
      }
    if (operands.length !== 1) return await usageFault(call);
    if (options.has('l') && changes.length > 0) return await usageFault(call, 'do not include "l" with other flags');
    const [name = ''] = operands;
    const isOwn = invokingAccount(process)?.name === name;
    if (invokingUid(process) !== 0 && !(options.has('l') && isOwn)) {
      await io.warn('Permission denied.');
      return 1;
    }
    if (accountOf(process, name)?.name !== name) {
      await io.warn(`user '${name}' does not exist in /etc/passwd`);
      return 1;
    }
    const row = readRows(process, '/etc/shadow').find(([user]) => user === name) ?? [
      name,
      '!',
      '',
      '',
      '',
      '',
      '',
      '',
      '',
    ];
    if (options.has('l')) {
      for (const line of listing(row, options.has('i'))) io.line(line);
      return await io.end(0);
    }
    const next = [...row];
    for (const [letter, column] of changes) next[column] = columnValue(letter, options.value(letter) ?? '') ?? '';
    if (changes.length === 0 && !(await askColumns(call, name, next))) {
      await io.warn('error changing fields');
      return 1;
    }
    return failed(putRow(process, '/etc/shadow', name, next)) ? 1 : await io.end(0);
  },
);

/** The questions in their order: what they ask for, and the option that sets the same. */
const QUESTIONS = [
  ['Minimum Password Age', 'm'],
  ['Maximum Password Age', 'M'],
  ['Last Password Change (YYYY-MM-DD)', 'd'],
  ['Password Expiration Warning', 'W'],
  ['Password Inactive', 'I'],
  ['Account Expiration Date (YYYY-MM-DD)', 'E'],
] as const;

/** Without options it asks for each; false where an answer is none. */
async function askColumns({ io, process }: Invocation, name: string, cells: string[]): Promise<boolean> {
  io.line(`Changing the aging information for ${name}`);
  io.line('Enter the new value, or press ENTER for the default');
  io.line('');
  const reader = new LineReader(process, 0);
  for (const [question, letter] of QUESTIONS) {
    const old = cells[COLUMNS[letter]] ?? '';
    const isDay = letter === 'd' || letter === 'E';
    const shown = old === '' ? '-1' : isDay ? strftime('%Y-%m-%d', Number(old) * 86_400e6) : old;
    io.out(`\t${question} [${shown}]: `);
    await io.flush();
    const typed = ((await reader.nextText()) ?? '').trim();
    const value = columnValue(letter, typed === '' ? shown : typed);
    if (value === undefined) return false;
    cells[COLUMNS[letter]] = value;
  }
  return true;
}

/** Days since 1970, or days; -1 empties the column. */
function columnValue(letter: string, text: string): string | undefined {
  if (text === '-1') return '';
  if (/^\d+$/.test(text)) return text;
  const day = letter === 'd' || letter === 'E' ? parseDay(text) : undefined;
  return day === undefined ? undefined : String(day);
}

function listing(row: Row, iso: boolean): readonly string[] {
  const [, , last = '', min = '', max = '', warn = '', inactive = '', expires = ''] = row;
  const day = (days: string): string => strftime(iso ? '%Y-%m-%d' : '%b %d, %Y', Number(days) * 86_400e6);
  const must = last === '0';
  const ends = last !== '' && max !== '' && Number(max) < 10_000;
  const forced = 'password must be changed';
  const expiry = must ? forced : ends ? day(String(Number(last) + Number(max))) : 'never';
  const dead = must
    ? forced
    : ends && inactive !== ''
      ? day(String(Number(last) + Number(max) + Number(inactive)))
      : 'never';
  return [
    `Last password change\t\t\t\t\t: ${must ? forced : last === '' ? 'never' : day(last)}`,
    `Password expires\t\t\t\t\t: ${expiry}`,
    `Password inactive\t\t\t\t\t: ${dead}`,
    `Account expires\t\t\t\t\t\t: ${expires === '' ? 'never' : day(expires)}`,
    `Minimum number of days between password change\t\t: ${min === '' ? '-1' : min}`,
    `Maximum number of days between password change\t\t: ${max === '' ? '-1' : max}`,
    `Number of days of warning before password expires\t: ${warn === '' ? '-1' : warn}`,
  ];
}
