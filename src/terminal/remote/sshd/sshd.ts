/**
 * sshd: listens, and forks for each connection (sshd-connection.ts), which lets users in who show a password or an authorized
 * key and runs a login shell, a command or a subsystem.
 * Models: sshd_config read at start and on SIGHUP, host keys, one session per connection, a pseudo-terminal on request, exit
 * status, window size. Leaves out: encryption (what travels are messages and bytes), forwarding, privilege separation.
 */
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Plain } from '../../../protocol/plain.ts';
import type { Fd, Process, Program } from '../../../protocol/program.ts';
import { textToBytes } from '../../text.ts';
import { readOpensshOptions } from '../openssh/openssh-options.ts';
import { SSH_SOFTWARE } from '../openssh/ssh-protocol.ts';
import { CONNECTION_PROGRAM, type Serving } from './serving.ts';
import { configFor, shownSettings } from './sshd-config.ts';
import { log } from './sshd-log.ts';
import { testSubject } from './sshd-match.ts';
import { readDirectives, type Directive } from './sshd-reader.ts';

/** SSH_LISTEN_BACKLOG. */
const BACKLOG = 128;

const USAGE = `usage: sshd [-46DdeGiqTtV] [-C connection_spec] [-c host_cert_file]
            [-E log_file] [-f config_file] [-g login_grace_time]
            [-h host_key_file] [-o option] [-p port] [-u len]`;
const CONFIG_FILE = '/etc/ssh/sshd_config';

async function main(process: Process): Promise<number> {
  const options = readOpensshOptions(process.argv.slice(1), { name: 'sshd', short: 'Ddef:tTVp:o:h:4qC:c:E:g:u:' });
  if ('problem' in options) {
    await log(process, `${options.problem}\n${SSH_SOFTWARE}, OpenSSL 3.0.13 30 Jan 2024\n${USAGE}`);
    return 1;
  }
  if (options.has('V')) {
    await log(process, `${SSH_SOFTWARE}, OpenSSL 3.0.13 30 Jan 2024`);
    return 0;
  }
  const path = options.value('f') ?? CONFIG_FILE;
  const read = readDirectives(process, path);
  const subject = testSubject(options.value('C') ?? 'user=');
  if ('problem' in subject) {
    await log(process, subject.problem);
    return 1;
  }
  for (const text of 'problems' in read ? read.problems : read.remarks) await log(process, text);
  if ('problems' in read) return 255;
  const { directives } = read;
  const config = configFor(directives);
  const given = directives.filter(({ name }) => name === 'hostkey').map(({ value }) => value);
  for (const key of given.filter((each) => failed(process.access(each, { read: true }))))
    await log(process, `Unable to load host key: ${key}`);
  if (!config.hostKeys.some((path) => !failed(process.access(path, { read: true })))) {
    await log(process, 'sshd: no hostkeys available -- exiting.');
    return 1;
  }
  if (options.has('T'))
    await process.write(1, textToBytes(`${shownSettings(directives, options.has('C') ? subject : {}).join('\n')}\n`));
  if (options.has('t') || options.has('T')) return 0;
  const port = options.value('p');
  return await listen(process, { path, directives }, port === undefined ? config.ports : [Number(port)]);
}

interface Source {
  readonly path: string;
  readonly directives: readonly Directive[];
}

async function listen(process: Process, source: Source, ports: readonly number[]): Promise<number> {
  const listeners: Fd[] = [];
  const places = configFor(source.directives).addresses.flatMap(({ ip, port }) =>
    (port === undefined ? ports : [port]).map((each) => ({ ip, port: each })),
  );
  for (const { ip, port } of places) {
    const fd = process.listen({ family: 'inet', ip, port }, BACKLOG);
    if (failed(fd)) {
      await log(process, `error: Bind to port ${String(port)} on ${ip} failed: ${strerror(fd)}.`);
      continue;
    }
    await log(process, `Server listening on ${ip} port ${String(port)}.`);
    listeners.push(fd);
  }
  if (listeners.length === 0) {
    await log(process, 'fatal: Cannot bind any address.');
    return 255;
  }
  return await acceptLoop(process, { role: 'listen', listeners, ...source });
}

interface Listening extends Source {
  readonly role: 'listen';
  readonly listeners: readonly Fd[];
}
async function acceptLoop(process: Process, state: Listening): Promise<number> {
  process.sigaction('SIGCHLD', 'ignore');
  process.sigaction('SIGHUP', 'catch');
  const { listeners, path } = state;
  let { directives } = state;
  for (;;) {
    const now: Listening = { ...state, directives };
    process.checkpointLazily(() => now as unknown as Plain);
    const fd = await waitingListener(process, listeners);
    const connection = fd === undefined ? undefined : await process.accept(fd);
    if (connection === undefined || failed(connection)) {
      if (connection !== undefined && connection.errno !== 'EINTR') return 255;
      if (!process.takeSignals().includes('SIGHUP')) continue;
      const again = readDirectives(process, path);
      await log(process, 'Received SIGHUP; restarting.');
      if ('problems' in again) {
        for (const problem of again.problems) await log(process, problem);
        return 255;
      }
      ({ directives } = again);
      continue;
    }
    const session: Serving = { role: 'session', connection, listeners, directives };
    process.fork(session as unknown as Plain, { program: CONNECTION_PROGRAM });
    process.close(connection);
  }
}

/** The listener that somebody knocks at; undefined where a signal came first. */
async function waitingListener(process: Process, listeners: readonly Fd[]): Promise<Fd | undefined> {
  const [only] = listeners;
  if (listeners.length === 1) return only;
  const ready = await process.poll(listeners.map((fd) => ({ fd, read: true })));
  return failed(ready) ? undefined : ready[0];
}

export const sshd: Program = {
  name: 'sshd',
  memoryBytes: 4_000_000,
  run: main,
  resume: async (process, state: Plain) => await acceptLoop(process, state as unknown as Listening),
};
