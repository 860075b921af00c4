/** passwd and chpasswd (shadow 4.13); hashes are SHA-512 crypt. */
import { accountOf } from '../../accounts.ts';
import type { Process } from '../../../protocol/program.ts';
import { command, type Invocation, type Options } from '../../coreutils/command.ts';
import { notSimulated } from '../plain-program.ts';
import { notPermitted, usageFault } from './shadow-tools.ts';
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
const hashOf = (process: Process, password: string, rounds?: number): string =>
  sha512Crypt(password, saltFrom(process.random(16)), rounds);

const METHODS = ['NONE', 'DES', 'MD5', 'SHA256', 'SHA512', 'YESCRYPT'];

export const chpasswd = command(
  {
    name: 'chpasswd',
    calls: 'short',
    short: 'c:ehmR:s:',
    long: { encrypted: 'e', 'crypt-method': 'c', md5: 'm', root: 'R', 'sha-rounds': 's' },
    absent: [...'mR'],
    helpOption: '-h',
    usage: '[options]',
    hint: (name) => `Usage: ${name} [options]`,
    usageStatus: 2,
  },
  async (call) => {
    const { io, options, process } = call;
    const [method, rounds] = [options.value('c'), options.value('s')];
    if (rounds !== undefined && method === undefined)
      return await usageFault(call, '-s flag is only allowed with the -c flag');
    if (method !== undefined && options.has('e'))
      return await usageFault(call, 'the -c, -e, and -m flags are exclusive');
    if (method !== undefined && !METHODS.includes(method))
      return await usageFault(call, `unsupported crypt method: ${method}`);
    if (rounds !== undefined && !/^\d+$/.test(rounds))
      return await usageFault(call, `invalid numeric argument '${rounds}'`);
    if (method !== undefined && method !== 'SHA512') return await notSimulated(io, `chpasswd -c ${method}`);
    const stopped = await notPermitted(call, '/etc/passwd');
    if (stopped !== undefined) return stopped;
    // Without -e and -c it is PAM that changes passwords, one by one; with them all lines are written, or none.
    const byPam = !options.has('e') && method === undefined;
    const hash = (password: string): string =>
      options.has('e') ? password : hashOf(process, password, rounds === undefined ? undefined : Number(rounds));
    const changes: (() => void)[] = [];
    let faults = 0;
    const reader = new LineReader(process, 0);
    let number = 0;
    for (let line = await reader.next(); line !== undefined; line = await reader.next()) {
      number += 1;
      const [user = '', ...rest] = bytesToText(line).split(':');
      if (rest.length > 0 && accountOf(process, user)?.name === user) {
        const change = (): void => store(process, user, hash(rest.join(':')));
        if (byPam) change();
        else changes.push(change);
        continue;
      }
      faults += 1;
      if (rest.length === 0) await io.warn(`line ${String(number)}: missing new password`);
      else if (!byPam) await io.warn(`line ${String(number)}: user '${user}' does not exist`);
      else {
        await io.warn(`(user ${user}) pam_chauthtok() failed, error:\nAuthentication token manipulation error`);
        await io.warn(`(line ${String(number)}, user ${user}) password not changed`);
      }
    }
    if (faults > 0 && !byPam) await io.warn('error detected, changes ignored');
    else for (const change of changes) change();
    return faults > 0 ? 1 : 0;
  },
);

export const passwd = command(
  {
    name: 'passwd',
    calls: 'short',
    short: 'adehi:kln:P:qr:R:suSw:x:',
    absent: [...'krRsP'],
    helpOption: '-h',
    hint: (name) => `Usage: ${name} [options] [LOGIN]`,
    usageStatus: 6,
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
      'keep-tokens': 'k',
      repository: 'r',
      root: 'R',
      prefix: 'P',
      stdin: 's',
    },
    usage: '[options] [LOGIN]',
  },
  async (call) => {
    const { io, options, process } = call;
    const number = [...'inwx'].flatMap((letter) => options.values(letter)).find((text) => !/^(?:-1|\d+)$/.test(text));
    if (number !== undefined) {
      await usageFault(call, `invalid numeric argument '${number}'`);
      return 6;
    }
    if (call.operands.length > 1) return await usageFault(call);
    if (options.has('a') && (!options.has('S') || call.operands.length > 0)) return await usageFault(call);
    const changes = [...'deilnuwx'].some((letter) => options.has(letter));
    if (changes && (options.has('S') || call.operands.length === 0)) return await usageFault(call);
    const caller = invokingAccount(process);
    if (caller === undefined) {
      await io.warn('Cannot determine your user name.');
      return 1;
    }
    if (options.has('a') && caller.uid === 0) {
      for (const [each = ''] of readRows(process, '/etc/passwd')) io.line(statusOf(process, each));
      return await io.end(0);
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
      io.line(statusOf(process, name));
      return await io.end(0);
    }
    const cells = changesOf(options, hash);
    if (cells.size > 0) {
      if (options.has('u') && !options.has('d') && hash === '!') {
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
    const first = await askNewPassword(call);
    if (first === undefined) return 10;
    store(process, name, hashOf(process, first));
    await io.raw('passwd: password updated successfully\n');
    return 0;
  },
);

/** Three tries, as pam_unix has them; undefined where the password stays as it is. */
async function askNewPassword({ io, process }: Invocation): Promise<string | undefined> {
  for (let tries = 0; tries < 3; tries += 1) {
    const first = await askPassword(process, 'New password: ');
    const second = first === undefined ? undefined : await askPassword(process, 'Retype new password: ');
    if (first !== undefined && first !== '' && first === second) return first;
    if (first !== undefined && second === first) {
      await io.raw('No password has been supplied.\n');
      continue;
    }
    await io.raw(second === undefined ? 'Password change has been aborted.\n' : 'Sorry, passwords do not match.\n');
    await io.raw('passwd: Authentication token manipulation error\npasswd: password unchanged\n');
    return undefined;
  }
  await io.raw('passwd: Have exhausted maximum number of retries for service\npasswd: password unchanged\n');
  return undefined;
}

/** What -d, -l, -u, -e and the ages make of an account's row; none of them counts as a change of the password. */
function changesOf(options: Options, hash: string): ReadonlyMap<number, string> {
  const cells = new Map<number, string>();
  if ([...'dlu'].some((letter) => options.has(letter))) {
    const emptied = options.has('d') ? '' : hash;
    const open = options.has('u') ? emptied.replace(/^!/, '') : emptied;
    cells.set(COLUMN.hash, options.has('l') && !open.startsWith('!') ? `!${open}` : open);
  }
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

const statusOf = (process: Process, name: string): string =>
  statusLine(
    name,
    shadowHash(process, name) ?? '!',
    readRows(process, '/etc/shadow').find((row) => row[0] === name) ?? [],
  );

/** `alice P 2026-03-02 0 99999 7 -1`: state of the password, day of its last change, ages. */
function statusLine(name: string, hash: string, row: Row): string {
  const state = hash === '' ? 'NP' : /^[!*]/.test(hash) ? 'L' : 'P';
  const day = strftime('%Y-%m-%d', Number(row[2] ?? '0') * 86_400e6);
  const ages = [3, 4, 5, 6].map((column) => ((row[column] ?? '') === '' ? '-1' : (row[column] ?? '')));
  return [name, state, day, ...ages].join(' ');
}
