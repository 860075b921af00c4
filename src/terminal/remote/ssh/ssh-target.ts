/** Where ssh goes, as whom, and by which means: the command line and the configuration put together. */
import { failed } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { userNameOf } from '../../accounts.ts';
import type { Options } from '../../coreutils/command.ts';
import type { HostKeyPolicy } from './host-key-check.ts';
import type { AuthMethod } from '../openssh/ssh-protocol.ts';
import { METHODS } from './ssh-auth.ts';
import { homeOf, SshConfig } from './ssh-config.ts';

export interface SshTarget {
  /** HostName: what is looked up and remembered. */
  readonly host: string;
  /** HostKeyAlias. */
  readonly alias: string | undefined;
  readonly ip: string;
  readonly port: number;
  readonly user: string;
  readonly home: string;
  readonly identityFiles: readonly string[];
  /** Keys of an agent are not offered. */
  readonly identitiesOnly: boolean;
  readonly batch: boolean;
  /** Those that are switched on, in the order that they are tried in. */
  readonly methods: readonly AuthMethod[];
  readonly passwordPrompts: number;
}

/** `user@host`, `host` or `ssh://user@host:port`. */
export function splitDestination(text: string): {
  readonly user?: string;
  readonly host: string;
  readonly port?: string;
} {
  const uri = /^ssh:\/\/(?:([^@/]+)@)?([^:/]+)(?::(\d+))?\/?$/.exec(text);
  if (uri !== null)
    return {
      host: uri[2] ?? '',
      ...(uri[1] === undefined ? {} : { user: uri[1] }),
      ...(uri[3] === undefined ? {} : { port: uri[3] }),
    };
  const at = text.lastIndexOf('@');
  return { host: text.slice(at + 1), ...(at < 0 ? {} : { user: text.slice(0, at) }) };
}

/** Reads the configuration for one call. */
export function configFor(
  process: Process,
  options: Options,
  destination: ReturnType<typeof splitDestination>,
): SshConfig {
  const config = new SshConfig(process, destination.host);
  config.set('port', destination.port ?? options.value('p'));
  config.set('user', options.value('l') ?? destination.user);
  config.set('proxyjump', options.value('J'));
  for (const forward of options.values('L')) config.set('localforward', forward);
  config.set('tag', options.value('P'));
  for (const file of options.values('i')) if (!failed(process.stat(file))) config.set('identityfile', file);
  for (const text of options.values('o')) config.option(text);
  const given = options.value('F');
  if (given !== undefined) {
    if (given !== 'none' && !config.file(given))
      config.problems.push(`Can't open user config file ${given}: No such file or directory`);
  } else {
    config.userFile(`${homeOf(process)}/.ssh/config`);
    config.file('/etc/ssh/ssh_config');
  }
  return config;
}

/** The target without its address, which is looked up next. */
export function targetOf(process: Process, config: SshConfig, typed: string): Omit<SshTarget, 'ip'> {
  const own = userNameOf(process, process.credentials().uid) ?? 'root';
  const host = (config.value('hostname') ?? typed).replace(/%h/g, typed);
  const user = config.value('user') ?? own;
  const tokens = { h: host, r: user, u: own, p: config.value('port') ?? '22' };
  return {
    host,
    user,
    alias: config.value('hostkeyalias'),
    port: Number(config.value('port') ?? '22'),
    home: homeOf(process),
    identityFiles: config.values('identityfile').map((path) => config.expand(path, tokens)),
    identitiesOnly: config.flag('identitiesonly', false),
    batch: config.flag('batchmode', false),
    methods: methodsOf(config),
    passwordPrompts: Number(config.value('numberofpasswordprompts') ?? '3'),
  };
}

function methodsOf(config: SshConfig): readonly AuthMethod[] {
  const on: Readonly<Record<AuthMethod, boolean>> = {
    publickey: config.value('pubkeyauthentication')?.toLowerCase() !== 'no',
    password: config.flag('passwordauthentication', true),
    'keyboard-interactive': config.flag('kbdinteractiveauthentication', true),
  };
  const preferred = config.value('preferredauthentications')?.split(',');
  const order = preferred?.flatMap((name) => METHODS.find((method) => method === name) ?? []) ?? METHODS;
  return order.filter((method) => on[method]);
}

export function policyOf(
  config: SshConfig,
  { host, alias, ip, port, batch }: SshTarget,
): Omit<HostKeyPolicy, 'algorithms'> {
  const strict = config.value('stricthostkeychecking')?.toLowerCase() ?? 'ask';
  const files = (name: string, otherwise: string): readonly string[] =>
    (config.value(name) ?? otherwise).split(/\s+/).map((path) => config.expand(path));
  return {
    host,
    alias,
    ip,
    port,
    batch,
    picture: config.flag('visualhostkey', false),
    strict: strict === 'off' ? 'no' : strict === 'yes' || strict === 'no' || strict === 'accept-new' ? strict : 'ask',
    hashNames: config.flag('hashknownhosts', false),
    userFiles: files('userknownhostsfile', '~/.ssh/known_hosts ~/.ssh/known_hosts2'),
    globalFiles: files('globalknownhostsfile', '/etc/ssh/ssh_known_hosts /etc/ssh/ssh_known_hosts2'),
  };
}
