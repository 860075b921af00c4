/** cgdelete and lscgroup (libcgroup 2.0.2) over cgroup v2. */
import { failed, type Result } from '../../protocol/errno.ts';
import { bytesToText } from '../text.ts';
import type { Process } from '../../protocol/program.ts';
import { command } from '../coreutils/command.ts';
import {
  allControllers,
  directoryOf,
  groupExists,
  groupProblem,
  groupsBelow,
  NO_GROUP,
  parseGroup,
  writeGroupFile,
} from './groups.ts';

export const cgdelete = command(
  {
    name: 'cgdelete',
    short: 'rg:b',
    long: { recursive: 'r', group: 'g:' },
    usageStatus: 255,
    hint: (name) => `Wrong input parameters, try ${name} --help' for more information.`,
    usage: '[-h] [-r] [[-g] <controllers>:<path>] ...',
  },
  async ({ io, options, operands, process }) => {
    let code = 0;
    for (const text of [...options.values('g'), ...operands]) {
      const spec = parseGroup(text);
      if (spec === undefined) {
        await io.warn(`error parsing cgroup '${text}'`);
        return 255;
      }
      const done = groupExists(process, spec.path) ? remove(process, spec.path, options.has('r')) : 'missing';
      if (done !== 'missing' && !failed(done)) continue;
      const problem = done === 'missing' ? NO_GROUP : groupProblem(done);
      await io.warn(`cannot remove group '${spec.path}': ${problem.text}`);
      code = problem.code;
    }
    return code;
  },
);

/** Removes a group once its processes are in the one above; EBUSY where groups are below and -r was not given. */
function remove(process: Process, path: string, recursive: boolean): Result<void> {
  if (recursive)
    for (const below of groupsBelow(process, path).toReversed()) {
      const gone = remove(process, below, false);
      if (failed(gone)) return gone;
    }
  const parent = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  const members = process.readFile(`${directoryOf(path)}/cgroup.procs`);
  if (failed(members)) return members;
  for (const pid of bytesToText(members).split('\n'))
    if (pid !== '') {
      const moved = writeGroupFile(process, parent, 'cgroup.procs', pid);
      if (failed(moved) && moved.errno !== 'ESRCH') return moved;
    }
  return process.rmdir(directoryOf(path));
}

export const lscgroup = command(
  {
    name: 'lscgroup',
    short: 'g:',
    usageStatus: 255,
    hint: (name) => `Wrong input parameters, try ${name} -h' for more information.`,
    usage: '[[-g] <controllers>:<path>] [...]',
  },
  async ({ io, options, operands, process }) => {
    const specs = [...options.values('g'), ...operands].map(parseGroup);
    const all = allControllers(process);
    for (const spec of specs.length === 0 ? [{ controllers: all, path: '' }] : specs) {
      if (spec === undefined) {
        await io.warn('cgroup controller and path parsing failed');
        return 255;
      }
      if (!groupExists(process, spec.path)) continue;
      for (const path of [spec.path, ...groupsBelow(process, spec.path)]) io.line(`${all.join(',')}:/${path}`);
    }
    return await io.end(0);
  },
);
