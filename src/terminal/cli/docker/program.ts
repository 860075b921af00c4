/**
 * docker, the command line of the Docker Engine (28.2).
 * Models: the commands in this folder, each with the flags it names.
 * Leaves out: build, compose, a swarm, plugins, contexts of one's own, long help texts; what is known but not modelled says so.
 */
import { encodeUtf8 } from '../../../protocol/bytes.ts';
import type { Process, Program } from '../../../protocol/program.ts';
import { findCommand, readFlags, type Command } from '../framework/command.ts';
import { readFlagTable } from '../framework/flag-table.ts';
import { Flags, type FlagSpec } from '../framework/flags.ts';
import { STARTUP_US } from '../framework/startup.ts';
import { Io } from '../../io.ts';
import { Client } from './client.ts';
import { complete } from './complete.ts';
import { archiveVerbs } from './archives.ts';
import { containerVerbs } from './containers.ts';
import type { Context, Verb } from './context.ts';
import { contextVerbs } from './contexts.ts';
import { copy } from './cp.ts';
import { diskUsageVerbs } from './disk-usage.ts';
import { eventVerbs } from './events.ts';
import { Fatal, endOf, usageFatal } from './fatal.ts';
import { DOCKER_FLAGS } from './flags.generated.ts';
import { imageVerbs } from './images.ts';
import { inspectVerbs } from './inspect.ts';
import { loginVerbs } from './login.ts';
import { networkVerbs } from './networks.ts';
import { pluginVerbs } from './plugins.ts';
import { pruneVerbs } from './prune.ts';
import { psVerbs } from './ps.ts';
import { pull } from './pull.ts';
import { runVerbs } from './run.ts';
import { HIDDEN, SHORTS } from './shorts.ts';
import { statsVerbs } from './stats.ts';
import { swarmVerbs } from './swarm.ts';
import { infoVerb } from './info.ts';
import { versionVerb } from './version.ts';
import { volumeVerbs } from './volumes.ts';

const FACTS = readFlagTable(DOCKER_FLAGS);
const PLAIN: Readonly<Record<string, Verb>> = {
  ...runVerbs,
  ...psVerbs,
  ...containerVerbs,
  ...statsVerbs,
  ...imageVerbs,
  ...networkVerbs,
  ...volumeVerbs,
  ...inspectVerbs,
  ...pruneVerbs,
  ...diskUsageVerbs,
  ...eventVerbs,
  version: versionVerb,
  info: infoVerb,
  ...loginVerbs,
  ...archiveVerbs,
  ...contextVerbs,
  ...pluginVerbs,
  ...swarmVerbs,
  pull,
  cp: copy,
};

/** `docker container stop` is `docker stop`, and so on. */
const SAME: Readonly<Record<string, string>> = {
  'container ls': 'ps',
  'image ls': 'images',
  'image rm': 'rmi',
  'system events': 'events',
  'system info': 'info',
};

function verbOf(path: string): Verb | undefined {
  const words = path.replace(/^docker ?/, '');
  const [noun = '', ...rest] = words.split(' ');
  return (
    PLAIN[words] ??
    PLAIN[SAME[words] ?? ''] ??
    (noun === 'container' || noun === 'image' ? PLAIN[rest.join(' ')] : undefined)
  );
}

/** Flags of older releases, which help no longer shows. */
const TIME: readonly FlagSpec[] = [{ name: 'time', type: 'int', default: '0' }];
const DEPRECATED: Readonly<Record<string, readonly FlagSpec[]>> = {
  'docker stop': TIME,
  'docker restart': TIME,
  'docker container stop': TIME,
  'docker container restart': TIME,
  'docker volume create': [{ name: 'name', type: 'string', default: '' }],
};

function build(path: string): Command<Verb> {
  const facts = FACTS.get(path);
  const verb = verbOf(path);
  const children = [...FACTS.keys()].filter(
    (other) => other.startsWith(`${path} `) && !other.slice(path.length + 1).includes(' '),
  );
  return {
    name: path.split(' ').at(-1) ?? path,
    ...(facts === undefined || facts.aliases.length === 0 ? {} : { aliases: facts.aliases }),
    ...(verb === undefined ? {} : { use: verb.use, short: verb.short, run: verb }),
    ...(facts === undefined || path === 'docker' ? {} : { flags: [...facts.flags, ...(DEPRECATED[path] ?? [])] }),
    ...(verb?.interspersed === undefined ? {} : { interspersed: verb.interspersed }),
    ...(children.length === 0 ? {} : { commands: children.map(build) }),
  };
}

export const DOCKER_GLOBALS: readonly FlagSpec[] = [
  { name: 'config', type: 'string', default: '' },
  { name: 'context', short: 'c', type: 'string', default: '' },
  { name: 'debug', short: 'D', type: 'bool', default: '' },
  { name: 'host', short: 'H', type: 'array', default: '' },
  { name: 'log-level', short: 'l', type: 'string', default: 'info' },
  { name: 'tls', type: 'bool', default: '' },
  { name: 'version', short: 'v', type: 'bool', default: '' },
];
/** The tree of commands. */
export const DOCKER: Command<Verb> = build('docker');

const ABSENT: Readonly<Record<string, string>> = {
  compose: 'docker compose',
  buildx: 'docker buildx',
  scout: 'docker scout',
  debug: 'docker debug',
  sbom: 'docker sbom',
  init: 'docker init',
  model: 'docker model',
  mcp: 'docker mcp',
};

export const docker: Program = {
  name: 'docker',
  memoryBytes: 28 * 1024 * 1024,
  run: async (process) => {
    await process.cpu(STARTUP_US.docker);
    const io = new Io(process, 'docker');
    try {
      return await io.end(await dispatch(process, io));
    } catch (problem) {
      if (!(problem instanceof Fatal)) throw problem;
      await io.flush();
      if (problem.text !== '') await process.write(2, encodeUtf8(`${problem.text}\n`));
      return problem.code;
    }
  },
};

async function dispatch(process: Process, io: Io): Promise<number> {
  const words = process.argv.slice(1);
  const host = hostOf(process, words);
  if (words[0] === '__complete' || words[0] === '__completeNoDesc')
    return complete(DOCKER, DOCKER_GLOBALS, new Client(process, host.host), io, words.slice(1));
  if (host.words.length === 1 && (host.words[0] === '-v' || host.words[0] === '--version')) {
    io.line('Docker version 28.2.2, build simulated');
    return 0;
  }
  const found = findCommand(DOCKER, host.words, DOCKER_GLOBALS);
  const path = found.path.join(' ');
  const verb = found.command.run;
  if (verb === undefined) return noVerb(io, found.path, found.command, found.rest);
  const flags = readFlags(found, []);
  if (!(flags instanceof Flags)) {
    if (flags.type === 'help') {
      io.out(usage(path, verb));
      return 0;
    }
    throw usageFatal(flags.message, path, verb.use);
  }
  checkArguments(path, verb, flags.args.length);
  const missing = flags.given().find((name) => !verb.flags.includes(name));
  if (missing !== undefined) throw new Fatal(`drydock: '${path} --${missing}' is not simulated`);
  if (flags.changed('time')) io.line('Flag --time has been deprecated, use --timeout instead');
  const context: Context = { process, io, client: new Client(process, host.host), flags, path };
  try {
    return await verb.run(context);
  } catch (problem) {
    throw endOf(problem, path, verb.use);
  }
}

function hostOf(
  process: Process,
  words: readonly string[],
): { readonly host: string; readonly words: readonly string[] } {
  const initial = process.env['DOCKER_HOST'] ?? 'unix:///var/run/docker.sock';
  const [first, second = '', ...rest] = words;
  if (first === '-H' || first === '--host') return { host: second, words: rest };
  const equals = /^(?:--host|-H)=(.*)$/.exec(first ?? '');
  if (equals !== null) return { host: equals[1] ?? initial, words: words.slice(1) };
  return { host: initial === '' ? 'unix:///var/run/docker.sock' : initial, words };
}

function noVerb(io: Io, path: readonly string[], command: Command<Verb>, rest: readonly string[]): number {
  const name = path.join(' ');
  const word = rest.find((each) => !each.startsWith('-'));
  if (path.length === 1 && word !== undefined) {
    if (ABSENT[word] !== undefined) throw new Fatal(`drydock: '${ABSENT[word]}' is not simulated`);
    throw new Fatal(`docker: unknown command: docker ${word}\n\nRun 'docker --help' for more information`);
  }
  if (command.commands === undefined) throw new Fatal(`drydock: '${name}' is not simulated`);
  if (word !== undefined)
    throw new Fatal(
      `docker: unknown command: ${name} ${word}\n\nUsage:  ${name}\n\nRun '${name} --help' for more information`,
    );
  const flag = rest[0];
  if (flag !== undefined && flag !== '--help' && flag !== '-h')
    throw usageFatal(`unknown flag: ${flag}`, name, path.length === 1 ? '[OPTIONS] COMMAND [ARG...]' : 'COMMAND');
  const text = nounHelp(path, command);
  // docker alone shows its help; a noun alone is told on standard error what it has.
  if (path.length > 1 && flag === undefined) throw new Fatal(text.trimEnd(), 0);
  io.out(text);
  return 0;
}

function nounHelp(path: readonly string[], command: Command<Verb>): string {
  const name = path.join(' ');
  const within = path.slice(1);
  const lines = (command.commands ?? [])
    .map((child) => ({ child, words: [...within, child.name].join(' ') }))
    .filter(({ words }) => !HIDDEN.has(words))
    .map(({ child, words }) => `  ${child.name.padEnd(11)} ${child.run?.short ?? SHORTS[words] ?? ''}`.trimEnd());
  const short = within.length === 0 ? 'A self-sufficient runtime for containers' : (SHORTS[within.join(' ')] ?? '');
  return `Usage:  ${name} ${within.length === 0 ? '[OPTIONS] ' : ''}COMMAND\n\n${short}\n\nCommands:\n${lines.join('\n')}\n\nRun '${name} COMMAND --help' for more information on a command.\n`;
}

const usage = (path: string, verb: Verb): string =>
  `Usage:  ${path} ${verb.use}\n\n${verb.short}\n\nOptions:\n${verb.flags.map((name) => `      --${name}\n`).join('')}`;

function checkArguments(path: string, { args: [least, most], use }: Verb, count: number): void {
  if (count >= least && count <= most) return;
  const { wants, hint } = argumentRule(least, most);
  const line = `${path} ${use}`.trimEnd();
  throw new Fatal(`docker: '${path}' ${wants}\n\nUsage:  ${line}\n\n${hint} '${path} --help' for more information`);
}

/** How docker 28.2 tells each of its rules (cli/required.go), the slip in one of them included. */
function argumentRule(least: number, most: number): { readonly wants: string; readonly hint: string } {
  const plural = (count: number): string => `${String(count)} argument${count === 1 ? '' : 's'}`;
  if (most === 0) return { wants: 'accepts no arguments', hint: 'Run' };
  if (least === most) return { wants: `requires ${plural(least)}`, hint: 'Run' };
  if (most === Infinity) return { wants: `requires at least ${plural(least)}`, hint: 'See' };
  if (least === 0) return { wants: `requires at most ${plural(most)}`, hint: 'SRun' };
  return { wants: `requires at least ${String(least)} and at most ${plural(most)}`, hint: 'Run' };
}
