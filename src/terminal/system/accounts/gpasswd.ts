/**
 * gpasswd, newgrp and sg (shadow 4.13): memberships, and a shell with another primary group.
 * Leaves out: passwords of groups.
 */
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { accountOf, groupIdOf } from '../../accounts.ts';
import { parseOptions } from '../../coreutils/command.ts';
import { putRow, readRows, type Row } from './account-files.ts';
import { askPassword, credentialsOf } from './become-user.ts';
import { invokingAccount, invokingUid } from './invoking-user.ts';
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
  const [group] = 'problem' in options ? [] : options.operands;
  if ('problem' in options || group === undefined) {
    await io.raw(`${'problem' in options ? `gpasswd: ${options.problem}\n` : ''}${USAGE}`);
    return 2;
  }
  const missing = ['A', 'r', 'R', 'Q'].find((letter) => options.has(letter));
  if (missing !== undefined) return await notSimulated(io, `gpasswd -${missing}`);
  const named = [options.value('a'), options.value('d')].find((user) => user !== undefined);
  if (named !== undefined && accountOf(process, named)?.name !== named) {
    await io.warn(`user '${named}' does not exist`);
    return 1;
  }
  const row = readRows(process, '/etc/group').find(([name]) => name === group);
  if (row === undefined) {
    await io.warn(`group '${group}' does not exist in /etc/group`);
    return 1;
  }
  if (invokingUid(process) !== 0) {
    await io.warn('Permission denied.');
    return 1;
  }
  const members = membersOf(row);
  const [added, removed, all] = [options.value('a'), options.value('d'), options.value('M')];
  if (removed !== undefined && !members.includes(removed)) {
    await io.warn(`user '${removed}' is not a member of '${group}'`);
    return 3;
  }
  if (added === undefined && removed === undefined && all === undefined) return await notSimulated(io, 'gpasswd GROUP');
  if (added !== undefined) io.line(`Adding user ${added} to group ${group}`);
  if (removed !== undefined) io.line(`Removing user ${removed} from group ${group}`);
  const kept = all === undefined ? members.filter((user) => user !== removed && user !== added) : all.split(',');
  setMembers(process, group, added === undefined ? kept : [...kept, added]);
  return await io.end(0);
});

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
    await askPassword(process, 'Password: ');
    await io.raw('Invalid password.\n');
    return 1;
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
