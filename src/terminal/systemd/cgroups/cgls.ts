/** systemd-cgls: the tree of control groups with their processes, below groups or units, -a, -u. */
import { command, type Applet, type Invocation } from '../../coreutils/command.ts';
import { cgroupLines } from './cgroup-lines.ts';
import { ask, sayUnreachable, unitName } from '../client.ts';

export const systemdCgls: Applet = command(
  {
    name: 'systemd-cgls',
    hint: '',
    short: 'alku:',
    long: { all: 'a', full: 'l', 'no-pager': 'np', unit: 'u' },
  },
  async (call) => {
    const { io, options, operands } = call;
    if (options.has('u')) return await showUnits(call);
    for (const path of operands.length === 0 ? ['/'] : operands) {
      const group = path.replace(/^\/sys\/fs\/cgroup(?=\/|$)/, '') || '/';
      const lines = cgroupLines(call.process, group, { all: options.has('a') });
      if (lines === undefined) {
        await io.raw('Failed to list cgroup tree: No such file or directory\n');
        return 1;
      }
      // The root group is the root slice.
      io.line(`CGroup ${group}:${group === '/' ? '\n-.slice' : ''}`);
      for (const line of lines) io.line(line);
    }
    return await io.end(0);
  },
);

async function showUnits({ io, process, options, operands }: Invocation): Promise<number> {
  const names = [...options.values('u'), ...operands].map(unitName);
  const reply = await ask(process, { method: 'show', units: names });
  if (reply.type === 'unreachable') return await sayUnreachable(io, reply);
  for (const { name, cgroup } of reply.type === 'units' ? reply.units : []) {
    const lines = cgroupLines(process, cgroup, { all: options.has('a') });
    if (lines === undefined) {
      await io.raw(`Unit ${name} not found.\n`);
      return 1;
    }
    io.line(`Unit ${name} (${cgroup}):`);
    for (const line of lines) io.line(line);
  }
  return await io.end(0);
}
