/** One session of sshd: a shell, a command or a subsystem for a user that has been let in. */
import { failed, strerror, type Result } from '../../../protocol/errno.ts';
import type { Plain } from '../../../protocol/plain.ts';
import type { Credentials, Fd, Pid, Process, SpawnOptions, WindowSize } from '../../../protocol/program.ts';
import type { Account } from '../../accounts.ts';
import { fileText } from '../../io.ts';
import { credentialsOf } from '../../system/accounts/become-user.ts';
import { ask } from '../../systemd/client.ts';
import { textToBytes } from '../../text.ts';
import { matchesList } from '../openssh/config-include.ts';
import { serveForward } from './relay.ts';
import { nextRequest, sendSsh } from '../openssh/ssh-connection.ts';
import { sshRequest, type SshOpen } from '../openssh/ssh-protocol.ts';
import type { Admitted } from './sshd-auth.ts';
import type { SshdConfig } from './sshd-config.ts';
import { logAt } from './sshd-log.ts';

/** What internal-sftp goes on as: a process of sshd's own, that needs no program in the new root. */
export interface InternalSftp {
  readonly role: 'internal-sftp';
  readonly credentials?: Credentials;
}

/** Serves the session that the client asks for; the exit code of the process that does so. */
export async function serveSession(process: Process, fd: Fd, config: SshdConfig, admitted: Admitted): Promise<number> {
  const request = await nextRequest(process, fd);
  if (request?.type === 'direct') return await serveForward(process, fd, request, config, admitted);
  if (request?.type !== 'open') return 0;
  const refuse = async (reason: string): Promise<number> => {
    await sendSsh(process, fd, { type: 'refused', reason });
    return 0;
  };
  if (config.maxSessions === 0) {
    await logAt(process, config, 'error', 'error: no more sessions');
    return await refuse('channel 0: open failed: connect failed: open failed');
  }
  const subsystem = request.subsystem === undefined ? undefined : subsystemCommand(request.subsystem, config);
  if (request.subsystem !== undefined && subsystem === undefined)
    return await refuse('subsystem request failed on channel 0');
  const forced = config.forceCommand ?? admitted.key?.command;
  const asked = subsystem ?? request.command;
  const command = forced ?? asked;
  const terminal = config.permitTty && admitted.key?.pty !== false;
  if (request.size !== undefined && !terminal) await sendSsh(process, fd, { type: 'no-terminal' });
  const streams = openStreams(process, terminal ? request.size : undefined);
  if (streams === undefined) return 255;
  const login = config.usePam ? await openLogin(process, fd, admitted, streams) : {};
  await tellSession(process, config, fd, admitted, command, streams);
  const wrongRoot = enterRoot(process, config, admitted.account);
  if (wrongRoot !== undefined) {
    await logAt(process, config, 'error', `fatal: ${wrongRoot}`);
    return 255;
  }
  const original = forced === undefined || asked === undefined ? {} : { SSH_ORIGINAL_COMMAND: asked };
  const env = { ...sessionEnvironment(process, fd, config, admitted, request, streams, login), ...original };
  await runRc(process, config, admitted, request, env, streams);
  const pid = spawnShell(process, admitted, config, command, env, streams);
  for (const end of streams.childEnds) process.close(end);
  if (failed(pid)) {
    await sendSsh(process, fd, { type: 'stderr', bytes: textToBytes(`${admitted.account.shell}: ${strerror(pid)}\n`) });
    await sendSsh(process, fd, { type: 'exit', code: 1 });
    return 0;
  }
  const fed = feed(process, fd, config, streams);
  await Promise.all(streams.outputs.map(([from, channel]) => drain(process, fd, from, channel)));
  const status = await process.wait(pid);
  await sendSsh(process, fd, { type: 'exit', code: exitCode(status) });
  // The client hangs up: where this end did, what it still sends would reset the connection under the exit status.
  process.shutdown(fd);
  await fed;
  process.close(fd);
  return 0;
}

/** LogLevel VERBOSE says what a session is for. */
async function tellSession(
  process: Process,
  config: SshdConfig,
  fd: Fd,
  { account }: Admitted,
  command: string | undefined,
  { tty }: Streams,
): Promise<void> {
  const peer = process.peerName(fd);
  const from = failed(peer) || peer.family !== 'inet' ? 'UNKNOWN' : `${peer.ip} port ${String(peer.port)}`;
  const what = command === undefined ? 'shell' : isInternal(command) ? `subsystem 'sftp'` : 'command';
  const on = tty === undefined ? '' : ` on ${tty.replace(/^\/dev\//, '')}`;
  await logAt(process, config, 'verbose', `Starting session: ${what}${on} for ${account.name} from ${from} id 0`);
}

/** ChrootDirectory; what is wrong with it. Root owns each directory on the way, and nobody else may write there. */
function enterRoot(process: Process, { chrootDirectory }: SshdConfig, account: Account): string | undefined {
  if (chrootDirectory === undefined) return undefined;
  const path = chrootDirectory.replace(/%([%hu])/g, (_, letter: string) =>
    letter === 'h' ? account.home : letter === 'u' ? account.name : '%',
  );
  if (!path.startsWith('/')) return 'chroot path does not begin at root';
  const parts = path.split('/').filter((part) => part !== '');
  for (let depth = 0; depth <= parts.length; depth += 1) {
    const component = `/${parts.slice(0, depth).join('/')}`;
    const shown = depth === parts.length || depth === 0 ? component : `${component}/`;
    const stat = process.stat(component);
    if (failed(stat)) return `stat("${shown}"): ${strerror(stat)} [postauth]`;
    if (stat.uid !== 0 || (stat.mode & 0o022) !== 0)
      return `bad ownership or modes for chroot directory ${depth === parts.length ? '' : 'component '}"${shown}"`;
    if (stat.type !== 'directory') return `chroot path "${shown}" is not a directory`;
  }
  const entered = process.chroot(path);
  if (failed(entered)) return `chroot("${path}"): ${strerror(entered)}`;
  process.chdir('/');
  return undefined;
}

/** The command of a subsystem. */
const subsystemCommand = (name: string, { subsystems }: SshdConfig): string | undefined =>
  subsystems.find(([each]) => each === name)?.[1];

/** sshd's built-in program for file transfers. */
const isInternal = (command: string | undefined): boolean => /^internal-sftp(\s|$)/.test(command ?? '');

/** The far ends of a session's standard streams: a pseudo-terminal where a size was given, else three pipes. */
interface Streams {
  /** Name of the pseudo-terminal. */
  readonly tty: string | undefined;
  /** What becomes 0, 1 and 2 of the shell. */
  readonly child: readonly [Fd, Fd, Fd];
  /** To be closed here once the shell has them. */
  readonly childEnds: readonly Fd[];
  readonly keyboard: Fd;
  readonly outputs: readonly (readonly [from: Fd, channel: 'stdout' | 'stderr'])[];
}

function openStreams(process: Process, size: WindowSize | undefined): Streams | undefined {
  const pty = size === undefined ? undefined : process.openpty(size);
  if (pty !== undefined && !failed(pty)) {
    const { terminal, controller, name } = pty;
    return {
      tty: name,
      child: [terminal, terminal, terminal],
      childEnds: [terminal],
      keyboard: controller,
      outputs: [[controller, 'stdout']],
    };
  }
  const [input, output, errors] = [process.pipe(), process.pipe(), process.pipe()];
  if (failed(input) || failed(output) || failed(errors)) return undefined;
  return {
    tty: undefined,
    child: [input[0], output[1], errors[1]],
    childEnds: [input[0], output[1], errors[1]],
    keyboard: input[1],
    outputs: [
      [output[0], 'stdout'],
      [errors[0], 'stderr'],
    ],
  };
}

/** What pam_systemd does: this process and what it starts from now on are a login session, with an environment of its own. */
async function openLogin(
  process: Process,
  fd: Fd,
  { account }: Admitted,
  { tty }: Streams,
): Promise<Readonly<Record<string, string>>> {
  const peer = process.peerName(fd);
  const login = {
    user: account.name,
    uid: account.uid,
    service: 'sshd',
    leader: process.pid,
    ...(tty === undefined ? {} : { tty: tty.replace(/^\/dev\//, '') }),
    ...(failed(peer) || peer.family !== 'inet' ? {} : { from: peer.ip }),
  };
  const reply = await ask(process, { method: 'login', login });
  return reply.type === 'login' ? reply.environment : {};
}

/** What the session's shell starts with, the later above the earlier (do_setup_env of session.c). */
function sessionEnvironment(
  process: Process,
  fd: Fd,
  config: SshdConfig,
  { account, key }: Admitted,
  { env = {}, term }: SshOpen,
  { tty }: Streams,
  login: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const { shell, home, name: user } = account;
  const [here, there] = [process.socketName(fd), process.peerName(fd)];
  const ends =
    failed(here) || failed(there) || here.family !== 'inet' || there.family !== 'inet' ? undefined : { here, there };
  const own = config.permitUserEnvironment;
  const permitted = (entries: readonly (readonly [string, string])[]): Readonly<Record<string, string>> =>
    Object.fromEntries(entries.filter(([name]) => matchesList(name, own)));
  return {
    HOME: home,
    USER: user,
    LOGNAME: user,
    SHELL: shell,
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    LANG: 'C.UTF-8',
    ...Object.fromEntries(Object.entries(env).filter(([name]) => matchesList(name, config.acceptEnv))),
    ...login,
    ...(term === undefined || tty === undefined ? {} : { TERM: term }),
    ...Object.fromEntries(config.setEnv),
    ...permitted(key?.environment ?? []),
    ...permitted(assignments(fileText(process, `${home}/.ssh/environment`) ?? '')),
    ...(tty === undefined ? {} : { SSH_TTY: tty }),
    ...(ends === undefined
      ? {}
      : {
          SSH_CLIENT: `${ends.there.ip} ${String(ends.there.port)} ${String(ends.here.port)}`,
          SSH_CONNECTION: `${ends.there.ip} ${String(ends.there.port)} ${ends.here.ip} ${String(ends.here.port)}`,
        }),
  };
}

/** `NAME=value` lines of ~/.ssh/environment. */
const assignments = (text: string): readonly (readonly [string, string])[] =>
  text.split('\n').flatMap((line) => {
    const [, name, value = ''] = /^\s*([^#=\s][^=]*)=(.*)$/.exec(line) ?? [];
    return name === undefined ? [] : [[name, value] as const];
  });

/** The user's own start-up file, or the host's; it runs before the shell, on its streams. */
async function runRc(
  process: Process,
  { permitUserRc, forceCommand }: SshdConfig,
  { account, key }: Admitted,
  { subsystem }: SshOpen,
  env: Readonly<Record<string, string>>,
  { child }: Streams,
): Promise<void> {
  if (subsystem !== undefined) return;
  const own = `${account.home}/.ssh/rc`;
  const mayOwn = permitUserRc && key?.userRc !== false && forceCommand === undefined;
  const rc = [...(mayOwn ? [own] : []), '/etc/ssh/sshrc'].find((path) => !failed(process.stat(path)));
  if (rc === undefined) return;
  const pid = process.spawn('/bin/sh', ['/bin/sh', rc], { ...shellOptions(account, env, child), foreground: false });
  if (!failed(pid)) await process.wait(pid);
}

const shellOptions = (
  account: Account,
  env: Readonly<Record<string, string>>,
  child: Streams['child'],
): SpawnOptions => ({
  env,
  cwd: account.home,
  fds: child.map((end, index) => [index, end] as const),
  ...(account.uid === 0 ? {} : { credentials: credentialsOf(account) }),
});

function spawnShell(
  process: Process,
  { account }: Admitted,
  { chrootDirectory, printMotd }: SshdConfig,
  command: string | undefined,
  env: Readonly<Record<string, string>>,
  { child, tty }: Streams,
): Result<Pid> {
  const { shell } = account;
  const name = shell.slice(shell.lastIndexOf('/') + 1);
  if (isInternal(command) && chrootDirectory !== undefined) {
    const state: InternalSftp = {
      role: 'internal-sftp',
      ...(account.uid === 0 ? {} : { credentials: credentialsOf(account) }),
    };
    return process.fork(state as unknown as Plain, {
      newSession: true,
      fds: child.map((end, index) => [index, end] as const),
    });
  }
  const run = isInternal(command) ? command?.replace('internal-sftp', '/usr/lib/openssh/sftp-server') : command;
  if (tty !== undefined && command === undefined && printMotd) showMotd(process, child[1]);
  const options = shellOptions(account, env, child);
  const home = failed(process.stat(account.home)) ? '/' : account.home;
  return process.spawn(shell, run === undefined ? [`-${name}`] : [name, '-c', run], {
    ...options,
    cwd: home,
    newSession: true,
    foreground: true,
  });
}

/** PrintMotd. */
function showMotd(process: Process, terminal: Fd): void {
  const text = fileText(process, '/etc/motd');
  if (text !== undefined) void process.write(terminal, textToBytes(text));
}

/** A command that a signal killed has no exit status of its own; the client's is 255. */
function exitCode(status: Awaited<ReturnType<Process['wait']>>): number {
  if (failed(status) || status === undefined) return 255;
  if (status.type === 'exited') return status.code;
  return 255;
}

/** What the client sends goes to the shell. A client that is gone closes the terminal, which hangs it up. */
async function feed(process: Process, fd: Fd, config: SshdConfig, { keyboard, tty }: Streams): Promise<void> {
  let open = true;
  const close = (): void => {
    if (open) process.close(keyboard);
    open = false;
  };
  while (await isAlive(process, fd, config)) {
    const segment = await process.receive(fd);
    if (segment === undefined || failed(segment)) break;
    if (segment.type === 'bytes' && open) await process.write(keyboard, segment.bytes);
    else if (segment.type === 'message') {
      const request = sshRequest(segment.value);
      if (request?.type === 'resize') process.setWindowSize(keyboard, request.size);
      else if (request?.type === 'eof' && tty === undefined) close();
      else if (request?.type === 'keepalive' && request.answers !== true)
        await sendSsh(process, fd, { type: 'keepalive', answers: true });
    }
  }
  close();
}

/** ClientAliveInterval: asks a client that says nothing, and gives it up after as many questions as it may leave unanswered. */
async function isAlive(process: Process, fd: Fd, config: SshdConfig): Promise<boolean> {
  const { clientAliveSeconds, clientAliveCountMax } = config;
  if (clientAliveSeconds === 0 || clientAliveCountMax === 0) return true;
  for (let asked = 0; asked <= clientAliveCountMax; asked += 1) {
    const ready = await process.poll([{ fd, read: true }], clientAliveSeconds * 1e6);
    if (failed(ready) || ready.length > 0) return true;
    if (asked < clientAliveCountMax) await sendSsh(process, fd, { type: 'keepalive' });
  }
  const peer = process.peerName(fd);
  const from = failed(peer) || peer.family !== 'inet' ? 'UNKNOWN' : `${peer.ip} port ${String(peer.port)}`;
  await logAt(process, config, 'info', `Timeout, client not responding from user ${from}`);
  return false;
}

async function drain(process: Process, fd: Fd, from: Fd, channel: 'stdout' | 'stderr'): Promise<void> {
  for (;;) {
    const bytes = await process.read(from, 65_536);
    if (failed(bytes) || bytes.length === 0) return;
    if (channel === 'stdout') await process.send(fd, { type: 'bytes', bytes });
    else await sendSsh(process, fd, { type: 'stderr', bytes });
  }
}
