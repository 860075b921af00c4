/** cgset and cgget (libcgroup 2.0.2) over cgroup v2. Leaves out: cgroup v1 names, --copy-from. */
import { failed } from '../../protocol/errno.ts';
import { command, type Invocation } from '../coreutils/command.ts';
import { fileText } from '../io.ts';
import { directoryOf, filesOf, groupExists, groupProblem, NO_GROUP, parseGroup, writeGroupFile } from './groups.ts';

export const cgset = command(
  {
    name: 'cgset',
    short: 'r:b',
    long: { rule: 'r:' },
    usageStatus: 129,
    hint: (name) => `Wrong input parameters, try ${name} --help' for more information.`,
    usage: '[-r <name=value>] <cgroup_path> ...',
  },
  async ({ io, options, operands, process }) => {
    const settings = options.values('r').map((text) => /^([^=]+)=(.+)$/.exec(text));
    if (operands.length === 0 || settings.length === 0 || settings.includes(null)) {
      await io.warn(
        operands.length === 0
          ? 'no cgroup specified'
          : settings.length === 0
            ? 'no name-value pair was set'
            : 'wrong parameter of option -r',
      );
      return 129;
    }
    for (const group of operands) {
      if (!groupExists(process, group)) {
        await io.warn(`cgroup modify error: ${NO_GROUP.text}`);
        return NO_GROUP.code;
      }
      for (const match of settings) {
        const [, name = '', value = ''] = match ?? [];
        const done = writeGroupFile(process, group, name, value);
        if (!failed(done)) continue;
        const { text, code } =
          done.errno === 'ENOENT'
            ? { text: 'Cgroup, requested group parameter does not exist', code: 99 }
            : groupProblem(done);
        await io.warn(`cgroup modify error: ${text}`);
        return code;
      }
    }
    return 0;
  },
);

export const cgget = command(
  {
    name: 'cgget',
    short: 'r:g:nvamb',
    long: { all: 'a', 'values-only': 'v', variable: 'r:' },
    usageStatus: 129,
    hint: (name) => `Wrong input parameters, try ${name} -h' for more information.`,
    usage: '[-nv] [-r <name>] [-g <controllers>] [-a] <path> ...',
  },
  async (call) => {
    const { io, options, operands, process } = call;
    const asked = options
      .values('g')
      .map((text) => parseGroup(text) ?? { controllers: text.split(','), path: undefined });
    const named = asked.flatMap(({ path }) => (path === undefined ? [] : [path]));
    const groups = [...operands, ...named];
    if (groups.length === 0 || (asked.length === 0 && !options.has('r') && !options.has('a'))) {
      await io.raw("Wrong input parameters, try cgget --help' for more information.\n");
      return 129;
    }
    for (const group of groups) {
      if (!groupExists(process, group)) {
        await io.warn(`cannot read group '${group}': ${NO_GROUP.text}`);
        return NO_GROUP.code;
      }
      const controllers = options.has('a')
        ? ['cgroup', 'cpu', 'cpuset', 'io', 'memory', 'pids']
        : asked.flatMap((each) => each.controllers);
      const files = [...options.values('r'), ...controllers.flatMap((name) => filesOf(process, group, name))];
      if (!options.has('n')) io.line(`${group}:`);
      if (!(await values(call, group, files))) return 99;
      if (!options.has('n')) io.line('');
    }
    return await io.end(0);
  },
);

/** One line for each file; more lines of its text are indented. */
async function values({ io, options, process }: Invocation, group: string, files: readonly string[]): Promise<boolean> {
  for (const file of files) {
    const path = `${directoryOf(group)}/${file}`;
    const text = fileText(process, path);
    if (text === undefined && !failed(process.stat(path))) continue;
    if (text === undefined) {
      await io.warn(`unable to find controller ${file.split('.')[0] ?? ''} in group '${group}'`);
      return false;
    }
    const value = text.replace(/\n$/, '').replace(/\n/g, '\n\t');
    io.line(options.has('v') ? value : `${file}: ${value}`);
  }
  return true;
}
