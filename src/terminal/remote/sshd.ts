/**
 * sshd: accepts connections on port 22 and runs a login shell or a command for each.
 * Models: one session per connection, a pseudo-terminal on request, exit status, window size. Leaves out: encryption (what
 * travels are messages and bytes), keys, forwarding; hosts of one lab trust each other as if keys had been copied.
 */
import { failed, type Result } from '../../protocol/errno.ts';
import type { Plain } from '../../protocol/plain.ts';
import type { Fd, Pid, Process, Program, WindowSize } from '../../protocol/program.ts';
import { signalNumber } from '../../protocol/program.ts';
import { accountOf, type Account } from '../accounts.ts';
import { sshRequest, type SshOpen } from './ssh-protocol.ts';

const PORT = 22;

async function listen(process: Process): Promise<number> {
  const fd = process.listen({ family: 'inet', ip: '0.0.0.0', port: PORT });
  if (failed(fd)) return 255;
  return await acceptLoop(process, fd);
}

async function acceptLoop(process: Process, fd: Fd): Promise<number> {
  process.sigaction('SIGCHLD', 'ignore');
  for (;;) {
    process.checkpointLazily(() => ({ role: 'listen', fd }));
    const connection = await process.accept(fd);
    if (failed(connection)) {
      if (connection.errno === 'EINTR') continue;
      return 255;
    }
    process.fork({ role: 'session', fd: connection, listener: fd });
    process.close(connection);
  }
}

async function session(process: Process, fd: Fd, listener: Fd): Promise<number> {
  process.close(listener);
  process.sigaction('SIGCHLD', 'default');
  const first = await process.receive(fd);
  const request =
    first === undefined || failed(first) || first.type !== 'message' ? undefined : sshRequest(first.value);
  if (request?.type !== 'open') return 255;
  const account = accountOf(process, request.user);
  if (account === undefined) {
    await process.send(fd, { type: 'message', value: { type: 'denied' } });
    return 255;
  }
  const streams = openStreams(process, request.size);
  if (streams === undefined) return 255;
  const pid = spawnShell(process, account, request, streams);
  for (const end of streams.childEnds) process.close(end);
  await process.send(fd, { type: 'message', value: { type: 'ready' } });
  if (failed(pid)) {
    await process.send(fd, { type: 'message', value: { type: 'exit', code: 127 } });
    return 0;
  }
  void feed(process, fd, streams.keyboard, streams.tty);
  await Promise.all(streams.outputs.map(([from, channel]) => drain(process, fd, from, channel)));
  const status = await process.wait(pid);
  await process.send(fd, { type: 'message', value: { type: 'exit', code: exitCode(status) } });
  process.close(fd);
  return 0;
}

/** The far ends of a session's standard streams: a pseudo-terminal where a size was given, else three pipes. */
interface Streams {
  readonly tty: boolean;
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
    const { terminal, controller } = pty;
    return {
      tty: true,
      child: [terminal, terminal, terminal],
      childEnds: [terminal],
      keyboard: controller,
      outputs: [[controller, 'stdout']],
    };
  }
  const [input, output, errors] = [process.pipe(), process.pipe(), process.pipe()];
  if (failed(input) || failed(output) || failed(errors)) return undefined;
  return {
    tty: false,
    child: [input[0], output[1], errors[1]],
    childEnds: [input[0], output[1], errors[1]],
    keyboard: input[1],
    outputs: [
      [output[0], 'stdout'],
      [errors[0], 'stderr'],
    ],
  };
}

function spawnShell(process: Process, account: Account, { command, term }: SshOpen, { child }: Streams): Result<Pid> {
  const { shell, home, name: user, uid, gid, groups } = account;
  const name = shell.slice(shell.lastIndexOf('/') + 1);
  return process.spawn(shell, command === undefined ? [`-${name}`] : [name, '-c', command], {
    env: {
      HOME: home,
      USER: user,
      LOGNAME: user,
      SHELL: shell,
      PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      LANG: 'C.UTF-8',
      ...(term === undefined ? {} : { TERM: term }),
    },
    cwd: home,
    fds: child.map((end, index) => [index, end] as const),
    newSession: true,
    foreground: true,
    ...(uid === 0 ? {} : { credentials: { uid, gid, groups, capabilities: [] } }),
  });
}

function exitCode(status: Awaited<ReturnType<Process['wait']>>): number {
  if (failed(status) || status === undefined) return 255;
  if (status.type === 'exited') return status.code;
  return status.type === 'killed' ? 128 + signalNumber(status.signal) : 255;
}

async function feed(process: Process, fd: Fd, keyboard: Fd, tty: boolean): Promise<void> {
  for (;;) {
    const segment = await process.receive(fd);
    if (segment === undefined || failed(segment)) break;
    if (segment.type === 'bytes') await process.write(keyboard, segment.bytes);
    else if (segment.type === 'message') {
      const request = sshRequest(segment.value);
      if (request?.type === 'resize') process.setWindowSize(keyboard, request.size);
      else if (request?.type === 'eof' && !tty) break;
    }
  }
  process.close(keyboard);
}

async function drain(process: Process, fd: Fd, from: Fd, channel: 'stdout' | 'stderr'): Promise<void> {
  for (;;) {
    const bytes = await process.read(from, 65_536);
    if (failed(bytes) || bytes.length === 0) return;
    await process.send(
      fd,
      channel === 'stdout' ? { type: 'bytes', bytes } : { type: 'message', value: { type: 'stderr', bytes } },
    );
  }
}

export const sshd: Program = {
  name: 'sshd',
  memoryBytes: 4_000_000,
  run: listen,
  resume: async (process, state: Plain) => {
    const saved = state as { readonly role: string; readonly fd: Fd; readonly listener: Fd };
    return saved.role === 'listen'
      ? await acceptLoop(process, saved.fd)
      : await session(process, saved.fd, saved.listener);
  },
};
