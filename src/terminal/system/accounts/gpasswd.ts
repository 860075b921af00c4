/**
 * gpasswd, newgrp and sg (shadow 4.13): memberships, and a shell with another primary group.
 * Leaves out: chroots (-Q).
 */
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { accountOf, groupIdOf } from '../../accounts.ts';
import { parseOptions, type Options } from '../../coreutils/command.ts';
import { putRow, readRows, type Row } from './account-files.ts';
import { askPassword, credentialsOf } from './become-user.ts';
import { invokingAccount, invokingUid } from './invoking-user.ts';
import { passwordFits, saltFrom, sha512Crypt } from './password-hash.ts';
import { listOf } from './shadow-tools.ts';
import { notSimulated, plainProgram, type PlainCall } from '../plain-program.ts';

const USAGE = `Usage: gpasswd [option] GROUP

Options:
  -a, --add USER                add USER to GROUP
  -d, --delete USER             remove USER from GROUP
  -h, --help                    display this help message and exit
  -Q, --root CHROOT_DIR         directory to chroot into
  -r, --remove-password         remove the GROUP's password
  -R, --restrict                restrict access to GROUP to its members
  -M, --members USER,...        set the list of members of GROUP
  -A, --administrators ADMIN,...
                                set the list of administrators for GROUP
Except for the -A and -M options, the options cannot be combined.
`;
const LONG = {
  add: 'a',
  delete: 'd',
  members: 'M',
  administrators: 'A',
  'remove-password': 'r',
  restrict: 'R',
  help: 'h',
};

export const gpasswd = plainProgram('gpasswd', async (call) => {
  const { io, process, args } = call;
  const options = parseOptions(args, { name: 'gpasswd', short: 'a:d:M:A:rRhQ:', long: LONG });
  if ('problem' in options) {
    await io.raw(`${call.invoked}: ${options.problem}\n${USAGE}`);
    return 2;
  }
  const [group] = options.operands;
  const actions =
    [...'adrR'].filter((letter) => options.has(letter)).length + (/[AM]/.test(lettersOf(options)) ? 1 : 0);
  if (group === undefined || options.operands.length > 1 || actions > 1) {
    await io.raw(USAGE);
    return 2;
  }
  if (options.has('Q')) return await notSimulated(io, 'gpasswd -Q');
  const named = [...'AM'].flatMap((letter) => listOf(options.value(letter)));
  const unknown = [...options.values('a'), ...named].filter((user) => accountOf(process, user)?.name !== user);
  for (const user of unknown) await io.warn(`user '${user}' does not exist`);
  if (unknown.length > 0) return 3;
  const row = readRows(process, '/etc/group').find(([name]) => name === group);
  if (row === undefined) {
    await io.warn(`group '${group}' does not exist in /etc/group`);
    return 3;
  }
  const shadow = readRows(process, '/etc/gshadow').find(([name]) => name === group) ?? [group, '!', '', ''];
  const caller = invokingAccount(process);
  const administers = listOf(shadow[2]).includes(caller?.name ?? '');
  if (invokingUid(process) !== 0 && (!administers || options.has('A') || options.has('M'))) {
    await io.warn('Permission denied.');
    return 1;
  }
  if (actions === 0) return await askGroupPassword(call, shadow);
  return await changeGroup(call, options, row, shadow);
});

const lettersOf = ({ order }: Options): string => order.map(([letter]) => letter).join('');

/** A password that lets others join by newgrp; it is asked for on a terminal only. */
async function askGroupPassword({ io, process }: PlainCall, shadow: Row): Promise<number> {
  if (!process.isatty(0) || !process.isatty(1)) {
    await io.warn('Not a tty');
    return 1;
  }
  const [group = ''] = shadow;
  io.line(`Changing the password for group ${group}`);
  await io.flush();
  const first = await askPassword(process, 'New Password: ');
  const second = first === undefined ? undefined : await askPassword(process, 'Re-enter new password: ');
  if (first === undefined || first !== second) {
    await io.warn("They don't match; try again");
    return 1;
  }
  const hash = sha512Crypt(first, saltFrom(process.random(16)));
  putRow(process, '/etc/gshadow', group, [group, hash, ...shadow.slice(2)]);
  return await io.end(0);
}

async function changeGroup({ io, process }: PlainCall, options: Options, row: Row, shadow: Row): Promise<number> {
  const [group = ''] = row;
  const members = membersOf(row);
  const [added, removed, all, administrators] = [...'adMA'].map((letter) => options.value(letter));
  if (added !== undefined) io.line(`Adding user ${added} to group ${group}`);
  if (removed !== undefined) io.line(`Removing user ${removed} from group ${group}`);
  if (removed !== undefined && !members.includes(removed)) {
    await io.warn(`user '${removed}' is not a member of '${group}'`);
    return 3;
  }
  const kept = all === undefined ? members.filter((user) => user !== removed) : listOf(all);
  const next = added === undefined || kept.includes(added) ? kept : [...kept, added];
  const password = options.has('r') ? '' : options.has('R') ? '!' : (shadow[1] ?? '');
  putRow(process, '/etc/gshadow', group, [
    group,
    password,
    administrators === undefined ? (shadow[2] ?? '') : listOf(administrators).join(','),
    shadow[3] ?? '',
  ]);
  setMembers(process, group, next);
  return await io.end(0);
}

const membersOf = (row: Row): readonly string[] => (row[3] ?? '').split(',').filter((user) => user !== '');

function setMembers(process: Process, group: string, members: readonly string[]): void {
  for (const file of ['/etc/group', '/etc/gshadow'] as const) {
    const row = readRows(process, file).find(([name]) => name === group);
    if (row !== undefined)
      putRow(
        process,
        file,
        group,
        row.map((cell, at) => (at === 3 ? members.join(',') : cell)),
      );
  }
}

export const newgrp = plainProgram('newgrp', async (call) => {
  const [group] = call.args.filter((arg) => arg !== '-');
  return await enterGroup(call, group, undefined);
});

export const sg = plainProgram('sg', async (call) => {
  const [group, ...rest] = call.args.filter((arg) => arg !== '-');
  const command = rest[0] === '-c' ? rest.slice(1) : rest;
  if (group === undefined) {
    await call.io.raw('Usage: sg group [[-c] command]\n');
    return 1;
  }
  return await enterGroup(call, group, command.length === 0 ? undefined : command.join(' '));
});

/** Replaces this process by a shell with another primary group: members may, and root. */
async function enterGroup(
  { io, process }: PlainCall,
  group: string | undefined,
  command: string | undefined,
): Promise<number> {
  const caller = invokingAccount(process);
  if (caller === undefined) {
    await io.warn('Cannot determine your user name.');
    return 1;
  }
  const gid = group === undefined ? caller.gid : groupIdOf(process, group);
  const row = readRows(process, '/etc/group').find(([, , number]) => number === String(gid));
  if (gid === undefined || row === undefined) {
    await io.warn(`group '${group ?? ''}' does not exist`);
    return 1;
  }
  const belongs = caller.uid === 0 || gid === caller.gid || membersOf(row).includes(caller.name);
  if (!belongs) {
    const typed = await askPassword(process, 'Password: ');
    const hash = readRows(process, '/etc/gshadow').find(([name]) => name === row[0])?.[1] ?? '!';
    if (typed === undefined || !passwordFits(typed, hash)) {
      await io.raw('Invalid password.\n');
      return 1;
    }
  }
  const credentials = credentialsOf(caller);
  const set = process.setCredentials({ ...credentials, gid, groups: [...new Set([...credentials.groups, gid])] });
  if (failed(set)) {
    await io.warn(strerror(set));
    return 1;
  }
  const shell = command === undefined ? (process.env['SHELL'] ?? caller.shell) : '/bin/sh';
  const name = shell.slice(shell.lastIndexOf('/') + 1);
  const failure = await process.exec(shell, [name, ...(command === undefined ? [] : ['-c', command])], process.env);
  await io.warn(`${shell}: ${strerror(failure)}`);
  return failure.errno === 'ENOENT' ? 127 : 126;
}
