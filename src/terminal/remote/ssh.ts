/**
 * ssh (OpenSSH 9.6): a shell or a command on another host of the lab.
 * Models: host keys and known_hosts, keys and passwords, configuration files, terminals, exit status. Leaves out: encryption,
 * agents, forwarding of ports, X11 and jumps (refused by name), keys with a passphrase, escape characters.
 */
import { failed, strerror } from '../../protocol/errno.ts';
import type { Fd, Process } from '../../protocol/program.ts';
import type { Applet } from '../coreutils/command.ts';
import type { Options } from '../coreutils/command.ts';
import { Io } from '../io.ts';
import { resolveErrorText, resolveHost } from '../resolver.ts';
import { checkHostKey } from './host-key-check.ts';
import { readOpensshOptions } from './openssh-options.ts';
import { authenticateTo } from './ssh-auth.ts';
import type { SshConfig } from './ssh-config.ts';
import { exchangeBanners, nextReply } from './ssh-connection.ts';
import { SshLog } from './ssh-log.ts';
import { SSH_SOFTWARE } from './ssh-protocol.ts';
import { runSession } from './ssh-session.ts';
import { configFor, policyOf, splitDestination, targetOf, type SshTarget } from './ssh-target.ts';

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
const NOT_SIMULATED = ['D', 'E', 'f', 'G', 'I', 'J', 'L', 'M', 'O', 'Q', 'R', 'W', 'w'];
/** CPU time of a key exchange and its signatures, µs. */
const KEY_EXCHANGE_US = 12_000;

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
  const wanted = targetOf(process, config, destination.host);
  if (log.isVerbose) await log.error(`${SSH_SOFTWARE}, OpenSSL 3.0.13 30 Jan 2024`);
  for (const path of options.values('i')) {
    const stat = process.stat(path);
    if (failed(stat)) await log.info(`Warning: Identity file ${path} not accessible: ${strerror(stat)}.`);
  }
  const opened = await open(process, log, config, wanted);
  if (opened === undefined) return 255;
  const { fd, target } = opened;
  if (!(await admitted(process, log, config, fd, target))) {
    process.close(fd);
    return 255;
  }
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

/** The target's address, connected. */
async function open(
  process: Process,
  log: SshLog,
  config: SshConfig,
  wanted: Omit<SshTarget, 'ip'>,
): Promise<{ readonly fd: Fd; readonly target: SshTarget } | undefined> {
  const { host, port } = wanted;
  const found = await resolveHost(process, host);
  const ip = found.type === 'found' ? found.addresses[0] : undefined;
  if (found.type === 'failed' || ip === undefined) {
    await log.error(
      `ssh: Could not resolve hostname ${host}: ${found.type === 'failed' ? resolveErrorText(found.reason) : ''}`,
    );
    return undefined;
  }
  await log.debug(`Connecting to ${host} [${ip}] port ${String(port)}.`);
  const patience = config.value('connecttimeout');
  const fd = await process.connect(
    { family: 'inet', ip, port },
    patience === undefined ? {} : { timeoutUs: Number(patience) * 1e6 },
  );
  if (failed(fd)) {
    await log.error(`ssh: connect to host ${host} port ${String(port)}: ${strerror(fd)}`);
    return undefined;
  }
  await log.debug('Connection established.');
  return { fd, target: { ...wanted, ip } };
}

/** Banners, the host's key, then who the user is. */
async function admitted(process: Process, log: SshLog, config: SshConfig, fd: Fd, target: SshTarget): Promise<boolean> {
  const { ip, port, host, user } = target;
  const greeting = await exchangeBanners(process, fd);
  if (greeting !== 'ssh') {
    await log.error(
      greeting === 'closed'
        ? `kex_exchange_identification: Connection closed by remote host\nConnection closed by ${ip} port ${String(port)}`
        : 'kex_exchange_identification: banner line contains invalid characters',
    );
    return false;
  }
  const reply = await nextReply(process, fd);
  if (reply?.type !== 'host-keys') {
    await log.error(`Connection closed by ${ip} port ${String(port)}`);
    return false;
  }
  await process.cpu(KEY_EXCHANGE_US);
  const verdict = await checkHostKey(process, log, reply.keys, policyOf(config, target));
  if (verdict === 'refused') return false;
  await log.debug(`Authenticating to ${host}:${String(port)} as '${user}'`);
  return await authenticateTo(process, log, fd, verdict === 'trusted' ? target : { ...target, password: false });
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
