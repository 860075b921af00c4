/**
 * ssh (OpenSSH 9.6): a shell or a command on another host of the lab.
 * Models: host keys and known_hosts, keys and passwords, configuration files, terminals and their escapes, exit status, -L, -W, -f
 * and jumps. Leaves out: encryption, agents that come along, -D, -R and X11 (refused by name), shared connections, keys with a passphrase.
 */
import { failed } from '../../../protocol/errno.ts';
import type { Plain } from '../../../protocol/plain.ts';
import type { Fd, Process } from '../../../protocol/program.ts';
import type { Applet, Options } from '../../coreutils/command.ts';
import { Io } from '../../io.ts';
import { runAndWait } from '../../run-child.ts';
import { nextReply } from '../openssh/ssh-connection.ts';
import { SSH_SOFTWARE } from '../openssh/ssh-protocol.ts';
import { absentLetter, controlProblem, parseArguments, USAGE, wrongValue } from './ssh-arguments.ts';
import { OPENSSL, prepareCall, sentEnvironment, type Call } from './ssh-call.ts';
import { connectTo } from './ssh-connect.ts';
import { forwardAll, forwardStreams, listenFor } from './ssh-forward.ts';
import { answerQuery } from './ssh-query.ts';
import { runSession } from './ssh-session.ts';
import { secondsOf } from './ssh-setting-values.ts';
import type { SshTarget } from './ssh-target.ts';

/** Channels before it: a listener for each family, and the session. */
const FIRST_FORWARDED = 3;

const applet: Applet['applet'] = async (process, _flavour, argv) => {
  const io = new Io(process, 'ssh');
  const options = parseArguments(argv.slice(1));
  if ('problem' in options) {
    await io.raw(`${options.problem}\r\n${USAGE}`);
    return 255;
  }
  if (options.has('V')) {
    await io.raw(`${SSH_SOFTWARE}, ${OPENSSL}\n`);
    return 0;
  }
  const query = options.value('Q');
  if (query !== undefined) return await answerTo(io, query);
  const problem = problemWith(process, options);
  if (problem !== undefined) {
    await io.raw(problem);
    return 255;
  }
  const call = await prepareCall(process, options);
  return call === undefined ? 255 : await connectAndRun(process, call);
};

function problemWith(process: Process, options: Options): string | undefined {
  const wrong = wrongValue(options);
  if (wrong !== undefined) return `${wrong}\n`;
  const [destination = ''] = options.operands;
  if (destination === '' || /^@|^ssh:\/\/[^/]*:[^/]*[^\d/]/.test(destination)) return USAGE;
  const absent = absentLetter(options, process.env);
  if (absent !== undefined) return `drydock: 'ssh -${absent}' is not simulated\n`;
  const control = controlProblem(options);
  return control === undefined ? undefined : `${control}\r\n`;
}

/** -Q */
async function answerTo(io: Io, query: string): Promise<number> {
  const lines = answerQuery(query);
  if (lines === undefined) {
    await io.raw(`Unsupported query "${query}"\r\n`);
    return 255;
  }
  for (const line of lines) io.line(line);
  return await io.end(0);
}

async function connectAndRun(process: Process, call: Call): Promise<number> {
  const { options, log, route } = call;
  const connected = await connectTo(process, log, route);
  if (connected === undefined) return 255;
  const { fd, target } = connected;
  await runLocalCommand(process, call);
  const given = options.value('W');
  if (given !== undefined) return await forwardStreams(process, log, fd, given);
  return options.has('f') ? await leaveInBackground(process, call, fd, target) : await serve(process, call, fd, target);
}

/** What -f leaves behind: the connection, and passwords that were right. */
interface InBackground {
  readonly fd: Fd;
  readonly target: SshTarget;
  /** Where it says that it listens. */
  readonly ready: Fd;
  readonly secrets: readonly (readonly [account: string, password: string])[];
}

/** -f: the one in the background goes on with the connection; this one waits until it listens. */
async function leaveInBackground(process: Process, { route }: Call, fd: Fd, target: SshTarget): Promise<number> {
  const pipe = process.pipe();
  if (failed(pipe)) return 255;
  const state: InBackground = { fd, target, ready: pipe[1], secrets: [...route.secrets] };
  process.fork(state as unknown as Plain, { newSession: true });
  process.close(fd);
  process.close(pipe[1]);
  const said = await process.read(pipe[0], 1);
  return !failed(said) && said.length > 0 ? 0 : 255;
}

async function goOnInBackground(process: Process, { fd, target, ready, secrets }: InBackground): Promise<number> {
  const options = parseArguments(process.argv.slice(1));
  const call = 'problem' in options ? undefined : await prepareCall(process, options, 'errors');
  if (call === undefined) return 255;
  for (const [account, password] of secrets) call.route.secrets.set(account, password);
  return await serve(process, call, fd, target, async () => {
    await process.write(ready, Uint8Array.of(0));
    process.close(ready);
  });
}

/** PermitLocalCommand and LocalCommand. */
async function runLocalCommand(process: Process, { config, route }: Call): Promise<void> {
  const command = config.value('localcommand');
  if (command === undefined || !config.flag('permitlocalcommand', false)) return;
  const shell = process.env['SHELL'] ?? '/bin/sh';
  const tokens = { h: config.value('hostname') ?? route.host, n: route.host };
  await runAndWait(process, [shell, '-c', config.expand(command, tokens)], { env: process.env });
}

/** Forwarded connections and the session, on a connection that is let in. */
async function serve(
  process: Process,
  call: Call,
  fd: Fd,
  target: SshTarget,
  listens: () => Promise<void> = async () => {},
): Promise<number> {
  const { options, config, log, route, forwards, words } = call;
  const listening = await listenFor(process, log, forwards);
  if (listening.length < forwards.length && config.flag('exitonforwardfailure', false)) return 255;
  await listens();
  const channel = { next: FIRST_FORWARDED };
  const again = async (): Promise<Fd | undefined> => (await connectTo(process, log, route))?.fd;
  for (const each of listening) void forwardAll(process, log, each, channel, again);
  if (call.only === 'forwards') {
    await log.debug('Entering interactive session.');
    await nextReply(process, fd);
    return 255;
  }
  const code = await runSession(process, log, fd, target, {
    command: call.only === 'subsystem' ? undefined : call.command,
    subsystem: call.only === 'subsystem' ? words.join(' ') : undefined,
    tty: call.tty,
    noInput: options.has('n') || options.has('f') || config.flag('stdinnull', false),
    escape: call.escape,
    env: sentEnvironment(process, config),
    alive: {
      seconds: secondsOf(config.value('serveraliveinterval') ?? '0'),
      count: Number(config.value('serveralivecountmax') ?? '3'),
    },
  });
  process.close(fd);
  return code;
}

export const ssh: Applet = {
  name: 'ssh',
  memoryBytes: 4_000_000,
  run: (process) => applet(process, 'gnu', process.argv),
  resume: async (process, state) => await goOnInBackground(process, state as unknown as InBackground),
  applet,
};
