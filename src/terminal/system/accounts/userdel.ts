/** userdel (shadow 4.13). Leaves out: chroots and prefixes (-R, -P), SELinux users. */
import { failed } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { accountOf, type Account } from '../../accounts.ts';
import { command, type Invocation } from '../../coreutils/command.ts';
import { runAndWait } from '../../run-child.ts';
import { putRow, readRows, setMemberships } from './account-files.ts';
import { notPermitted, usageFault } from './shadow-tools.ts';
import { removeRanges } from './subordinate-ids.ts';

export const userdel = command(
  {
    name: 'userdel',
    calls: 'short',
    short: 'fhrR:P:Z',
    long: { force: 'f', remove: 'r', root: 'R', prefix: 'P', 'selinux-user': 'Z' },
    absent: [...'RPZ'],
    helpOption: '-h',
    usage: '[options] LOGIN',
    hint: (name) => `Usage: ${name} [options] LOGIN`,
    usageStatus: 2,
  },
  async (call) => {
    const { io, options, process, operands } = call;
    const [name = ''] = operands;
    if (operands.length !== 1) return await usageFault(call);
    const stopped = await notPermitted(call, '/etc/passwd');
    if (stopped !== undefined) return stopped;
    const account = accountOf(process, name);
    if (account?.name !== name) {
      await io.warn(`user '${name}' does not exist`);
      return 6;
    }
    const running = busyWith(process, account.uid);
    if (running !== undefined) {
      await io.warn(`user ${name} is currently used by process ${running}`);
      if (!options.has('f')) return 8;
    }
    for (const file of ['/etc/passwd', '/etc/shadow'] as const) putRow(process, file, name, undefined);
    setMemberships(process, name, [], false);
    removeRanges(process, name);
    await removeGroup(call, name);
    return options.has('r') ? await removeHome(call, account) : 0;
  },
);

/** The user's own group goes with it where nobody else is in it. */
async function removeGroup({ io, process, options }: Invocation, name: string): Promise<void> {
  const group = readRows(process, '/etc/group').find((row) => row[0] === name);
  if (group === undefined) return;
  if ((group[3] ?? '') !== '') {
    await io.warn(`group ${name} not removed because it has other members.`);
    return;
  }
  if (!options.has('f') && readRows(process, '/etc/passwd').some((row) => row[3] === group[2])) {
    await io.warn(`group ${name} is the primary group of another user and is not removed.`);
    return;
  }
  for (const file of ['/etc/group', '/etc/gshadow'] as const) putRow(process, file, name, undefined);
}

async function removeHome({ io, options, process }: Invocation, { name, uid, home }: Account): Promise<number> {
  const spool = `/var/mail/${name}`;
  if (failed(process.unlink(spool))) await io.warn(`${name} mail spool (${spool}) not found`);
  const stat = process.stat(home);
  if (failed(stat)) {
    await io.warn(`${name} home directory (${home}) not found`);
    return 0;
  }
  if (!options.has('f') && stat.uid !== uid) {
    await io.warn(`${home} not owned by ${name}, not removing`);
    return 12;
  }
  await runAndWait(process, ['rm', '-rf', home]);
  return 0;
}

/** A process of a user; undefined where there is none. */
export function busyWith(process: Process, uid: number): string | undefined {
  const entries = process.readdir('/proc');
  if (failed(entries)) return undefined;
  return entries.find(({ name }) => {
    const stat = /^\d+$/.test(name) ? process.stat(`/proc/${name}`) : undefined;
    return stat !== undefined && !failed(stat) && stat.uid === uid && name !== String(process.pid);
  })?.name;
}
