/**
 * adduser, deluser, addgroup and delgroup (busybox loginutils).
 * Models: -h -g -s -G -S -D -H -u, -g and -S of groups, users put into groups and taken out. Leaves out: -k, /etc/skel.
 */
import { failed, strerror } from '../../protocol/errno.ts';
import { accountOf, groupIdOf } from '../accounts.ts';
import { command, usageError, type Invocation } from '../coreutils/command.ts';
import { runAndWait } from '../run-child.ts';
import { putRow, readRows, today, writeRows } from '../system/accounts/account-files.ts';

const FIRST_SYSTEM = 100;
const FIRST_USER = 1_000;
const LAST_ID = 60_000;

const isRoot = async ({ process, io }: Invocation): Promise<boolean> => {
  if (process.credentials().uid === 0) return true;
  await io.warn('permission denied (are you root?)');
  return false;
};

async function refused({ io }: Invocation, message: string): Promise<number> {
  await io.warn(message);
  return 1;
}

const taken = ({ process }: Invocation, file: '/etc/passwd' | '/etc/group', id: number): boolean =>
  readRows(process, file).some((row) => row[2] === String(id));

/** The first number that neither a user nor, where it gets one of its own, a group has. */
function freeId(call: Invocation, system: boolean, files: readonly ('/etc/passwd' | '/etc/group')[]): number {
  let id = system ? FIRST_SYSTEM : FIRST_USER;
  while (id < LAST_ID && files.some((file) => taken(call, file, id))) id += 1;
  return id;
}

export const adduser = command(
  {
    name: 'adduser',
    short: 'h:g:s:G:DSHu:k:',
    absent: ['k'],
    long: {
      home: 'h',
      gecos: 'g',
      shell: 's',
      ingroup: 'G',
      'disabled-password': 'D',
      system: 'S',
      'no-create-home': 'H',
      uid: 'u',
    },
    usage: '[OPTIONS] USER [GROUP]',
  },
  async (call) => {
    const { process, options, operands } = call;
    const [name, group] = operands;
    if (!(await isRoot(call))) return 1;
    if (name === undefined || operands.length > 2) return await usageError(call, '');
    if (group !== undefined && options.order.length === 0) return await join(call, name, group);
    const system = options.has('S');
    if (accountOf(process, name)?.name === name) return await refused(call, `user '${name}' in use`);
    const own = options.value('G') ?? (system ? 'nogroup' : undefined);
    const given = options.value('u');
    if (given !== undefined && taken(call, '/etc/passwd', Number(given)))
      return await refused(call, `uid '${given}' in use`);
    const gid = own === undefined ? undefined : groupIdOf(process, own);
    if (own !== undefined && gid === undefined) return await refused(call, `unknown group ${own}`);
    const files = gid === undefined ? (['/etc/passwd', '/etc/group'] as const) : (['/etc/passwd'] as const);
    const uid = given === undefined ? freeId(call, system, files) : Number(given);
    const home = options.value('h') ?? `/home/${name}`;
    const shell = options.value('s') ?? (system ? '/bin/false' : (accountOf(process, 'root')?.shell ?? '/bin/sh'));
    const gecos = options.value('g') ?? (system ? '' : 'Linux User,,,');
    putRow(process, '/etc/passwd', name, [name, 'x', String(uid), String(gid ?? uid), gecos, home, shell]);
    putRow(process, '/etc/shadow', name, [name, '!', today(process), '0', '99999', '7', '', '', '']);
    if (gid === undefined) putRow(process, '/etc/group', name, [name, 'x', String(uid), '']);
    if (!options.has('H')) {
      const made = process.mkdir(home, 0o755);
      if (failed(made) && made.errno !== 'EEXIST') await call.io.warn(`${home}: ${strerror(made)}`);
      process.chown(home, uid, gid ?? uid);
      process.chmod(home, 0o2755);
    }
    if (options.has('D') || system) return 0;
    const result = await runAndWait(process, ['passwd', name]);
    return result.code;
  },
);

export const addgroup = command(
  { name: 'addgroup', short: 'g:S', long: { gid: 'g', system: 'S' }, usage: '[-g GID] [-S] [USER] GROUP' },
  async (call) => {
    const { process, options, operands } = call;
    if (!(await isRoot(call))) return 1;
    const [name, group] = operands;
    if (name === undefined || operands.length > 2) return await usageError(call, '');
    if (group !== undefined) return await join(call, name, group);
    if (readRows(process, '/etc/group').some((row) => row[0] === name))
      return await refused(call, `group '${name}' in use`);
    const given = options.value('g');
    if (given !== undefined && taken(call, '/etc/group', Number(given)))
      return await refused(call, `gid '${given}' in use`);
    const gid = given ?? String(freeId(call, options.has('S'), ['/etc/group']));
    putRow(process, '/etc/group', name, [name, 'x', gid, '']);
    return 0;
  },
);

async function join(call: Invocation, name: string, group: string): Promise<number> {
  const { process } = call;
  if (accountOf(process, name)?.name !== name) return await refused(call, `unknown user ${name}`);
  const row = readRows(process, '/etc/group').find(([each]) => each === group);
  if (row === undefined) return await refused(call, `unknown group ${group}`);
  const members = (row[3] ?? '').split(',').filter((each) => each !== '');
  if (!members.includes(name)) putRow(process, '/etc/group', group, [...row.slice(0, 3), [...members, name].join(',')]);
  return 0;
}

export const deluser = command(
  { name: 'deluser', short: '', long: { 'remove-home': 'remove-home' }, usage: '[--remove-home] USER' },
  async (call) => {
    const { process, options, operands } = call;
    if (!(await isRoot(call))) return 1;
    const [name, group] = operands;
    if (name === undefined || operands.length > 2) return await usageError(call, '');
    if (group !== undefined) return await leave(call, name, group);
    const account = accountOf(process, name);
    if (account?.name !== name) return await refused(call, `unknown user ${name}`);
    for (const file of ['/etc/passwd', '/etc/shadow'] as const) putRow(process, file, name, undefined);
    writeRows(
      process,
      '/etc/group',
      readRows(process, '/etc/group').flatMap((row) =>
        row[0] === name && row[2] === String(account.gid) ? [] : [without(row, name)],
      ),
    );
    if (options.has('remove-home')) await runAndWait(process, ['rm', '-rf', account.home]);
    return 0;
  },
);

export const delgroup = command({ name: 'delgroup', short: '', usage: '[USER] GROUP' }, async (call) => {
  const { process, operands } = call;
  if (!(await isRoot(call))) return 1;
  const [first, second] = operands;
  if (first === undefined || operands.length > 2) return await usageError(call, '');
  if (second !== undefined) return await leave(call, first, second);
  const row = readRows(process, '/etc/group').find(([each]) => each === first);
  if (row === undefined) return await refused(call, `unknown group ${first}`);
  const owner = readRows(process, '/etc/passwd').find((fields) => fields[3] === row[2]);
  if (owner !== undefined)
    return await refused(call, `'${owner[0] ?? ''}' still has '${first}' as their primary group!`);
  putRow(process, '/etc/group', first, undefined);
  return 0;
});

async function leave(call: Invocation, name: string, group: string): Promise<number> {
  const { process } = call;
  const row = readRows(process, '/etc/group').find(([each]) => each === group);
  if (row === undefined) return await refused(call, `unknown group ${group}`);
  if (accountOf(process, name)?.name !== name) return await refused(call, `unknown user ${name}`);
  putRow(process, '/etc/group', group, without(row, name));
  return 0;
}

const without = (row: readonly string[], name: string): readonly string[] => [
  ...row.slice(0, 3),
  (row[3] ?? '')
    .split(',')
    .filter((each) => each !== name)
    .join(','),
];
