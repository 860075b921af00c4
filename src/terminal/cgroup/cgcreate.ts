/** cgcreate (libcgroup 2.0.2) over cgroup v2. Leaves out: file modes, systemd scopes. */
import { failed, type Result } from '../../protocol/errno.ts';
import type { Process } from '../../protocol/program.ts';
import { accountOf, groupIdOf } from '../accounts.ts';
import { command } from '../coreutils/command.ts';
import { notSimulated } from '../system/plain-program.ts';
import { allControllers, directoryOf, groupProblem, parseGroup, writeGroupFile, type GroupSpec } from './groups.ts';

export const cgcreate = command(
  {
    name: 'cgcreate',
    short: 'g:t:a:d:f:s:b',
    usageStatus: 1,
    hint: (name) => `Wrong input parameters, try ${name} -h for more information.`,
    usage: '[-h] [-f mode] [-d mode] [-s mode] [-t <tuid>:<tgid>] [-a <agid>:<auid>] -g <controllers>:<path> [-g ...]',
  },
  async ({ io, options, process }) => {
    for (const letter of ['d', 'f', 's']) if (options.has(letter)) return await notSimulated(io, `cgcreate -${letter}`);
    if (!options.has('g')) {
      await io.warn('no control group specified');
      return 1;
    }
    for (const text of options.values('g')) {
      const spec = parseGroup(text);
      if (spec === undefined) {
        await io.warn(`cgroup controller and path parsing failed (${text})`);
        return 255;
      }
      const known = allControllers(process);
      const unknown = spec.controllers.find((name) => name !== '*' && !known.includes(name));
      if (unknown !== undefined) {
        await io.warn(`can't create cgroup ${spec.path}: Cgroup one of the needed subsystems is not mounted`);
        return 83;
      }
      const done = make(process, spec);
      if (failed(done)) {
        const { text: why, code } = groupProblem(done);
        await io.warn(`can't create cgroup ${spec.path}: ${why}`);
        return code;
      }
      own(process, spec.path, options.value('a'), ['cgroup.procs', 'cgroup.threads', 'cgroup.subtree_control', '']);
      own(process, spec.path, options.value('t'), ['cgroup.procs', 'cgroup.threads']);
    }
    return 0;
  },
);

/** Each directory of the path, its controllers handed on by all above it. */
function make(process: Process, { controllers, path }: GroupSpec): Result<void> {
  const wanted = controllers.includes('*') ? allControllers(process) : controllers;
  let above = '';
  for (const part of path.split('/').filter((each) => each !== '')) {
    const handed = writeGroupFile(process, above, 'cgroup.subtree_control', wanted.map((name) => `+${name}`).join(' '));
    if (failed(handed)) return handed;
    above = `${above}/${part}`;
    const made = process.mkdir(directoryOf(above), 0o755);
    if (failed(made) && made.errno !== 'EEXIST') return made;
  }
  return undefined;
}

/** Gives files of a group (the directory itself by the empty name) to `user:group`. */
function own(process: Process, path: string, who: string | undefined, files: readonly string[]): void {
  if (who === undefined) return;
  const [user = '', group = ''] = who.split(':');
  const uid = accountOf(process, user)?.uid ?? Number(user);
  const gid = groupIdOf(process, group) ?? Number(group);
  for (const file of files) process.chown(`${directoryOf(path)}/${file}`, uid, gid);
}
