/**
 * chage (shadow 4.13): how old a password may become. Ages are shown and stored; a login does not look at them.
 */
import { failed } from '../../../protocol/errno.ts';
import { accountOf } from '../../accounts.ts';
import { command, type Options } from '../../coreutils/command.ts';
import { parseDay } from './calendar-day.ts';
import { strftime } from '../../strftime.ts';
import { putRow, readRows, type Row } from './account-files.ts';
import { invokingAccount, invokingUid } from './invoking-user.ts';
import { notSimulated } from '../plain-program.ts';

/** Options by the column of /etc/shadow that they set. */
const COLUMNS = { d: 2, m: 3, M: 4, W: 5, I: 6, E: 7 } as const;

export const chage = command(
  {
    name: 'chage',
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
    },
    usage: '[options] LOGIN',
    usageStatus: 2,
  },
  async ({ io, options, operands, process }) => {
    const [name] = operands;
    if (name === undefined) {
      await io.raw('Usage: chage [options] LOGIN\n');
      return 2;
    }
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
    const changes = Object.entries(COLUMNS).filter(([letter]) => options.has(letter));
    if (changes.length === 0) return await notSimulated(io, 'chage without options');
    const next = [...row];
    for (const [letter, column] of changes) {
      const value = columnValue(options, letter);
      if (value === undefined) {
        await io.warn(
          `invalid ${letter === 'd' || letter === 'E' ? 'date' : 'numeric argument'} '${options.value(letter) ?? ''}'`,
        );
        return 2;
      }
      next[column] = value;
    }
    return failed(putRow(process, '/etc/shadow', name, next)) ? 1 : 0;
  },
);

/** Days since 1970, or days; -1 empties the column. */
function columnValue(options: Options, letter: string): string | undefined {
  const text = options.value(letter) ?? '';
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
