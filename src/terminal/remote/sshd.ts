/**
 * sshd: accepts connections on port 22 and runs a login shell or a command for each.
 * Models: one session per connection, a pseudo-terminal on request, exit status, window size. Leaves out: encryption (what
 * travels are messages and bytes), keys, forwarding; hosts of one lab trust each other as if keys had been copied.
 */
import { failed } from '../../protocol/errno.ts';
import type { Plain } from '../../protocol/plain.ts';
import type { Fd, Process, Program } from '../../protocol/program.ts';
import { signalNumber } from '../../protocol/program.ts';
import { accountOf } from '../accounts.ts';
import { sshRequest } from './ssh-protocol.ts';

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
  const { user, command, size, term } = request;
  const account = accountOf(process, user);
  if (account === undefined) {
    await process.send(fd, { type: 'message', value: { type: 'denied' } });
    return 255;
  }
  const pty = size === undefined ? undefined : process.openpty(size);
  const pipes = [process.pipe(), process.pipe(), process.pipe()];
  const [input, output, errors] = pipes;
  if (
    input === undefined ||
    output === undefined ||
    errors === undefined ||
    failed(input) ||
    failed(output) ||
    failed(errors)
  )
    return 255;
  const fds: readonly (readonly [Fd, Fd])[] =
    pty !== undefined && !failed(pty)
      ? [
          [0, pty.terminal],
          [1, pty.terminal],
          [2, pty.terminal],
        ]
      : [
          [0, input[0]],
          [1, output[1]],
          [2, errors[1]],
        ];
  const env = {
    HOME: account.home,
    USER: account.name,
    LOGNAME: account.name,
    SHELL: account.shell,
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    LANG: 'C.UTF-8',
    ...(term === undefined ? {} : { TERM: term }),
  };
  const shell = account.shell;
  const name = shell.slice(shell.lastIndexOf('/') + 1);
  const pid = process.spawn(shell, command === undefined ? [`-${name}`] : [name, '-c', command], {
    env,
    cwd: account.home,
    fds,
    newSession: true,
    foreground: true,
    ...(account.uid === 0
      ? {}
      : { credentials: { uid: account.uid, gid: account.gid, groups: account.groups, capabilities: [] } }),
  });
  for (const end of [input[0], output[1], errors[1]]) process.close(end);
  if (pty !== undefined && !failed(pty)) process.close(pty.terminal);
  await process.send(fd, { type: 'message', value: { type: 'ready' } });
  if (failed(pid)) {
    await process.send(fd, { type: 'message', value: { type: 'exit', code: 127 } });
    return 0;
  }
  const keyboard = pty !== undefined && !failed(pty) ? pty.controller : input[1];
  void feed(process, fd, keyboard, pty !== undefined);
  if (pty !== undefined && !failed(pty)) await drain(process, fd, pty.controller, 'stdout');
  else await Promise.all([drain(process, fd, output[0], 'stdout'), drain(process, fd, errors[0], 'stderr')]);
  const status = await process.wait(pid);
  const code =
    failed(status) || status === undefined
      ? 255
      : status.type === 'exited'
        ? status.code
        : status.type === 'killed'
          ? 128 + signalNumber(status.signal)
          : 255;
  await process.send(fd, { type: 'message', value: { type: 'exit', code } });
  process.close(fd);
  return 0;
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
