/** `ip netns`, and -n of every other object. */
import { failed, strerror } from '../../../protocol/errno.ts';
import { lookupPath } from '../../run-child.ts';
import { recordsOf } from '../../system/kernel-data.ts';
import { iprouteJson } from '../json-writer.ts';
import { namespaceNames, namespaceNumbers, ownNamespace, readLinks } from '../link-facts.ts';
import { complain, type IpCall } from './call.ts';

export async function ipNetns(call: IpCall, args: readonly string[]): Promise<number> {
  const [verb = 'list', name = '', ...command] = args;
  const { process, io } = call;
  switch (verb) {
    case 'list':
    case 'ls':
    case 'show':
      return await list(call);
    case 'add': {
      if (name === '') return await complain(call, 'No netns name specified', 255);
      const done = process.kernel({ subsystem: 'netns', op: 'add', args: { name } });
      if (!failed(done)) return 0;
      return await complain(
        call,
        done.errno === 'EPERM'
          ? 'mkdir /run/netns failed: Permission denied'
          : done.errno === 'EINVAL'
            ? `Invalid netns name "${name}"`
            : `Cannot create namespace file "/run/netns/${name}": ${strerror(done)}`,
      );
    }
    case 'delete':
    case 'del': {
      const names =
        name === '-all' || name === '--all'
          ? recordsOf(process.kernel({ subsystem: 'netns', op: 'list' })).map((each) => each.text('name'))
          : [name];
      for (const each of names) {
        const done = process.kernel({ subsystem: 'netns', op: 'delete', args: { name: each } });
        if (failed(done))
          return await complain(call, `Cannot remove namespace file "/run/netns/${each}": ${strerror(done)}`);
      }
      return 0;
    }
    case 'exec':
      return await exec(call, name, command);
    case 'identify': {
      const names = namespaceNames(process);
      const own = name === '' ? ownNamespace(process) : Number(/\[(\d+)\]/.exec(linkOf(call, name))?.[1] ?? '0');
      const found = names.get(own);
      if (found !== undefined) io.line(found);
      return await io.end(0);
    }
    case 'pids': {
      const id = process.kernel({ subsystem: 'netns', op: 'id', args: { name } });
      if (failed(id)) return await complain(call, `Cannot open network namespace: ${strerror(id)}`);
      const entries = process.readdir('/proc');
      for (const entry of failed(entries) ? [] : entries)
        if (/^\d+$/.test(entry.name) && linkOf(call, entry.name) === `net:[${String(id)}]`) io.line(entry.name);
      return await io.end(0);
    }
    default:
      return ['monitor', 'set', 'attach', 'list-id', 'help'].includes(verb)
        ? await complain(call, `drydock: 'ip netns ${verb}' is not simulated`)
        : await complain(call, `Command "${verb}" is unknown, try "ip netns help".`, 255);
  }
}

function linkOf({ process }: IpCall, pid: string): string {
  const target = process.readlink(`/proc/${pid}/ns/net`);
  return failed(target) ? '' : target;
}

async function list(call: IpCall): Promise<number> {
  const { process, io } = call;
  const numbers = namespaceNumbers(readLinks(process));
  const found = recordsOf(process.kernel({ subsystem: 'netns', op: 'list' })).map((one) => ({
    name: one.text('name'),
    id: numbers.get(one.number('netns')),
  }));
  if (call.json)
    io.out(
      iprouteJson(
        found.map(({ name, id }) => ({ name, ...(id === undefined ? {} : { id }) })),
        call.pretty,
      ),
    );
  else for (const { name, id } of found) io.line(`${name}${id === undefined ? '' : ` (id: ${String(id)})`}`);
  return await io.end(0);
}

/** Moves this process into a named namespace. */
export async function enterNamespace(call: IpCall, name: string): Promise<number | undefined> {
  const id = call.process.kernel({ subsystem: 'netns', op: 'id', args: { name } });
  if (typeof id !== 'number')
    return await complain(call, `Cannot open network namespace "${name}": No such file or directory`);
  const done = call.process.kernel({ subsystem: 'namespace', op: 'join', args: { net: id } });
  return failed(done)
    ? await complain(call, `setting the network namespace "${name}" failed: ${strerror(done)}`)
    : undefined;
}

async function exec(call: IpCall, name: string, command: readonly string[]): Promise<number> {
  const { process, io } = call;
  if (name === '') return await complain(call, 'No netns name specified', 255);
  if (command.length === 0) return await complain(call, 'No command specified', 255);
  const stopped = await enterNamespace(call, name);
  if (stopped !== undefined) return stopped;
  await io.flush();
  const path = lookupPath(process, command[0] ?? '');
  const failure = path === undefined ? ({ errno: 'ENOENT' } as const) : await process.exec(path, command, process.env);
  return await complain(call, `exec of "${command[0] ?? ''}" failed: ${strerror(failure)}`, failed(failure) ? 255 : 1);
}
