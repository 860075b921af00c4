/**
 * ssh (OpenSSH 9.6): a shell or a command on another host of the lab.
 * Models: host keys and known_hosts, keys and passwords, configuration files, terminals, exit status. Leaves out: encryption,
 * agents that come along, other forwarding than -L, -W and jumps (refused by name), keys with a passphrase, escape characters.
 */
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Fd, Process } from '../../../protocol/program.ts';
import type { Applet } from '../../coreutils/command.ts';
import type { Options } from '../../coreutils/command.ts';
import { Io } from '../../io.ts';
import { readOpensshOptions } from '../openssh/openssh-options.ts';
import { connectTo, type Route } from './ssh-connect.ts';
import type { SshConfig } from './ssh-config.ts';
import { nextReply } from '../openssh/ssh-connection.ts';
import {
  forwardAll,
  listenFor,
  readEndpoint,
  readLocalForward,
  requestDirect,
  type LocalForward,
} from './ssh-forward.ts';
import { SshLog } from './ssh-log.ts';
import { SSH_SOFTWARE } from '../openssh/ssh-protocol.ts';
import { answerQuery } from './ssh-query.ts';
import { runSession } from './ssh-session.ts';
import { portOf } from './ssh-setting-values.ts';
import { configFor, splitDestination } from './ssh-target.ts';

const USAGE = `usage: ssh [-46AaCfGgKkMNnqsTtVvXxYy] [-B bind_interface] [-b bind_address]
           [-c cipher_spec] [-D [bind_address:]port] [-E log_file]
           [-e escape_char] [-F configfile] [-I pkcs11] [-i identity_file]
           [-J destination] [-L address] [-l login_name] [-m mac_spec]
           [-O ctl_cmd] [-o option] [-P tag] [-p port] [-R address]
           [-S ctl_path] [-W host:port] [-w local_tun[:remote_tun]]
           destination [command [argument ...]]
       ssh [-Q query_option]
`;
const SHORT = '46AaCfGgKkMNnqsTtVvXxYyB:b:c:D:E:e:F:I:i:J:L:l:m:O:o:P:p:Q:R:S:W:w:';
/** Letters whose absence a person would notice. */
const NOT_SIMULATED = 'ABDEIKMORSXYbfGmw'.split('');
/** Channels before it: a listener for each family, and the session. */
const FIRST_FORWARDED = 3;

const applet: Applet['applet'] = async (process, _flavour, argv) => {
  const io = new Io(process, 'ssh');
  const options = parseArguments(argv.slice(1));
  if ('problem' in options) {
    await io.raw(`${options.problem}\n${USAGE}`);
    return 255;
  }
  if (options.has('V')) {
    await io.raw(`${SSH_SOFTWARE}, OpenSSL 3.0.13 30 Jan 2024\n`);
    return 0;
  }
  const query = options.value('Q');
  if (query !== undefined) return await answerTo(io, query);
  const wrongPort = options.values('p').find((port) => portOf(port) === undefined);
  if (wrongPort !== undefined) {
    await io.raw(`Bad port '${wrongPort}'\n`);
    return 255;
  }
  const [destination, ...words] = options.operands;
  if (destination === undefined) {
    await io.raw(USAGE);
    return 255;
  }
  const absent = NOT_SIMULATED.find((letter) => options.has(letter));
  if (absent !== undefined) {
    await io.raw(`drydock: 'ssh -${absent}' is not simulated\n`);
    return 255;
  }
  return await connectAndRun(process, options, splitDestination(destination), words);
};

/** -Q */
async function answerTo(io: Io, query: string): Promise<number> {
  const lines = answerQuery(query);
  if (lines === undefined) {
    await io.raw(`Unsupported query "${query}"\n`);
    return 255;
  }
  for (const line of lines) io.line(line);
  return await io.end(0);
}

/** Options may stand before and right after the destination. */
function parseArguments(args: readonly string[]): Options | { readonly problem: string } {
  const spec = { name: 'ssh', short: SHORT, stopEarly: true };
  const first = readOpensshOptions(args, spec);
  if ('problem' in first) return first;
  const [destination, ...rest] = first.operands;
  if (destination === undefined || !(rest[0] ?? '').startsWith('-')) return first;
  const second = readOpensshOptions(rest, spec);
  if ('problem' in second) return second;
  const order = [...first.order, ...second.order];
  const values = (letter: string): readonly string[] =>
    order.filter(([each]) => each === letter).map(([, value]) => value);
  return {
    operands: [destination, ...second.operands],
    order,
    has: (letter) => order.some(([each]) => each === letter),
    value: (letter) => values(letter).at(-1),
    values,
  };
}

async function connectAndRun(
  process: Process,
  options: Options,
  destination: ReturnType<typeof splitDestination>,
  words: readonly string[],
): Promise<number> {
  const config = configFor(process, options, destination);
  const quiet = options.has('q') || /^(quiet|fatal)$/i.test(config.value('loglevel') ?? '');
  const log = new SshLog(process, {
    quiet: quiet || /^error$/i.test(config.value('loglevel') ?? ''),
    verbose: options.has('v'),
  });
  for (const problem of config.problems) await log.error(problem);
  if (config.problems.length > 0) return 255;
  if (log.isVerbose) await log.error(`${SSH_SOFTWARE}, OpenSSL 3.0.13 30 Jan 2024`);
  for (const path of options.values('i')) {
    const stat = process.stat(path);
    if (failed(stat)) await log.info(`Warning: Identity file ${path} not accessible: ${strerror(stat)}.`);
  }
  const forwards = localForwards(config);
  if (typeof forwards === 'string') {
    await log.error(forwards);
    return 255;
  }
  const route: Route = { options, config, host: destination.host, secrets: new Map(), depth: 0 };
  const connected = await connectTo(process, log, route);
  if (connected === undefined) return 255;
  const { fd, target } = connected;
  const given = options.value('W');
  if (given !== undefined) return await forwardStreams(process, log, fd, given);
  const listening = await listenFor(process, log, forwards);
  if (listening.length < forwards.length && config.flag('exitonforwardfailure', false)) return 255;
  const channel = { next: FIRST_FORWARDED };
  const again = async (): Promise<Fd | undefined> => (await connectTo(process, log, route))?.fd;
  for (const each of listening) void forwardAll(process, log, each, channel, again);
  if (options.has('N')) {
    await nextReply(process, fd);
    return 255;
  }
  const subsystem = options.has('s') ? words.join(' ') : undefined;
  const text = words.length > 0 ? words.join(' ') : remoteCommand(config);
  const command = subsystem === undefined ? text : undefined;
  const code = await runSession(process, log, fd, target, {
    command,
    subsystem,
    tty: await wantsTerminal(process, log, options, config, words.length > 0),
    noInput: options.has('n'),
    env: sentEnvironment(process, config),
  });
  process.close(fd);
  return code;
}

/** What -L and LocalForward ask for, or which of them is none. */
function localForwards(config: SshConfig): readonly LocalForward[] | string {
  if (config.flag('clearallforwardings', false)) return [];
  const forwards: LocalForward[] = [];
  for (const text of config.values('localforward')) {
    const forward = readLocalForward(text);
    if (forward === undefined) return `Bad local forwarding specification '${text}'`;
    forwards.push(forward);
  }
  return forwards;
}

/** -W: standard input and output go to a host and port. */
async function forwardStreams(process: Process, log: SshLog, fd: Fd, text: string): Promise<number> {
  const endpoint = readEndpoint(text);
  if (endpoint === undefined) {
    await log.error(`Bad stdio forwarding specification '${text}'`);
    return 255;
  }
  const reason = await requestDirect(process, fd, endpoint);
  if (reason !== undefined) {
    await log.error(`channel 0: open failed: ${reason}\nstdio forwarding failed`);
    return 255;
  }
  const sending = sendInput(process, fd);
  for (;;) {
    const segment = await process.receive(fd);
    if (segment === undefined || failed(segment)) break;
    if (segment.type === 'bytes') await process.write(1, segment.bytes);
  }
  void sending;
  return 0;
}

async function sendInput(process: Process, fd: Fd): Promise<void> {
  for (;;) {
    const bytes = await process.read(0, 65_536);
    if (failed(bytes) || bytes.length === 0) break;
    await process.send(fd, { type: 'bytes', bytes });
  }
  process.shutdown(fd);
}

/** RemoteCommand, where it is not `none`. */
function remoteCommand(config: SshConfig): string | undefined {
  const command = config.value('remotecommand');
  return command === 'none' ? undefined : command;
}

/** Whether the session gets a pseudo-terminal: for a shell, or where -t asks; -tt does without one of ssh's own. */
async function wantsTerminal(
  process: Process,
  log: SshLog,
  options: Options,
  config: SshConfig,
  hasCommand: boolean,
): Promise<boolean> {
  const request = config.value('requesttty')?.toLowerCase();
  const forced = options.values('t').length > 1 || request === 'force';
  const asked = options.has('t') || request === 'yes' || (!hasCommand && remoteCommand(config) === undefined);
  if (options.has('T') || request === 'no' || options.has('s')) return false;
  if (forced) return true;
  if (!asked) return false;
  if (process.isatty(0)) return true;
  await log.info('Pseudo-terminal will not be allocated because stdin is not a terminal.');
  return false;
}

/** SendEnv and SetEnv; sshd accepts LANG and LC_* as Ubuntu sets it up. */
function sentEnvironment(process: Process, config: SshConfig): Readonly<Record<string, string>> {
  const patterns = config.values('sendenv').flatMap((value) => value.split(/\s+/));
  const accepted = ([name]: readonly [string, string]): boolean =>
    (name === 'LANG' && patterns.includes('LANG')) || (name.startsWith('LC_') && patterns.includes('LC_*'));
  return Object.fromEntries(Object.entries(process.env).filter(accepted));
}

export const ssh: Applet = {
  name: 'ssh',
  memoryBytes: 4_000_000,
  run: (process) => applet(process, 'gnu', process.argv),
  applet,
};
