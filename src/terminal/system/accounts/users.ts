/** useradd, userdel, usermod, groupadd, groupdel (shadow 4.13): change the files under /etc. */
import { failed, type Result } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { accountOf, groupIdOf, groupNameOf } from '../../accounts.ts';
import type { Invocation } from '../../coreutils/command.ts';
import { command } from '../../coreutils/command.ts';
import { runAndWait } from '../../run-child.ts';
import { freeId, putRow, readRows, setMemberships, today } from './account-files.ts';

/** Where the tables cannot be locked, shadow's tools stop with status 1 (10 for groups). */
async function notPermitted({ io, process }: Invocation, file: string): Promise<number | undefined> {
  if (process.credentials().uid === 0) return undefined;
  await io.warn('Permission denied.');
  await io.warn(`cannot lock ${file}; try again later.`);
  return file === '/etc/group' ? 10 : 1;
}

const VALID_NAME = /^[a-z_][a-z0-9_.-]*\$?$/;
const listOf = (text: string | undefined): readonly string[] => (text ?? '').split(',').filter((each) => each !== '');

async function unknownGroup({ io, process }: Invocation, names: readonly string[]): Promise<boolean> {
  for (const name of names) {
    if (
      groupIdOf(process, name) !== undefined &&
      readRows(process, '/etc/group').some((row) => row[0] === name || row[2] === name)
    )
      continue;
    await io.warn(`group '${name}' does not exist`);
    return true;
  }
  return false;
}

export const useradd = command(
  {
    name: 'useradd',
    short: 'mMrs:d:u:g:G:c:p:NUb:e:k:lDoK:f:R:',
    long: {
      'create-home': 'm',
      'no-create-home': 'M',
      system: 'r',
      shell: 's',
      'home-dir': 'd',
      uid: 'u',
      gid: 'g',
      groups: 'G',
      comment: 'c',
      password: 'p',
      'no-user-group': 'N',
      'user-group': 'U',
      skel: 'k:',
      'base-dir': 'b:',
      expiredate: 'e:',
      inactive: 'f:',
      key: 'K:',
      root: 'R:',
    },
    absent: [...'bekKfRl'],
    usage: '[options] LOGIN',
    usageStatus: 2,
  },
  async (call) => {
    const { io, options, process } = call;
    const [name] = call.operands;
    if (options.has('D')) {
      await io.raw("drydock: 'useradd -D' is not simulated\n");
      return 1;
    }
    if (name === undefined) {
      await io.raw('Usage: useradd [options] LOGIN\n');
      return 2;
    }
    const stopped = await notPermitted(call, '/etc/passwd');
    if (stopped !== undefined) return stopped;
    if (!VALID_NAME.test(name)) {
      await io.warn(`invalid user name '${name}': use --badname to ignore`);
      return 3;
    }
    if (readRows(process, '/etc/passwd').some((row) => row[0] === name)) {
      await io.warn(`user '${name}' already exists`);
      return 9;
    }
    if (
      await unknownGroup(call, [...listOf(options.value('G')), ...(options.has('g') ? [options.value('g') ?? ''] : [])])
    )
      return 6;
    const wantedUid = options.value('u');
    if (
      wantedUid !== undefined &&
      !options.has('o') &&
      readRows(process, '/etc/passwd').some((row) => row[2] === wantedUid)
    ) {
      await io.warn(`UID ${wantedUid} is not unique`);
      return 4;
    }
    const own = !options.has('g') && !options.has('N');
    if (own && readRows(process, '/etc/group').some((row) => row[0] === name)) {
      await io.warn(`group ${name} exists - if you want to add this user to that group, use -g.`);
      return 9;
    }
    const uid = wantedUid === undefined ? freeId(process, '/etc/passwd', options.has('r')) : Number(wantedUid);
    addUser(call, name, uid, own);
    return 0;
  },
);

/** Writes the rows of a new user, and of a group of its own, and makes the home directory. */
function addUser({ options, process }: Invocation, name: string, uid: number, own: boolean): void {
  const gid = options.has('g')
    ? (groupIdOf(process, options.value('g') ?? '') ?? 100)
    : own
      ? groupNameOf(process, uid) === undefined
        ? uid
        : freeId(process, '/etc/group', options.has('r'))
      : 100;
  const home = options.value('d') ?? `/home/${name}`;
  putRow(process, '/etc/passwd', name, [
    name,
    'x',
    String(uid),
    String(gid),
    options.value('c') ?? '',
    home,
    options.value('s') ?? '/bin/sh',
  ]);
  putRow(process, '/etc/shadow', name, [
    name,
    options.value('p') ?? '!',
    today(process),
    ...(options.has('r') ? ['', '', ''] : ['0', '99999', '7']),
    '',
    '',
    '',
  ]);
  if (own) {
    putRow(process, '/etc/group', name, [name, 'x', String(gid), '']);
    putRow(process, '/etc/gshadow', name, [name, '!', '', '']);
  }
  setMemberships(process, name, listOf(options.value('G')), true);
  if (options.has('m') && !options.has('M')) makeHome(process, home, uid, gid);
}

function makeHome(process: Process, home: string, uid: number, gid: number): void {
  if (failed(process.mkdir(home, 0o750))) return;
  const files = process.readdir('/etc/skel');
  for (const { name, type } of failed(files) ? [] : files) {
    const bytes = type === 'file' ? process.readFile(`/etc/skel/${name}`) : ({ errno: 'EISDIR' } as const);
    if (failed(bytes)) continue;
    process.writeFile(`${home}/${name}`, bytes);
    process.chown(`${home}/${name}`, uid, gid);
  }
  process.chown(home, uid, gid);
}

export const userdel = command(
  {
    name: 'userdel',
    short: 'rfZ',
    long: { remove: 'r', force: 'f' },
    absent: ['Z'],
    usage: '[options] LOGIN',
    usageStatus: 2,
  },
  async (call) => {
    const { io, options, process } = call;
    const name = call.operands[0] ?? '';
    const stopped = await notPermitted(call, '/etc/passwd');
    if (stopped !== undefined) return stopped;
    const account = accountOf(process, name);
    if (account?.name !== name) {
      await io.warn(`user '${name}' does not exist`);
      return 6;
    }
    const running = pidOf(process, account.uid);
    if (running !== undefined && !options.has('f')) {
      await io.warn(`user ${name} is currently used by process ${running}`);
      return 8;
    }
    for (const file of ['/etc/passwd', '/etc/shadow'] as const) putRow(process, file, name, undefined);
    setMemberships(process, name, [], false);
    const group = readRows(process, '/etc/group').find((row) => row[0] === name);
    if (
      group !== undefined &&
      (group[3] ?? '') === '' &&
      !readRows(process, '/etc/passwd').some((row) => row[3] === group[2])
    )
      for (const file of ['/etc/group', '/etc/gshadow'] as const) putRow(process, file, name, undefined);
    if (!options.has('r')) return 0;
    await io.warn(`${name} mail spool (/var/mail/${name}) not found`);
    if (failed(process.stat(account.home))) {
      await io.warn(`${name} home directory (${account.home}) not found`);
      return 12;
    }
    await runAndWait(process, ['rm', '-rf', account.home]);
    return 0;
  },
);

function pidOf(process: Process, uid: number): string | undefined {
  const entries = process.readdir('/proc');
  if (failed(entries)) return undefined;
  return entries.find(({ name }) => {
    const stat = /^\d+$/.test(name) ? process.stat(`/proc/${name}`) : undefined;
    return stat !== undefined && !failed(stat) && stat.uid === uid && name !== String(process.pid);
  })?.name;
}

export const usermod = command(
  {
    name: 'usermod',
    short: 'aG:g:s:d:mu:l:c:LUp:e:orf:',
    long: {
      append: 'a',
      groups: 'G',
      gid: 'g',
      shell: 's',
      home: 'd',
      'move-home': 'm',
      uid: 'u',
      login: 'l',
      comment: 'c',
      lock: 'L',
      unlock: 'U',
      password: 'p',
      remove: 'r',
      expiredate: 'e',
      inactive: 'f',
    },
    absent: [...'ef'],
    usage: '[options] LOGIN',
    usageStatus: 2,
  },
  async (call) => {
    const { io, options, process } = call;
    const name = call.operands[0] ?? '';
    if (name === '' || options.order.length === 0) {
      await io.raw('Usage: usermod [options] LOGIN\n');
      return 2;
    }
    const stopped = await notPermitted(call, '/etc/passwd');
    if (stopped !== undefined) return stopped;
    const row = readRows(process, '/etc/passwd').find((each) => each[0] === name);
    if (row === undefined) {
      await io.warn(`user '${name}' does not exist`);
      return 6;
    }
    if (
      await unknownGroup(call, [...listOf(options.value('G')), ...(options.has('g') ? [options.value('g') ?? ''] : [])])
    )
      return 6;
    if (options.has('m') || options.has('l')) {
      await io.raw(`drydock: 'usermod -${options.has('m') ? 'm' : 'l'}' is not simulated\n`);
      return 1;
    }
    changeMemberships(call, name);
    changeRows(call, name, row);
    return 0;
  },
);

function changeMemberships({ options, process }: Invocation, name: string): void {
  if (!options.has('G')) return;
  const groups = listOf(options.value('G'));
  if (!options.has('r')) {
    setMemberships(process, name, groups, options.has('a'));
    return;
  }
  const kept = readRows(process, '/etc/group')
    .filter(([group = '', , , members = '']) => members.split(',').includes(name) && !groups.includes(group))
    .map(([group = '']) => group);
  setMemberships(process, name, kept, false);
}

/** Puts what the options say into a user's rows of passwd and shadow. */
function changeRows({ options, process }: Invocation, name: string, row: readonly string[]): void {
  const at: Readonly<Record<number, string | undefined>> = {
    2: options.value('u'),
    3: options.has('g') ? String(groupIdOf(process, options.value('g') ?? '') ?? '') : undefined,
    4: options.value('c'),
    5: options.value('d'),
    6: options.value('s'),
  };
  putRow(
    process,
    '/etc/passwd',
    name,
    row.map((cell, column) => at[column] ?? cell),
  );
  const fresh = [name, '!', today(process), '0', '99999', '7', '', '', ''];
  const shadow = readRows(process, '/etc/shadow').find((each) => each[0] === name) ?? fresh;
  const hash = shadow[1] ?? '';
  const locked = options.has('L') && !hash.startsWith('!') ? `!${hash}` : hash;
  const next = options.value('p') ?? (options.has('U') && locked === hash ? hash.replace(/^!/, '') : locked);
  if (next === hash) return;
  putRow(
    process,
    '/etc/shadow',
    name,
    shadow.map((cell, column) => (column === 1 ? next : cell)),
  );
}

export const groupadd = command(
  {
    name: 'groupadd',
    short: 'g:rfo',
    long: { gid: 'g', system: 'r', force: 'f' },
    usage: '[options] GROUP',
    usageStatus: 2,
  },
  async (call) => {
    const { io, options, process } = call;
    const name = call.operands[0] ?? '';
    const stopped = await notPermitted(call, '/etc/group');
    if (stopped !== undefined) return stopped;
    const groups = readRows(process, '/etc/group');
    if (groups.some((row) => row[0] === name)) {
      if (options.has('f')) return 0;
      await io.warn(`group '${name}' already exists`);
      return 9;
    }
    if (!VALID_NAME.test(name)) {
      await io.warn(`'${name}' is not a valid group name`);
      return 3;
    }
    const wanted = options.value('g');
    if (wanted !== undefined && groups.some((row) => row[2] === wanted)) {
      await io.warn(`GID '${wanted}' already exists`);
      return 4;
    }
    const gid = wanted ?? String(freeId(process, '/etc/group', options.has('r')));
    const done: Result<void> = putRow(process, '/etc/group', name, [name, 'x', gid, '']);
    if (!failed(done)) putRow(process, '/etc/gshadow', name, [name, '!', '', '']);
    return failed(done) ? 10 : 0;
  },
);

export const groupdel = command(
  { name: 'groupdel', short: 'f', long: { force: 'f' }, usage: '[options] GROUP', usageStatus: 2 },
  async (call) => {
    const { io, process } = call;
    const name = call.operands[0] ?? '';
    const stopped = await notPermitted(call, '/etc/group');
    if (stopped !== undefined) return stopped;
    const row = readRows(process, '/etc/group').find((each) => each[0] === name);
    if (row === undefined) {
      await io.warn(`group '${name}' does not exist`);
      return 6;
    }
    const primary = readRows(process, '/etc/passwd').find((each) => each[3] === row[2]);
    if (primary !== undefined) {
      await io.warn(`cannot remove the primary group of user '${primary[0] ?? ''}'`);
      return 8;
    }
    for (const file of ['/etc/group', '/etc/gshadow'] as const) putRow(process, file, name, undefined);
    return 0;
  },
);
