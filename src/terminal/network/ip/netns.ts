/** `ip netns`, and -n of every other object. */
import { failed, strerror } from '../../../protocol/errno.ts';
import { lookupPath, runAndWait } from '../../run-child.ts';
import { iprouteJson } from '../rtnetlink/json-writer.ts';
import { namespaceNames, namespaceNumbers, ownNamespace, readLinks } from '../rtnetlink/link-facts.ts';
import {
  addNamespace,
  attachNamespace,
  namedNamespaces,
  namespaceId,
  removeNamespace,
} from '../rtnetlink/named-namespaces.ts';
import { complain, type IpCall } from './call.ts';

export async function ipNetns(call: IpCall, args: readonly string[]): Promise<number> {
  const [verb = 'list', ...words] = args;
  const [name = '', ...command] = words;
  const { process, io } = call;
  switch (verb) {
    case 'list':
    case 'ls':
    case 'show':
      return await list(call);
    case 'add': {
      if (name === '') return await complain(call, 'No netns name specified');
      const done = addNamespace(process, name);
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
        call.all || name === '-all' || name === '--all' ? namedNamespaces(process).map((each) => each.name) : [name];
      for (const each of names) {
        const done = removeNamespace(process, each);
        if (failed(done))
          return await complain(call, `Cannot remove namespace file "/run/netns/${each}": ${strerror(done)}`);
      }
      return 0;
    }
    case 'attach': {
      const [pid = ''] = command;
      const done = attachNamespace(process, name, pid);
      if (!failed(done)) return 0;
      return await complain(
        call,
        done.errno === 'ENOENT'
          ? `Cannot open network namespace: ${strerror(done)}`
          : `Cannot create namespace file "/run/netns/${name}": ${strerror(done)}`,
      );
    }
    case 'exec':
      return call.all ? await execInAll(call, words) : await exec(call, name, command);
    case 'identify': {
      const names = namespaceNames(process);
      const own = name === '' ? ownNamespace(process) : Number(/\[(\d+)\]/.exec(linkOf(call, name))?.[1] ?? '0');
      const found = names.get(own);
      if (found !== undefined) io.line(found);
      return await io.end(0);
    }
    case 'pids': {
      const id = namespaceId(process, name);
      if (id === undefined) return await complain(call, 'Cannot open network namespace: No such file or directory');
      const entries = process.readdir('/proc');
      for (const entry of failed(entries) ? [] : entries)
        if (/^\d+$/.test(entry.name) && linkOf(call, entry.name) === `net:[${String(id)}]`) io.line(entry.name);
      return await io.end(0);
    }
    default:
      return ['monitor', 'set', 'list-id', 'help'].includes(verb)
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
  const found = namedNamespaces(process).map(({ name, netns }) => ({ name, id: numbers.get(netns) }));
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
  const id = namespaceId(call.process, name);
  if (id === undefined)
    return await complain(call, `Cannot open network namespace "${name}": No such file or directory`, 255);
  const done = call.process.kernel({ subsystem: 'namespace', op: 'join', args: { net: id } });
  return failed(done)
    ? await complain(call, `setting the network namespace "${name}" failed: ${strerror(done)}`)
    : undefined;
}

async function exec(call: IpCall, name: string, command: readonly string[]): Promise<number> {
  const { process, io } = call;
  if (name === '') return await complain(call, 'No netns name specified');
  if (command.length === 0) return await complain(call, 'No command specified', 255);
  const stopped = await enterNamespace(call, name);
  if (stopped !== undefined) return stopped;
  await io.flush();
  const path = lookupPath(process, command[0] ?? '');
  const failure = path === undefined ? ({ errno: 'ENOENT' } as const) : await process.exec(path, command, process.env);
  return await complain(call, `exec of "${command[0] ?? ''}" failed: ${strerror(failure)}`, failed(failure) ? 255 : 1);
}

/** -all: the command in a child in each of them, under a heading. */
async function execInAll({ process, io }: IpCall, command: readonly string[]): Promise<number> {
  if (command.length === 0) return await complain({ io }, 'No command specified', 255);
  for (const { name } of namedNamespaces(process)) {
    io.line(`\nnetns: ${name}`);
    await io.flush();
    await runAndWait(process, ['ip', 'netns', 'exec', name, ...command]);
  }
  return 0;
}
