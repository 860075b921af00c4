/** passwd and chpasswd (shadow 4.13); hashes are SHA-512 crypt. */
import { accountOf } from '../../accounts.ts';
import type { Process } from '../../../protocol/program.ts';
import { command, type Options } from '../../coreutils/command.ts';
import { LineReader } from '../../io.ts';
import { strftime } from '../../strftime.ts';
import { bytesToText } from '../../text.ts';
import { putRow, readRows, today, type Row } from './account-files.ts';
import { askPassword, isPasswordOf, shadowHash } from './become-user.ts';
import { invokingAccount } from './invoking-user.ts';
import { saltFrom, sha512Crypt } from './password-hash.ts';

/** The columns of /etc/shadow that passwd changes. */
const COLUMN = { hash: 1, changed: 2, mindays: 3, maxdays: 4, warndays: 5, inactive: 6 } as const;

function change(process: Process, user: string, cells: ReadonlyMap<number, string>): void {
  const row = readRows(process, '/etc/shadow').find((each) => each[0] === user) ?? [
    user,
    '',
    '',
    '0',
    '99999',
    '7',
    '',
    '',
    '',
  ];
  putRow(
    process,
    '/etc/shadow',
    user,
    row.map((cell, at) => cells.get(at) ?? cell),
  );
}

/** A new password is of today. */
function store(process: Process, user: string, hash: string): void {
  change(
    process,
    user,
    new Map([
      [COLUMN.hash, hash],
      [COLUMN.changed, today(process)],
    ]),
  );
}
const hashOf = (process: Process, password: string): string => sha512Crypt(password, saltFrom(process.random(16)));

export const chpasswd = command(
  {
    name: 'chpasswd',
    short: 'ec:ms:R:',
    long: { encrypted: 'e', 'crypt-method': 'c', root: 'R' },
    absent: [...'cmsR'],
    usage: '[options]',
  },
  async (call) => {
    const { io, options, process } = call;
    if (process.credentials().uid !== 0) {
      await io.warn('Permission denied.');
      await io.warn('cannot lock /etc/passwd; try again later.');
      return 1;
    }
    const reader = new LineReader(process, 0);
    let number = 0;
    for (let line = await reader.next(); line !== undefined; line = await reader.next()) {
      number += 1;
      const [user = '', ...rest] = bytesToText(line).split(':');
      if (rest.length === 0) {
        await io.warn(`line ${String(number)}: missing new password`);
        await io.warn('error detected, changes ignored');
        return 1;
      }
      if (accountOf(process, user)?.name !== user) {
        await io.warn(`line ${String(number)}: user '${user}' does not exist`);
        await io.warn('error detected, changes ignored');
        return 1;
      }
      store(process, user, options.has('e') ? rest.join(':') : hashOf(process, rest.join(':')));
    }
    return 0;
  },
);

export const passwd = command(
  {
    name: 'passwd',
    short: 'dlueSaqn:x:w:i:kr:R:sP:',
    absent: [...'akrRsP'],
    long: {
      delete: 'd',
      lock: 'l',
      unlock: 'u',
      expire: 'e',
      status: 'S',
      all: 'a',
      quiet: 'q',
      mindays: 'n',
      maxdays: 'x',
      warndays: 'w',
      inactive: 'i',
    },
    usage: '[options] [LOGIN]',
  },
  async (call) => {
    const { io, options, process } = call;
    const caller = invokingAccount(process);
    if (caller === undefined) {
      await io.warn('Cannot determine your user name.');
      return 1;
    }
    const name = call.operands[0] ?? caller.name;
    const account = accountOf(process, name);
    if (account?.name !== name) {
      await io.warn(`user '${name}' does not exist`);
      return 1;
    }
    const root = caller.uid === 0;
    if (!root && (name !== caller.name || options.order.some(([letter]) => letter !== 'S'))) {
      await io.warn(
        name === caller.name ? 'Permission denied.' : `You may not view or modify password information for ${name}.`,
      );
      return 1;
    }
    const hash = shadowHash(process, name) ?? '!';
    if (options.has('S')) {
      io.line(statusLine(name, hash, readRows(process, '/etc/shadow').find((row) => row[0] === name) ?? []));
      return await io.end(0);
    }
    const cells = changesOf(options, hash);
    if (cells.size > 0) {
      if (options.has('u') && /^!?$/.test(hash)) {
        await io.warn(
          'unlocking the password would result in a passwordless account.\nYou should set a password with usermod -p to unlock the password of this account.',
        );
        return 3;
      }
      change(process, name, cells);
      if (!options.has('q')) io.line('passwd: password changed.');
      return await io.end(0);
    }
    if (!root) {
      await io.raw(`Changing password for ${name}.\n`);
      const current = await askPassword(process, 'Current password: ');
      if (current === undefined || !isPasswordOf(process, name, current)) {
        await io.raw('passwd: Authentication token manipulation error\npasswd: password unchanged\n');
        return 10;
      }
    }
    const first = await askPassword(process, 'New password: ');
    const second = await askPassword(process, 'Retype new password: ');
    if (first === undefined || first === '' || first !== second) {
      await io.raw(
        first === undefined || first === ''
          ? 'No password has been supplied.\npasswd: Authentication token manipulation error\npasswd: password unchanged\n'
          : 'Sorry, passwords do not match.\npasswd: Authentication token manipulation error\npasswd: password unchanged\n',
      );
      return 10;
    }
    store(process, name, hashOf(process, first));
    await io.raw('passwd: password updated successfully\n');
    return 0;
  },
);

/** What -d, -l, -u, -e and the ages make of an account's row; none of them counts as a change of the password. */
function changesOf(options: Options, hash: string): ReadonlyMap<number, string> {
  const cells = new Map<number, string>();
  if (options.has('d')) cells.set(COLUMN.hash, '');
  else if (options.has('l')) cells.set(COLUMN.hash, hash.startsWith('!') ? hash : `!${hash}`);
  else if (options.has('u')) cells.set(COLUMN.hash, hash.replace(/^!/, ''));
  if (options.has('e')) cells.set(COLUMN.changed, '0');
  for (const [letter, column] of [
    ['n', COLUMN.mindays],
    ['x', COLUMN.maxdays],
    ['w', COLUMN.warndays],
    ['i', COLUMN.inactive],
  ] as const) {
    const days = options.value(letter);
    if (days !== undefined) cells.set(column, days === '-1' ? '' : days);
  }
  return cells;
}

/** `alice P 2026-03-02 0 99999 7 -1`: state of the password, day of its last change, ages. */
function statusLine(name: string, hash: string, row: Row): string {
  const state = hash === '' ? 'NP' : /^[!*]/.test(hash) ? 'L' : 'P';
  const day = strftime('%Y-%m-%d', Number(row[2] ?? '0') * 86_400e6);
  const ages = [3, 4, 5, 6].map((column) => ((row[column] ?? '') === '' ? '-1' : (row[column] ?? '')));
  return [name, state, day, ...ages].join(' ');
}
