/** brctl (bridge-utils 1.7.1). Leaves out: spanning tree, timers, the learned addresses. */
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Plain } from '../../../protocol/plain.ts';
import type { Process } from '../../../protocol/program.ts';
import { notSimulated, plainProgram, type PlainCall } from '../../system/plain-program.ts';
import { readLinks, type LinkFacts } from '../rtnetlink/link-facts.ts';

/** Commands with how many arguments they need and their line of the usage. */
const COMMANDS: Readonly<Record<string, readonly [least: number, usage: string]>> = {
  addbr: [1, '<bridge>\t\tadd bridge'],
  delbr: [1, '<bridge>\t\tdelete bridge'],
  addif: [2, '<bridge> <device>\tadd interface to bridge'],
  delif: [2, '<bridge> <device>\tdelete interface from bridge'],
  hairpin: [3, '<bridge> <port> {on|off}\tturn hairpin on/off'],
  setageing: [2, '<bridge> <time>\t\tset ageing time'],
  setbridgeprio: [2, '<bridge> <prio>\t\tset bridge priority'],
  setfd: [2, '<bridge> <time>\t\tset bridge forward delay'],
  sethello: [2, '<bridge> <time>\t\tset hello time'],
  setmaxage: [2, '<bridge> <time>\t\tset max message age'],
  setpathcost: [3, '<bridge> <port> <cost>\tset path cost'],
  setportprio: [3, '<bridge> <port> <prio>\tset port priority'],
  show: [0, '[ <bridge> ]\t\tshow a list of bridges'],
  showmacs: [1, '<bridge>\t\tshow a list of mac addrs'],
  showstp: [1, '<bridge>\t\tshow bridge stp info'],
  stp: [2, '<bridge> {on|off}\tturn stp on/off'],
};

export const brctl = plainProgram('brctl', async (call) => {
  const { io, args } = call;
  const [verb = '', ...words] = args;
  if (verb === '-V' || verb === '--version') {
    io.line('bridge-utils, 1.7');
    return await io.end(0);
  }
  const known = COMMANDS[verb];
  if (known === undefined) return await usage(call, verb);
  const [least, text] = known;
  if (words.length < least) {
    io.line('Incorrect number of arguments for command');
    io.line(`Usage: brctl ${verb} ${text}`);
    return await io.end(1);
  }
  switch (verb) {
    case 'show':
      return await show(call, words);
    case 'addbr':
    case 'delbr':
      return await changeBridge(call, verb, words[0] ?? '');
    case 'addif':
    case 'delif':
      return await changePort(call, verb, words);
    default:
      return await notSimulated(io, `brctl ${verb}`);
  }
});

async function usage({ io }: PlainCall, verb: string): Promise<number> {
  if (verb !== '') await io.raw(`never heard of command [${verb}]\n`);
  io.line('Usage: brctl [commands]');
  io.line('commands:');
  for (const [name, [, text]] of Object.entries(COMMANDS)) io.line(`\t${name.padEnd(10)}\t${text}`);
  return await io.end(1);
}

async function show({ io, process }: PlainCall, names: readonly string[]): Promise<number> {
  const links = readLinks(process);
  const lost = names.find((name) => !links.some((link) => link.name === name && link.kind === 'bridge'));
  if (lost !== undefined) return await refuse(io, `bridge ${lost} does not exist!`);
  io.line('bridge name\tbridge id\t\tSTP enabled\tinterfaces');
  for (const each of links.filter(
    ({ name, kind }) => kind === 'bridge' && (names.length === 0 || names.includes(name)),
  )) {
    const ports = links.filter(({ master }) => master === each.name).map((link) => link.name);
    io.line(
      `${each.name}\t${each.name.length < 8 ? '\t' : ''}8000.${each.mac.replace(/:/g, '')}\tno\t\t${ports.join('\n\t\t\t\t\t\t\t')}`,
    );
  }
  return await io.end(0);
}

const change = (process: Process, op: string, args: { readonly [key: string]: Plain }): ReturnType<Process['kernel']> =>
  process.kernel({ subsystem: 'link', op, args });

async function changeBridge({ io, process }: PlainCall, verb: 'addbr' | 'delbr', name: string): Promise<number> {
  if (verb === 'addbr') {
    const done = change(process, 'add', { spec: { kind: 'bridge', name } });
    if (!failed(done)) return 0;
    return await refuse(
      io,
      done.errno === 'EEXIST'
        ? `device ${name} already exists; can't create bridge with the same name`
        : `add bridge failed: ${strerror(done)}`,
    );
  }
  const link = readLinks(process).find((each) => each.name === name && each.kind === 'bridge');
  if (link === undefined) return await refuse(io, `bridge ${name} doesn't exist; can't delete it`);
  if (link.up) return await refuse(io, `bridge ${name} is still up; can't delete it`);
  const done = change(process, 'delete', { name });
  return failed(done) ? await refuse(io, `can't delete bridge ${name}: ${strerror(done)}`) : 0;
}

async function changePort(
  { io, process }: PlainCall,
  verb: 'addif' | 'delif',
  words: readonly string[],
): Promise<number> {
  const [bridge = '', ...ports] = words;
  for (const port of ports) {
    const links = readLinks(process);
    const problem = portProblem(links, verb, bridge, port);
    if (problem !== undefined) return await refuse(io, problem);
    const done = change(process, 'set', { name: port, change: { master: verb === 'addif' ? bridge : null } });
    if (failed(done)) return await refuse(io, `can't add ${port} to bridge ${bridge}: ${strerror(done)}`);
  }
  return 0;
}

function portProblem(
  links: readonly LinkFacts[],
  verb: 'addif' | 'delif',
  bridge: string,
  port: string,
): string | undefined {
  if (!links.some(({ name }) => name === bridge)) return `bridge ${bridge} does not exist!`;
  const link = links.find(({ name }) => name === port);
  if (link === undefined) return `interface ${port} does not exist!`;
  if (verb === 'delif') return link.master === bridge ? undefined : `device ${port} is not a port of ${bridge}`;
  return link.master === undefined
    ? undefined
    : `device ${port} is already a member of a bridge; can't add it to bridge ${bridge}.`;
}

async function refuse(io: PlainCall['io'], text: string): Promise<number> {
  await io.raw(`${text}\n`);
  return 1;
}
