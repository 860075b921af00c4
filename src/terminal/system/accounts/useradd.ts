/**
 * useradd (shadow 4.13): adds an account to the files under /etc and makes its home directory.
 * Leaves out: chroots and prefixes (-R, -P), SELinux users, btrfs subvolumes, bad names, mail spools.
 */
import { failed } from '../../../protocol/errno.ts';
import { groupIdOf } from '../../accounts.ts';
import { command, type Invocation } from '../../coreutils/command.ts';
import { putRow, readRows, setMemberships, today } from './account-files.ts';
import { copySkeleton, makeParents } from './home-directory.ts';
import {
  expiryDay,
  isField,
  isValidName,
  listOf,
  loginDefs,
  nextId,
  notPermitted,
  parseId,
  remarkOnShell,
  unknownGroups,
  usageFault,
} from './shadow-tools.ts';
import { addRanges } from './subordinate-ids.ts';
import { readDefaults, writeDefaults } from './useradd-defaults.ts';

export const useradd = command(
  {
    name: 'useradd',
    calls: 'short',
    // No database of last logins is kept that -l could leave a user out of.
    short: 'b:c:d:De:f:Fg:G:hk:K:lmMNop:P:rR:s:u:UZ:',
    long: {
      badname: 'badname',
      'base-dir': 'b',
      'btrfs-subvolume-home': 'btrfs-subvolume-home',
      comment: 'c',
      'home-dir': 'd',
      defaults: 'D',
      expiredate: 'e',
      inactive: 'f',
      'add-subids-for-system': 'F',
      gid: 'g',
      groups: 'G',
      skel: 'k',
      key: 'K',
      'no-log-init': 'l',
      'create-home': 'm',
      'no-create-home': 'M',
      'no-user-group': 'N',
      'non-unique': 'o',
      password: 'p',
      prefix: 'P',
      root: 'R',
      system: 'r',
      shell: 's',
      uid: 'u',
      'user-group': 'U',
      'selinux-user': 'Z',
    },
    absent: [...'PRZ', 'badname', 'btrfs-subvolume-home'],
    helpOption: '-h',
    usage: '[options] LOGIN',
    hint: (name) => `Usage: ${name} [options] LOGIN`,
    usageStatus: 2,
  },
  async (call) => {
    const { io, options, process, operands } = call;
    const wrong = await optionFault(call);
    if (wrong !== undefined) return wrong;
    const items = loginDefs(process, options.values('K'));
    if (typeof items === 'string') {
      await io.raw(`configuration error - unknown item '${items}' (notify administrator)\n`);
      return 3;
    }
    if (options.has('D')) {
      if (operands.length > 0) return await usageFault(call);
      const changes = options.order.some(([letter]) => 'befgs'.includes(letter));
      if (changes) return await writeDefaults(call);
      for (const [name, value] of Object.entries(readDefaults(process))) io.line(`${name}=${value}`);
      return await io.end(0);
    }
    const [name = ''] = operands;
    if (operands.length !== 1) return await usageFault(call);
    const refused = await refusalOf(call, name);
    return refused ?? (await addUser(call, name, items));
  },
);

/** Options in the order in which they come, then those that do not go together. */
async function optionFault(call: Invocation): Promise<number | undefined> {
  const { io, options } = call;
  for (const [letter, value] of options.order) {
    if (letter === 'b' && (!isField(value) || !value.startsWith('/')))
      return await fault(call, `invalid base directory '${value}'`);
    if (letter === 'c' && !isField(value)) return await fault(call, `invalid comment '${value}'`);
    if (letter === 'd' && (!isField(value) || !value.startsWith('/')))
      return await fault(call, `invalid home directory '${value}'`);
    if (letter === 'e') {
      const day = await expiryDay(call, value);
      if (typeof day === 'number') return day;
    }
    if (letter === 'f' && !/^(?:-1|\d+)$/.test(value)) return await fault(call, `invalid numeric argument '${value}'`);
    if ((letter === 'g' || letter === 'G') && (await unknownGroups(call, letter === 'g' ? [value] : listOf(value))))
      return 6;
    if (letter === 's') {
      if (!isField(value) || !/^(?:[/*]|$)/.test(value)) return await fault(call, `invalid shell '${value}'`);
      await remarkOnShell(call, value);
    }
    if (letter === 'u' && parseId(value) === undefined) return await fault(call, `invalid user ID '${value}'`);
  }
  const only = (letter: string, other: string): string | undefined =>
    options.has(letter) && !options.has(other) ? `-${letter} flag is only allowed with the -${other} flag` : undefined;
  const conflict = (one: string, other: string): string | undefined =>
    options.has(one) && options.has(other) ? `options -${one} and -${other} conflict` : undefined;
  const problem = only('o', 'u') ?? only('k', 'm') ?? conflict('U', 'g') ?? conflict('U', 'N') ?? conflict('m', 'M');
  return problem === undefined ? undefined : await usageFault({ io, usage: call.usage }, problem);
}

async function fault({ io }: Invocation, text: string): Promise<3> {
  await io.warn(text);
  return 3;
}

/** Why there is no room for an account of that name. */
async function refusalOf(call: Invocation, name: string): Promise<number | undefined> {
  const { io, options, process } = call;
  const stopped = await notPermitted(call, '/etc/passwd');
  if (stopped !== undefined) return stopped;
  if (!isValidName(name)) return await fault(call, `invalid user name '${name}': use --badname to ignore`);
  const users = readRows(process, '/etc/passwd');
  if (users.some((row) => row[0] === name)) {
    await io.warn(`user '${name}' already exists`);
    return 9;
  }
  if (hasOwnGroup(call) && readRows(process, '/etc/group').some((row) => row[0] === name)) {
    await io.warn(`group ${name} exists - if you want to add this user to that group, use -g.`);
    return 9;
  }
  const uid = options.value('u');
  if (uid !== undefined && !options.has('o') && users.some((row) => Number(row[2]) === Number(uid))) {
    await io.warn(`UID ${uid} is not unique`);
    return 4;
  }
  return undefined;
}

const hasOwnGroup = ({ options, process }: Invocation): boolean => {
  if (options.has('U')) return true;
  const items = loginDefs(process);
  const wanted = typeof items === 'string' || items.get('USERGROUPS_ENAB') !== 'no';
  return wanted && !options.has('g') && !options.has('N');
};

/** Writes the rows of a new user, and of a group of its own, and makes the home directory. */
async function addUser(call: Invocation, name: string, items: ReadonlyMap<string, string>): Promise<number> {
  const { io, options, process } = call;
  const system = options.has('r');
  const own = hasOwnGroup(call);
  const defaults = readDefaults(process);
  const uid = Number(options.value('u') ?? nextId(process, 'UID', system, items) ?? -1);
  const groups = readRows(process, '/etc/group');
  const free = groups.some((row) => Number(row[2]) === uid) ? nextId(process, 'GID', system, items) : uid;
  const gid = own ? (free ?? -1) : (groupIdOf(process, options.value('g') ?? defaults.GROUP) ?? 100);
  if (uid < 0 || gid < 0) {
    await io.warn(`Can't get unique ${uid < 0 ? 'UID' : 'GID'} (no more available ${uid < 0 ? 'UID' : 'GID'}s)`);
    await io.warn(uid < 0 ? "can't create user" : "can't create group");
    return 4;
  }
  const home = options.value('d') ?? `${options.value('b') ?? defaults.HOME}/${name}`;
  const shell = options.value('s') ?? defaults.SHELL;
  putRow(process, '/etc/passwd', name, [name, 'x', String(uid), String(gid), options.value('c') ?? '', home, shell]);
  const expires = await expiryDay(call, options.value('e') ?? defaults.EXPIRE);
  const inactive = options.value('f') ?? defaults.INACTIVE;
  const ages = ['PASS_MIN_DAYS', 'PASS_MAX_DAYS', 'PASS_WARN_AGE'].map((item) =>
    system ? '' : (items.get(item) ?? ''),
  );
  putRow(process, '/etc/shadow', name, [
    name,
    options.value('p') ?? '!',
    today(process),
    ...ages,
    inactive === '-1' ? '' : inactive,
    typeof expires === 'string' ? expires : '',
    '',
  ]);
  if (own) {
    putRow(process, '/etc/group', name, [name, 'x', String(gid), '']);
    putRow(process, '/etc/gshadow', name, [name, '!', '', '']);
  }
  setMemberships(process, name, listOf(options.value('G')), true);
  if (!system || options.has('F')) addRanges(process, name, items);
  const makes = options.has('m') || (items.get('CREATE_HOME') === 'yes' && !system);
  return makes && !options.has('M') ? await makeHome(call, home, uid, gid, items) : 0;
}

async function makeHome(
  { io, options, process }: Invocation,
  home: string,
  uid: number,
  gid: number,
  items: ReadonlyMap<string, string>,
): Promise<number> {
  if (!failed(process.lstat(home))) {
    await io.warn(`warning: the home directory ${home} already exists.`);
    await io.warn('Not copying any file from skel directory into it.');
    return 0;
  }
  makeParents(process, home);
  const mask = parseInt(items.get('UMASK') ?? '022', 8);
  const mode = options.values('K').some((item) => item.startsWith('UMASK=')) ? undefined : items.get('HOME_MODE');
  const made = process.mkdir(home, 0o700);
  if (failed(made)) {
    await io.warn(`cannot create directory ${home}`);
    return 12;
  }
  process.chmod(home, mode === undefined ? 0o777 & ~mask : parseInt(mode, 8));
  process.chown(home, uid, gid);
  copySkeleton(process, options.value('k') ?? readDefaults(process).SKEL, home, uid, gid);
  return 0;
}
