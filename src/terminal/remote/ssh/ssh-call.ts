/** One call of ssh: its configuration, log and what it is to do once it is connected. */
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import type { Options } from '../../coreutils/command.ts';
import { textToBytes } from '../../text.ts';
import { matchesPattern } from '../openssh/config-include.ts';
import { SSH_SOFTWARE } from '../openssh/ssh-protocol.ts';
import type { SshConfig } from './ssh-config.ts';
import type { Route } from './ssh-connect.ts';
import { readLocalForward, type LocalForward } from './ssh-forward.ts';
import { logLevelOf, SshLog, type LogLevel } from './ssh-log.ts';
import { configFor, splitDestination } from './ssh-target.ts';

export const OPENSSL = 'OpenSSL 3.0.13 30 Jan 2024';

export interface Call {
  readonly options: Options;
  readonly config: SshConfig;
  readonly log: SshLog;
  readonly route: Route;
  readonly forwards: readonly LocalForward[];
  /** What follows the destination. */
  readonly words: readonly string[];
  /** What runs there; undefined for a login shell. */
  readonly command: string | undefined;
  readonly tty: boolean;
  /** The character that begins an escape at the start of a line. */
  readonly escape: string | undefined;
  /** Nothing but what is forwarded (-N), or a subsystem (-s). */
  readonly only: 'forwards' | 'subsystem' | undefined;
}

/** Reads configuration and command line; undefined where they cannot be followed and that was said. `level` stands for theirs. */
export async function prepareCall(process: Process, options: Options, level?: LogLevel): Promise<Call | undefined> {
  const [typed = '', ...words] = options.operands;
  const destination = splitDestination(typed);
  const config = configFor(process, options, destination);
  const log = logOf(process, options, level ?? levelOf(options, config));
  if (log === undefined) return undefined;
  if (log.isVerbose) await log.error(`${SSH_SOFTWARE}, ${OPENSSL}`);
  for (const step of config.steps) await log.debug(step);
  const forwards = localForwards(config, options.has('g') || config.flag('gatewayports', false));
  const command = words.length > 0 ? words.join(' ') : remoteCommand(config);
  const type = options.has('N') ? 'none' : options.has('s') ? 'subsystem' : config.value('sessiontype')?.toLowerCase();
  const only = type === 'none' ? 'forwards' : type === 'subsystem' ? 'subsystem' : undefined;
  const problems = [
    ...config.problems,
    ...(typeof forwards === 'string' ? [forwards] : []),
    ...(words.length > 0 && remoteCommand(config) !== undefined
      ? ['Cannot execute command-line and remote command.']
      : []),
    ...(options.has('f') && command === undefined && only !== 'forwards'
      ? ['Cannot fork into background without a command to execute.']
      : []),
  ];
  for (const problem of problems) await log.error(problem);
  if (problems.length > 0 || typeof forwards === 'string') return undefined;
  for (const path of options.values('i')) {
    const stat = process.stat(path);
    if (failed(stat))
      await process.write(2, textToBytes(`Warning: Identity file ${path} not accessible: ${strerror(stat)}.\n`));
  }
  const tty = await wantsTerminal(process, log, options, config, command !== undefined, only);
  const route: Route = { options, config, host: destination.host, secrets: new Map(), depth: 0 };
  return { options, config, log, route, forwards, words, command, only, tty, escape: escapeOf(options, config) };
}

/** -q, -v and LogLevel. */
const levelOf = (options: Options, config: SshConfig): LogLevel =>
  options.has('v') ? 'verbose' : options.has('q') ? 'silent' : logLevelOf(config.value('loglevel') ?? 'info');

/** -E; undefined where the file cannot be written. */
function logOf(process: Process, options: Options, level: LogLevel): SshLog | undefined {
  const path = options.value('E');
  const file = path === undefined ? undefined : process.open(path, { write: true, create: true, append: true });
  if (file === undefined) return new SshLog(process, { level });
  return failed(file) ? undefined : new SshLog(process, { level, file });
}

/** What -L and LocalForward ask for, or which of them is none. */
function localForwards(config: SshConfig, everywhere: boolean): readonly LocalForward[] | string {
  if (config.flag('clearallforwardings', false)) return [];
  const forwards: LocalForward[] = [];
  for (const text of config.values('localforward')) {
    const forward = readLocalForward(text, everywhere);
    if (forward === undefined) return `Bad local forwarding specification '${text}'`;
    forwards.push(forward);
  }
  return forwards;
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
  only: Call['only'],
): Promise<boolean> {
  const request = config.value('requesttty')?.toLowerCase();
  const forced = options.values('t').length > 1 || request === 'force';
  const asked = options.has('t') || request === 'yes' || !hasCommand;
  if (options.has('T') || options.has('W') || request === 'no' || only !== undefined) return false;
  if (forced) return true;
  if (!asked) return false;
  if (process.isatty(0)) return true;
  await log.info('Pseudo-terminal will not be allocated because stdin is not a terminal.');
  return false;
}

/** -e and EscapeChar. */
function escapeOf(options: Options, config: SshConfig): string | undefined {
  const text = options.value('e') ?? config.value('escapechar') ?? '~';
  if (text === 'none') return undefined;
  return text.length === 2 ? String.fromCharCode(text.charCodeAt(1) & 31) : text;
}

/** SendEnv and SetEnv; what sshd makes of them is its own. */
export function sentEnvironment(process: Process, config: SshConfig): Readonly<Record<string, string>> {
  const patterns = config.values('sendenv').flatMap((value) => value.split(/\s+/));
  const sent = Object.entries(process.env).filter(([name]) =>
    patterns.some((pattern) => matchesPattern(name, pattern)),
  );
  const set = config
    .values('setenv')
    .flatMap((value) => value.match(/\S+?=(?:"[^"]*"|\S*)/g) ?? [])
    .map((text): [string, string] => {
      const at = text.indexOf('=');
      return [text.slice(0, at), text.slice(at + 1).replace(/^"(.*)"$/, '$1')];
    });
  return { ...Object.fromEntries(sent), ...Object.fromEntries(set) };
}
