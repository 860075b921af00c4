/** cgexec and cgclassify (libcgroup 2.0.2) over cgroup v2. Leaves out: rules of cgrules.conf. */
import { failed, strerror } from '../../protocol/errno.ts';
import { command, type Invocation } from '../coreutils/command.ts';
import { lookupPath } from '../run-child.ts';
import { notSimulated } from '../system/plain-program.ts';
import { groupExists, parseGroup, writeGroupFile } from './groups.ts';

export const cgexec = command(
  {
    name: 'cgexec',
    short: 'g:sb',
    long: { sticky: 's' },
    stopEarly: true,
    usageStatus: 1,
    hint: (name) => `Wrong input parameters, try ${name} --help for more information.`,
    usage: '[-h] [-g <controllers>:<path>] [--sticky] command [arguments] ...',
  },
  async (call) => {
    const { io, options, operands, process } = call;
    const [name] = operands;
    if (name === undefined) {
      await io.raw("Wrong input parameters, try cgexec --help' for more information.\n");
      return 1;
    }
    if (!options.has('g')) return await notSimulated(io, 'cgexec without -g');
    if (!(await enter(call, String(process.pid)))) return 255;
    const path = lookupPath(process, name);
    const failure =
      path === undefined ? ({ errno: 'ENOENT' } as const) : await process.exec(path, operands, process.env);
    await io.raw(strerror(failure));
    return 255;
  },
);

export const cgclassify = command(
  {
    name: 'cgclassify',
    short: 'g:sb',
    long: { sticky: 's' },
    usageStatus: 1,
    hint: (name) => `Wrong input parameters, try ${name} '-h' for more information.`,
    usage: '[-g <controllers>:<path>] [--sticky | --cancel-sticky] <list of pids>',
  },
  async (call) => {
    if (!call.options.has('g')) return await notSimulated(call.io, 'cgclassify without -g');
    for (const pid of call.operands) if (!(await enter(call, pid))) return 255;
    return 0;
  },
);

/** Puts a process into the groups of -g; says so where that fails. */
async function enter({ io, options, process }: Invocation, pid: string): Promise<boolean> {
  for (const text of options.values('g')) {
    const spec = parseGroup(text);
    if (spec === undefined) {
      await io.raw('cgroup controller and path parsing failed\n');
      return false;
    }
    if (groupExists(process, spec.path) && !failed(writeGroupFile(process, spec.path, 'cgroup.procs', pid))) continue;
    await io.raw('cgroup change of group failed\n');
    return false;
  }
  return true;
}
