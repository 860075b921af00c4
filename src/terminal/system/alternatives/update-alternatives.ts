/**
 * update-alternatives (dpkg 1.22): which of several programs a common name leads to, over the links of /etc/alternatives and
 * the groups of /var/lib/dpkg/alternatives; images come without theirs. Leaves out: --all, --set-selections, --force, --skip-auto, --verbose, its log.
 */
import { failed } from '../../../protocol/errno.ts';
import type { Io } from '../../io.ts';
import { LineReader } from '../../io.ts';
import { notSimulated, plainProgram, type PlainCall } from '../plain-program.ts';
import { choicesText, displayText, queryText } from './alternatives-text.ts';
import {
  bestOf,
  commitGroup,
  currentOf,
  readGroup,
  type Alternative,
  type LinkGroup,
  type Places,
} from './link-group.ts';

const STATUS = 2;
const ALTDIR = '/etc/alternatives';
const ADMINDIR = '/var/lib/dpkg/alternatives';
/** How many words follow, and how they are called in the complaint. */
const ACTIONS: Readonly<Record<string, readonly string[]>> = {
  display: ['<name>'],
  query: ['<name>'],
  list: ['<name>'],
  config: ['<name>'],
  auto: ['<name>'],
  'remove-all': ['<name>'],
  set: ['<name>', '<path>'],
  remove: ['<name>', '<path>'],
  install: ['<link>', '<name>', '<path>', '<priority>'],
  'get-selections': [],
};
const ABSENT = ['all', 'set-selections', 'force', 'skip-auto', 'verbose', 'debug', 'instdir', 'root', 'log'];

interface Asked {
  readonly action: string;
  readonly words: readonly string[];
  readonly slaves: readonly (readonly [link: string, name: string, path: string])[];
  readonly places: Places;
  readonly quiet: boolean;
}
type Refusal =
  { readonly usage: string } | { readonly error: string } | { readonly absent: string } | { readonly help: true };

export const updateAlternatives = plainProgram('update-alternatives', async (call) => {
  const { io } = call;
  const asked = readArguments(call.args);
  if ('help' in asked) {
    io.line('Usage: update-alternatives [<option> ...] <command>');
    return await io.end(0);
  }
  if ('absent' in asked) return await notSimulated(io, `update-alternatives --${asked.absent}`);
  if ('error' in asked) return await refused(io, asked.error);
  if ('usage' in asked) {
    await io.warn(`${asked.usage}\n\nUse 'update-alternatives --help' for program usage information.`);
    return STATUS;
  }
  return await act(call, asked);
});

const refused = async (io: Io, text: string): Promise<number> => {
  await io.warn(`error: ${text}`);
  return STATUS;
};

function readArguments(args: readonly string[]): Asked | Refusal {
  let [action, words]: [string | undefined, readonly string[]] = [undefined, []];
  let [altdir, admindir, quiet] = [ALTDIR, ADMINDIR, false];
  const slaves: (readonly [string, string, string])[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    const name = arg.replace(/^--/, '');
    const [first, second, third] = args.slice(at + 1);
    if (!arg.startsWith('--')) return { error: `unknown argument '${arg}'` };
    if (name === 'help') return { help: true };
    if (name === 'altdir' || name === 'admindir') {
      if (first === undefined) return { usage: `--${name} needs a <directory> argument` };
      if (name === 'altdir') altdir = first;
      else admindir = first;
      at += 1;
    } else if (name === 'quiet') quiet = true;
    else if (name === 'log' && first === '/dev/null') at += 1;
    else if (name === 'slave') {
      if (first === undefined || second === undefined || third === undefined)
        return { usage: '--slave needs <link> <name> <path>' };
      if (action !== 'install') return { usage: '--slave only allowed with --install' };
      slaves.push([first, second, third]);
      at += 3;
    } else if (ACTIONS[name] !== undefined) {
      const needed = ACTIONS[name];
      if (action !== undefined) return { usage: `two commands specified: --${action} and --${name}` };
      words = args.slice(at + 1, at + 1 + needed.length);
      if (words.length < needed.length) return { usage: `--${name} needs ${needed.join(' ')}` };
      action = name;
      at += needed.length;
    } else if (ABSENT.includes(name)) return { absent: name };
    else return { usage: `unknown option '${arg}'` };
  }
  if (action === undefined)
    return {
      usage:
        'need --display, --query, --list, --get-selections, --config, --set, --set-selections, --install, --remove, --all, --remove-all or --auto',
    };
  return { action, words, slaves, places: { altdir, admindir }, quiet };
}

async function act(call: PlainCall, asked: Asked): Promise<number> {
  const { io, process } = call;
  const { action, places, words } = asked;
  if (action === 'install') return await install(call, asked);
  if (action === 'get-selections') {
    if (isWithoutGroups(call, places)) return await notSimulated(io, 'update-alternatives --get-selections');
    const entries = process.readdir(places.admindir);
    for (const { name } of failed(entries) ? [] : entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const group = readGroup(process, places, name);
      if (group !== undefined)
        io.line(
          `${name.padEnd(30)} ${(group.manual ? 'manual' : 'auto').padEnd(8)} ${currentOf(process, places, group) ?? ''}`,
        );
    }
    return await io.end(0);
  }
  const [name = '', path = ''] = words;
  const group = readGroup(process, places, name);
  if (group === undefined && isWithoutGroups(call, places))
    return await notSimulated(io, `update-alternatives --${action} ${name}`);
  if (group === undefined) return await refused(io, `no alternatives for ${name}`);
  const current = currentOf(process, places, group);
  switch (action) {
    case 'display':
      io.out(displayText(group, current));
      return await io.end(0);
    case 'query':
      io.out(queryText(group, current));
      return await io.end(0);
    case 'list':
      for (const each of group.alternatives) io.line(each.path);
      return await io.end(0);
    case 'auto':
      return await choose(call, asked, { ...group, manual: false }, bestOf(group));
    case 'set': {
      const found = group.alternatives.find((each) => each.path === path);
      if (found === undefined) return await refused(io, `alternative ${path} for ${name} not registered; not setting`);
      return await choose(call, asked, { ...group, manual: true }, found);
    }
    case 'config':
      return await configure(call, asked, group, current);
    case 'remove':
      return await remove(call, asked, group, path);
    default:
      return await choose(call, asked, { ...group, alternatives: [] }, undefined);
  }
}

/** Images of Debian and Ubuntu have groups as hosts do, which are not modelled there: awk is in each. */
function isWithoutGroups({ process }: PlainCall, { admindir }: Places): boolean {
  return admindir === ADMINDIR && failed(process.stat(`${ADMINDIR}/awk`));
}

/** Makes a choice true, and says so where it is a new one. */
async function choose(
  { io, process }: PlainCall,
  { places, quiet }: Pick<Asked, 'places' | 'quiet'>,
  group: LinkGroup,
  chosen: Alternative | undefined,
): Promise<number> {
  if (chosen !== undefined && chosen.path !== currentOf(process, places, group) && !quiet)
    io.line(
      `update-alternatives: using ${chosen.path} to provide ${group.link} (${group.name}) in ${group.manual ? 'manual' : 'auto'} mode`,
    );
  const problem = commitGroup(process, places, group, chosen);
  return problem === undefined ? await io.end(0) : await refused(io, problem);
}

async function configure(
  call: PlainCall,
  asked: Asked,
  group: LinkGroup,
  current: string | undefined,
): Promise<number> {
  const { io, process } = call;
  const lines = new LineReader(process, 0);
  for (;;) {
    io.out(choicesText(group, current));
    await io.flush();
    const line = (await lines.nextText())?.trim();
    if (line === undefined || line === '') return await io.end(0);
    const best = bestOf(group);
    if (line === '0' && best !== undefined) return await choose(call, asked, { ...group, manual: false }, best);
    const chosen =
      /^\d+$/.test(line) && line !== '0'
        ? group.alternatives[Number(line) - 1]
        : group.alternatives.find(({ path }) => path === line);
    if (chosen !== undefined) return await choose(call, asked, { ...group, manual: true }, chosen);
  }
}

async function remove(call: PlainCall, asked: Asked, group: LinkGroup, path: string): Promise<number> {
  const { io, process } = call;
  const current = currentOf(process, asked.places, group);
  const isChosen = current === path;
  const left = group.alternatives.filter((each) => each.path !== path);
  if (left.length === group.alternatives.length) return await io.end(0);
  if (isChosen && group.manual && left.length > 0 && !asked.quiet)
    io.line(`update-alternatives: removing manually selected alternative - switching ${group.name} to auto mode`);
  const manual = group.manual && !isChosen;
  const next = { ...group, manual, alternatives: left };
  return await choose(call, asked, next, manual ? left.find((each) => each.path === current) : bestOf(next));
}

async function install(call: PlainCall, asked: Asked): Promise<number> {
  const { io, process } = call;
  const [link = '', name = '', path = '', priority = ''] = asked.words;
  if (!/^[-+]?\d+$/.test(priority)) {
    await io.warn(
      `priority '${priority}' must be an integer\n\nUse 'update-alternatives --help' for program usage information.`,
    );
    return STATUS;
  }
  for (const [to, group, file] of [[link, name, path] as const, ...asked.slaves]) {
    if (/[/\s]/.test(group)) return await refused(io, `alternative name (${group}) must not contain '/' and spaces`);
    if (!to.startsWith('/')) return await refused(io, `alternative link is not absolute as it should be: ${to}`);
    if (!file.startsWith('/')) return await refused(io, `alternative path is not absolute as it should be: ${file}`);
  }
  if (failed(process.stat(path))) return await refused(io, `alternative path ${path} doesn't exist`);
  // Where an image lacks them.
  for (const directory of [ALTDIR, ADMINDIR]) process.mkdir(directory);
  const before = readGroup(process, asked.places, name);
  const added: Alternative = {
    path,
    priority: Number(priority),
    slaves: new Map(asked.slaves.map(([, slave, file]) => [slave, file])),
  };
  const others = (before?.alternatives ?? []).filter((each) => each.path !== path);
  const group: LinkGroup = {
    name,
    link,
    manual: before?.manual ?? false,
    slaves: new Map([...(before?.slaves ?? []), ...asked.slaves.map(([to, slave]): [string, string] => [slave, to])]),
    alternatives: [...others, added].toSorted((a, b) => (a.path < b.path ? -1 : 1)),
  };
  const current = currentOf(process, asked.places, group);
  const kept = group.alternatives.find((each) => each.path === current);
  return await choose(call, asked, group, group.manual && kept !== undefined ? kept : bestOf(group));
}
