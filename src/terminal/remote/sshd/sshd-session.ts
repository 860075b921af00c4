/** One session of sshd: a shell, a command or a subsystem for a user that has been let in. */
import { failed, type Result } from '../../../protocol/errno.ts';
import type { Fd, Pid, Process, WindowSize } from '../../../protocol/program.ts';
import { credentialsOf } from '../../system/accounts/become-user.ts';
import { ask } from '../../systemd/client.ts';
import { serveForward } from './relay.ts';
import { nextRequest, sendSsh } from '../openssh/ssh-connection.ts';
import { sshRequest, type SshOpen } from '../openssh/ssh-protocol.ts';
import type { Admitted } from './sshd-auth.ts';
import type { SshdConfig } from './sshd-config.ts';

/** Serves the session that the client asks for; the exit code of the process that does so. */
export async function serveSession(process: Process, fd: Fd, config: SshdConfig, admitted: Admitted): Promise<number> {
  const request = await nextRequest(process, fd);
  if (request?.type === 'direct') return await serveForward(process, fd, request, config);
  if (request?.type !== 'open') return 0;
  const subsystem = request.subsystem === undefined ? undefined : subsystemCommand(request.subsystem, config);
  if (request.subsystem !== undefined && subsystem === undefined) {
    await sendSsh(process, fd, { type: 'refused', reason: 'subsystem request failed on channel 0' });
    return 0;
  }
  const command = admitted.forcedCommand ?? subsystem ?? request.command;
  const streams = openStreams(process, request.size);
  if (streams === undefined) return 255;
  const environment = await openLogin(process, fd, admitted, streams);
  const pid = spawnShell(
    process,
    fd,
    admitted,
    command,
    { ...request, env: { ...request.env, ...environment } },
    streams,
  );
  for (const end of streams.childEnds) process.close(end);
  if (failed(pid)) {
    await sendSsh(process, fd, { type: 'exit', code: 127 });
    return 0;
  }
  const fed = feed(process, fd, streams);
  await Promise.all(streams.outputs.map(([from, channel]) => drain(process, fd, from, channel)));
  const status = await process.wait(pid);
  await sendSsh(process, fd, { type: 'exit', code: exitCode(status) });
  // The client hangs up: where this end did, what it still sends would reset the connection under the exit status.
  process.shutdown(fd);
  await fed;
  process.close(fd);
  return 0;
}

/** The program of a subsystem; sshd's built-in one is the same here. */
function subsystemCommand(name: string, { subsystems }: SshdConfig): string | undefined {
  const command = subsystems.find(([each]) => each === name)?.[1];
  return command === 'internal-sftp' ? '/usr/lib/openssh/sftp-server' : command;
}

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

function spawnShell(
  process: Process,
  fd: Fd,
  { account }: Admitted,
  command: string | undefined,
  { term, env = {} }: SshOpen,
  { child, tty }: Streams,
): Result<Pid> {
  const { shell, home, name: user } = account;
  const name = shell.slice(shell.lastIndexOf('/') + 1);
  const [here, there] = [process.socketName(fd), process.peerName(fd)];
  const ends =
    failed(here) || failed(there) || here.family !== 'inet' || there.family !== 'inet' ? undefined : { here, there };
  return process.spawn(shell, command === undefined ? [`-${name}`] : [name, '-c', command], {
    env: {
      HOME: home,
      USER: user,
      LOGNAME: user,
      SHELL: shell,
      PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      LANG: 'C.UTF-8',
      ...env,
      ...(term === undefined ? {} : { TERM: term }),
      ...(tty === undefined ? {} : { SSH_TTY: tty }),
      ...(ends === undefined
        ? {}
        : {
            SSH_CLIENT: `${ends.there.ip} ${String(ends.there.port)} ${String(ends.here.port)}`,
            SSH_CONNECTION: `${ends.there.ip} ${String(ends.there.port)} ${ends.here.ip} ${String(ends.here.port)}`,
          }),
    },
    cwd: home,
    fds: child.map((end, index) => [index, end] as const),
    newSession: true,
    foreground: true,
    ...(account.uid === 0 ? {} : { credentials: credentialsOf(account) }),
  });
}

/** A command that a signal killed has no exit status of its own; the client's is 255. */
function exitCode(status: Awaited<ReturnType<Process['wait']>>): number {
  if (failed(status) || status === undefined) return 255;
  if (status.type === 'exited') return status.code;
  return 255;
}

/** What the client sends goes to the shell. A client that is gone closes the terminal, which hangs it up. */
async function feed(process: Process, fd: Fd, { keyboard, tty }: Streams): Promise<void> {
  let open = true;
  const close = (): void => {
    if (open) process.close(keyboard);
    open = false;
  };
  for (;;) {
    const segment = await process.receive(fd);
    if (segment === undefined || failed(segment)) break;
    if (segment.type === 'bytes' && open) await process.write(keyboard, segment.bytes);
    else if (segment.type === 'message') {
      const request = sshRequest(segment.value);
      if (request?.type === 'resize') process.setWindowSize(keyboard, request.size);
      else if (request?.type === 'eof' && tty === undefined) close();
    }
  }
  close();
}

async function drain(process: Process, fd: Fd, from: Fd, channel: 'stdout' | 'stderr'): Promise<void> {
  for (;;) {
    const bytes = await process.read(from, 65_536);
    if (failed(bytes) || bytes.length === 0) return;
    if (channel === 'stdout') await process.send(fd, { type: 'bytes', bytes });
    else await sendSsh(process, fd, { type: 'stderr', bytes });
  }
}
