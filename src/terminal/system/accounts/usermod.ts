/** usermod (shadow 4.13). Leaves out: chroots and prefixes (-R, -P), SELinux users, bad names. */
import { failed } from '../../../protocol/errno.ts';
import { groupIdOf } from '../../accounts.ts';
import { command, type Invocation } from '../../coreutils/command.ts';
import { runAndWait } from '../../run-child.ts';
import { putRow, readRows, setMemberships, today, writeRows, type Row } from './account-files.ts';
import { giveAway, makeParents } from './home-directory.ts';
import {
  expiryDay,
  isField,
  isValidName,
  listOf,
  notPermitted,
  parseId,
  remarkOnShell,
  unknownGroups,
  usageFault,
  userRow,
} from './shadow-tools.ts';
import { changeRange, renameRanges } from './subordinate-ids.ts';
import { busyWith } from './userdel.ts';

export const usermod = command(
  {
    name: 'usermod',
    calls: 'short',
    short: 'abc:d:e:f:g:G:hl:Lmop:P:rR:s:u:Uv:V:w:W:Z:',
    long: {
      append: 'a',
      badname: 'b',
      comment: 'c',
      home: 'd',
      expiredate: 'e',
      inactive: 'f',
      gid: 'g',
      groups: 'G',
      login: 'l',
      lock: 'L',
      'move-home': 'm',
      'non-unique': 'o',
      password: 'p',
      prefix: 'P',
      remove: 'r',
      root: 'R',
      shell: 's',
      uid: 'u',
      unlock: 'U',
      'add-subuids': 'v',
      'del-subuids': 'V',
      'add-subgids': 'w',
      'del-subgids': 'W',
      'selinux-user': 'Z',
    },
    absent: [...'bPRZ'],
    helpOption: '-h',
    usage: '[options] LOGIN',
    hint: (name) => `Usage: ${name} [options] LOGIN`,
    usageStatus: 2,
  },
  async (call) => {
    const { io, options, process, operands } = call;
    const wrong = await optionFault(call);
    if (wrong !== undefined) return wrong;
    const [name = ''] = operands;
    if (operands.length !== 1) return await usageFault(call);
    const row = userRow(process, name);
    if (row?.[0] !== name) {
      await io.warn(`user '${name}' does not exist`);
      return 6;
    }
    const stopped = (await combinationFault(call)) ?? (await notPermitted(call, '/etc/passwd'));
    if (stopped !== undefined) return stopped;
    const next = nextRow(call, row);
    const other = [...'aefGLopUvVwW'].some((letter) => options.has(letter));
    if (!other && next.every((cell, at) => cell === row[at])) {
      io.line('usermod: no changes');
      return await io.end(0);
    }
    const refused = await refusalOf(call, row, next);
    if (refused !== undefined) return refused;
    return await change(call, row, next);
  },
);

async function optionFault(call: Invocation): Promise<number | undefined> {
  const { io, options } = call;
  const fault = async (text: string, status = 3): Promise<number> => {
    await io.warn(text);
    return status;
  };
  for (const [letter, value] of options.order) {
    if (letter === 'c' && !isField(value)) return await fault(`invalid field '${value}'`);
    if (letter === 'd' && !isField(value)) return await fault(`invalid field '${value}'`);
    if (letter === 'd' && !value.startsWith('/')) return await fault('homedir must be an absolute path');
    if (letter === 'e') {
      const day = await expiryDay(call, value);
      if (typeof day === 'number') return day;
    }
    if (letter === 'f' && !/^(?:-1|\d+)$/.test(value)) return await fault(`invalid numeric argument '${value}'`);
    if ((letter === 'g' || letter === 'G') && (await unknownGroups(call, letter === 'g' ? [value] : listOf(value))))
      return 6;
    if (letter === 'l' && !isValidName(value))
      return await fault(`invalid user name '${value}': use --badname to ignore`);
    if (letter === 's') {
      if (!isField(value) || !/^(?:[/*]|$)/.test(value)) return await fault(`invalid shell '${value}'`);
      await remarkOnShell(call, value);
    }
    if (letter === 'u' && parseId(value) === undefined) return await fault(`invalid user ID '${value}'`);
    if ('vVwW'.includes(letter) && !/^\d+-\d+$/.test(value)) {
      const kind = letter.toLowerCase() === 'v' ? 'uid' : 'gid';
      return await fault(`invalid subordinate ${kind} range '${value}'`);
    }
  }
  return undefined;
}

async function combinationFault(call: Invocation): Promise<number | undefined> {
  const { options } = call;
  if (options.order.length === 0) return await usageFault(call, 'no options');
  if (options.has('a') && !options.has('G')) return await usageFault(call, '-a flag is only allowed with the -G flag');
  if (options.has('r') && !options.has('G')) return await usageFault(call, '-r flag is only allowed with the -G flag');
  if (options.has('a') && options.has('r')) return await usageFault(call, '-a and -r flags are exclusive');
  if ([...'LpU'].filter((letter) => options.has(letter)).length > 1)
    return await usageFault(call, 'the -L, -p, and -U flags are exclusive');
  if (options.has('o') && !options.has('u')) return await usageFault(call, '-o flag is only allowed with the -u flag');
  if (options.has('m') && !options.has('d')) return await usageFault(call, '-m flag is only allowed with the -d flag');
  return undefined;
}

/** The user's line of /etc/passwd as the options make it. */
function nextRow({ options, process }: Invocation, row: Row): Row {
  const gid = options.value('g');
  const at: Readonly<Record<number, string | undefined>> = {
    0: options.value('l'),
    2: options.has('u') ? String(Number(options.value('u'))) : undefined,
    3: gid === undefined ? undefined : String(groupIdOf(process, gid) ?? ''),
    4: options.value('c'),
    5: options.value('d'),
    6: options.value('s'),
  };
  return row.map((cell, column) => at[column] ?? cell);
}

async function refusalOf({ io, options, process }: Invocation, row: Row, next: Row): Promise<number | undefined> {
  const [name = '', , uid = ''] = row;
  if (next[0] !== name && userRow(process, next[0] ?? '') !== undefined) {
    await io.warn(`user '${next[0] ?? ''}' already exists`);
    return 9;
  }
  const taken = readRows(process, '/etc/passwd').some((each) => each[2] === next[2]);
  if (next[2] !== uid && !options.has('o') && taken) {
    await io.warn(`UID '${next[2] ?? ''}' already exists`);
    return 4;
  }
  const busy = [0, 2, 5].some((at) => next[at] !== row[at]) ? busyWith(process, Number(uid)) : undefined;
  if (busy === undefined) return undefined;
  await io.warn(`user ${name} is currently used by process ${busy}`);
  return 8;
}

async function change(call: Invocation, row: Row, next: Row): Promise<number> {
  const { options, process } = call;
  const [name = ''] = row;
  const [login = '', , uid = '', gid = '', , home = ''] = next;
  changeMemberships(call, name);
  const shadow = await nextShadow(call, name);
  const write = (file: '/etc/passwd' | '/etc/shadow', to: Row): void => {
    const rows = readRows(process, file);
    if (rows.some((each) => each[0] === name))
      writeRows(
        process,
        file,
        rows.map((each) => (each[0] === name ? to : each)),
      );
    else putRow(process, file, login, to);
  };
  write('/etc/passwd', next);
  write('/etc/shadow', [login, ...shadow.slice(1)]);
  if (login !== name) renameMember(call, name, login);
  for (const [letter, value] of options.order.filter(([each]) => 'vVwW'.includes(each))) {
    const [first = 0, last = 0] = value.split('-').map(Number);
    const file = letter.toLowerCase() === 'v' ? '/etc/subuid' : '/etc/subgid';
    changeRange(process, file, login, [first, last], letter === letter.toLowerCase());
  }
  const old = row[5] ?? '';
  if (options.has('m') && home !== old) {
    const status = await moveHome(call, old, home);
    if (status !== undefined) return status;
  }
  if (uid !== row[2] || gid !== row[3]) {
    const stat = process.stat(home);
    if (!failed(stat) && stat.uid === Number(row[2]))
      giveAway(process, home, [Number(row[2]), Number(uid)], [Number(row[3]), Number(gid)]);
  }
  return 0;
}

function changeMemberships({ options, process }: Invocation, name: string): void {
  if (!options.has('G')) return;
  const groups = listOf(options.value('G')).map(
    (group) => readRows(process, '/etc/group').find((row) => row[0] === group || row[2] === group)?.[0] ?? group,
  );
  if (!options.has('r')) {
    setMemberships(process, name, groups, options.has('a'));
    return;
  }
  const kept = readRows(process, '/etc/group')
    .filter(([group = '', , , members = '']) => members.split(',').includes(name) && !groups.includes(group))
    .map(([group = '']) => group);
  setMemberships(process, name, kept, false);
}

async function nextShadow(call: Invocation, name: string): Promise<Row> {
  const { io, options, process } = call;
  const fresh = [name, '!', today(process), '0', '99999', '7', '', '', ''];
  const row = readRows(process, '/etc/shadow').find((each) => each[0] === name) ?? fresh;
  const hash = row[1] ?? '';
  const password = options.value('p');
  const next = [...row];
  if (password !== undefined) {
    next[1] = password;
    next[2] = today(process);
  } else if (options.has('L') && !hash.startsWith('!')) next[1] = `!${hash}`;
  else if (options.has('U') && hash.startsWith('!')) {
    if (hash.length > 1) next[1] = hash.slice(1);
    else {
      await io.warn("unlocking the user's password would result in a passwordless account.");
      await io.raw("You should set a password with usermod -p to unlock this user's password.\n");
    }
  }
  const expires = options.has('e') ? await expiryDay(call, options.value('e') ?? '') : undefined;
  if (typeof expires === 'string') next[7] = expires;
  const inactive = options.value('f');
  if (inactive !== undefined) next[6] = inactive === '-1' ? '' : inactive;
  return next;
}

/** A new login name stands in the groups, too; the group of the old name keeps its own. */
function renameMember({ process }: Invocation, from: string, to: string): void {
  for (const file of ['/etc/group', '/etc/gshadow'] as const) {
    const rename = (members: string): string =>
      members
        .split(',')
        .map((each) => (each === from ? to : each))
        .join(',');
    const rows = readRows(process, file).map((row) =>
      row.map((cell, at) => (at === 3 || (at === 2 && file === '/etc/gshadow') ? rename(cell) : cell)),
    );
    writeRows(process, file, rows);
  }
  renameRanges(process, from, to);
}

async function moveHome({ io, process }: Invocation, from: string, to: string): Promise<number | undefined> {
  if (!failed(process.lstat(to))) {
    await io.warn(`directory ${to} exists`);
    return 12;
  }
  const stat = process.stat(from);
  if (failed(stat) || stat.type !== 'directory') {
    const why = failed(stat)
      ? `The previous home directory (${from}) does not exist or is inaccessible. Move cannot be completed.`
      : `The previous home directory (${from}) was not a directory. It is not removed and no home directories are created.`;
    await io.warn(why);
    return failed(stat) ? undefined : 12;
  }
  makeParents(process, to);
  if (!failed(process.rename(from, to))) return undefined;
  const moved = await runAndWait(process, ['mv', from, to]);
  if (moved.code === 0) return undefined;
  await io.warn(`cannot rename directory ${from} to ${to}`);
  return 12;
}
