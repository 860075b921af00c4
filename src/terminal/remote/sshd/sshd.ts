/**
 * sshd: lets users in who show a password or an authorized key, and runs a login shell, a command or a subsystem for each.
 * Models: sshd_config read at start and on SIGHUP, host keys, one session per connection, a pseudo-terminal on request, exit
 * status, window size. Leaves out: encryption (what travels are messages and bytes), forwarding, privilege separation.
 */
import { encodeBase64 } from '../../../protocol/bytes.ts';
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Plain } from '../../../protocol/plain.ts';
import type { Fd, Process, Program } from '../../../protocol/program.ts';
import { readPublicLine, type SshPublicKey } from '../../../formats/keys/ssh-public.ts';
import { fileText } from '../../io.ts';
import { textToBytes } from '../../text.ts';
import { readOpensshOptions } from '../openssh/openssh-options.ts';
import { exchangeBanners, sendSsh } from '../openssh/ssh-connection.ts';
import { SSH_SOFTWARE } from '../openssh/ssh-protocol.ts';
import { authenticate, log } from './sshd-auth.ts';
import { readSettings, readSshdConfig, shownSettings, type SshdConfig } from './sshd-config.ts';
import { serveSession } from './sshd-session.ts';

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
  const config = readSshdConfig(process, path);
  if ('problems' in config) {
    for (const problem of config.problems) await log(process, problem);
    return 255;
  }
  const settings = readSettings(process, path);
  const given = 'problems' in settings ? [] : (settings.get('hostkey') ?? []);
  for (const key of given.filter((each) => failed(process.access(each, { read: true }))))
    await log(process, `Unable to load host key: ${key}`);
  if (!config.hostKeys.some((path) => !failed(process.access(path, { read: true })))) {
    await log(process, 'sshd: no hostkeys available -- exiting.');
    return 1;
  }
  if (options.has('t') || options.has('T')) return options.has('T') ? await show(process, path) : 0;
  const port = options.value('p');
  return await listen(process, path, port === undefined ? config : { ...config, ports: [Number(port)] });
}

/** -T: the settings in effect. */
async function show(process: Process, path: string): Promise<number> {
  const settings = readSettings(process, path);
  if (!('problems' in settings)) await process.write(1, textToBytes(`${shownSettings(settings).join('\n')}\n`));
  return 0;
}

/** The public halves of the host keys that are there; the secret ones have to be, too. */
function hostKeys(process: Process, { hostKeys: paths }: SshdConfig): readonly SshPublicKey[] {
  return paths.flatMap((path) => {
    const key = failed(process.stat(path)) ? undefined : readPublicLine(fileText(process, `${path}.pub`) ?? '');
    return key === undefined ? [] : [key];
  });
}

async function listen(process: Process, path: string, config: SshdConfig): Promise<number> {
  const listeners: Fd[] = [];
  const places = config.addresses.flatMap(({ ip, port }) =>
    (port === undefined ? config.ports : [port]).map((each) => ({ ip, port: each })),
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
  return await acceptLoop(process, { role: 'listen', listeners, path, config });
}

interface Listening {
  readonly role: 'listen';
  readonly listeners: readonly Fd[];
  readonly path: string;
  readonly config: SshdConfig;
}
interface Serving {
  readonly role: 'session';
  readonly connection: Fd;
  readonly listeners: readonly Fd[];
  readonly config: SshdConfig;
}

async function acceptLoop(process: Process, state: Listening): Promise<number> {
  process.sigaction('SIGCHLD', 'ignore');
  process.sigaction('SIGHUP', 'catch');
  const { listeners, path } = state;
  let { config } = state;
  for (;;) {
    const now: Listening = { ...state, config };
    process.checkpointLazily(() => now as unknown as Plain);
    const fd = await waitingListener(process, listeners);
    const connection = fd === undefined ? undefined : await process.accept(fd);
    if (connection === undefined || failed(connection)) {
      if (connection !== undefined && connection.errno !== 'EINTR') return 255;
      if (!process.takeSignals().includes('SIGHUP')) continue;
      const again = readSshdConfig(process, path);
      if ('problems' in again) return 255;
      await log(process, 'Received SIGHUP; restarting.');
      config = { ...again, ports: config.ports };
      continue;
    }
    const session: Serving = { role: 'session', connection, listeners, config };
    process.fork(session as unknown as Plain);
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

async function session(process: Process, { connection: fd, listeners, config }: Serving): Promise<number> {
  for (const listener of listeners) process.close(listener);
  process.sigaction('SIGCHLD', 'default');
  process.sigaction('SIGHUP', 'default');
  if ((await exchangeBanners(process, fd)) !== 'ssh') return 255;
  await sendSsh(process, fd, {
    type: 'host-keys',
    keys: hostKeys(process, config).map(({ blob }) => encodeBase64(blob)),
  });
  const peer = process.peerName(fd);
  const from = failed(peer) || peer.family !== 'inet' ? 'UNKNOWN' : `${peer.ip} port ${String(peer.port)}`;
  const admitted = await authenticate(process, fd, config, from);
  return admitted === undefined ? 255 : await serveSession(process, fd, config, admitted);
}

export const sshd: Program = {
  name: 'sshd',
  memoryBytes: 4_000_000,
  run: main,
  resume: async (process, state: Plain) => {
    const saved = state as unknown as Listening | Serving;
    return saved.role === 'listen' ? await acceptLoop(process, saved) : await session(process, saved);
  },
};
