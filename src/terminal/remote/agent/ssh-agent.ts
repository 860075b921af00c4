/**
 * ssh-agent (OpenSSH 9.6): holds keys for ssh, in the background or while a command runs.
 * Models: -s and -c, -k, -a, -t, -D, a command, lifetimes. Leaves out: locking, confirmation, PKCS#11, forwarding to other hosts.
 */
import { failed, strerror, type Result } from '../../../protocol/errno.ts';
import type { Plain } from '../../../protocol/plain.ts';
import type { Fd, Pid, Process, Program } from '../../../protocol/program.ts';
import { Io } from '../../io.ts';
import { runAndWait } from '../../run-child.ts';
import type { AgentKey, AgentReply, AgentRequest } from './agent-protocol.ts';
import { readOpensshOptions } from '../openssh/openssh-options.ts';

/** SSH_LISTEN_BACKLOG. */
const BACKLOG = 128;

const USAGE = `usage: ssh-agent [-c | -s] [-Dd] [-a bind_address] [-E fingerprint_hash]
                 [-O option] [-P allowed_providers] [-t life]
       ssh-agent [-a bind_address] [-E fingerprint_hash] [-O option]
                 [-P allowed_providers] [-t life] command [arg ...]
       ssh-agent [-c | -s] -k
`;
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

interface Held {
  readonly key: AgentKey;
  /** µs; undefined for one that stays. */
  readonly untilUs?: number;
}
interface Serving {
  /** Opened by the process that serves, since it ends with the one that opened it. */
  readonly listener?: Fd;
  readonly path: string;
  /** Made for the socket, and goes with it. */
  readonly directory?: string;
  readonly lifetimeSeconds?: number;
  readonly held: readonly Held[];
}

async function main(process: Process): Promise<number> {
  const io = new Io(process, 'ssh-agent');
  const options = readOpensshOptions(process.argv.slice(1), {
    name: 'ssh-agent',
    short: 'cDdksE:a:O:P:t:',
    stopEarly: true,
  });
  if ('problem' in options) {
    await io.raw(`${options.problem}\r\n${USAGE}`);
    return 1;
  }
  const absent = ['O', 'P'].find((letter) => options.has(letter));
  if (absent !== undefined) {
    await io.raw(`drydock: 'ssh-agent -${absent}' is not simulated\n`);
    return 1;
  }
  const csh = options.has('c') || (!options.has('s') && (process.env['SHELL'] ?? '').endsWith('csh'));
  if (options.has('k')) return await endAgent(process, io, csh);
  const socket = placeOf(process, options.value('a'));
  if ('problem' in socket) {
    await io.raw(`${socket.problem}\n`);
    return 1;
  }
  const life = options.value('t');
  const state: Serving = { ...socket, held: [], ...(life === undefined ? {} : { lifetimeSeconds: Number(life) }) };
  if (options.has('D') || options.has('d')) {
    io.out(environmentText(socket.path, process.pid, csh));
    await io.flush();
    return await serve(process, state);
  }
  const pid = detach(process, state);
  if (failed(pid)) {
    await io.raw(`fork: ${strerror(pid)}\n`);
    return 1;
  }
  if (options.operands.length > 0) return await runUnder(process, options.operands, socket.path, pid);
  io.out(environmentText(socket.path, pid, csh));
  return await io.end(0);
}

/** The agent in a session of its own, with nothing on its standard streams. */
function detach(process: Process, state: Serving): Result<Pid> {
  const nothing = process.open('/dev/null', { read: true, write: true });
  if (failed(nothing)) return nothing;
  const fds = [0, 1, 2].map((fd) => [fd, nothing] as const);
  const pid = process.fork(state as unknown as Plain, {
    newSession: true,
    fds,
  });
  process.close(nothing);
  return pid;
}

function environmentText(path: string, pid: number, csh: boolean): string {
  const set = (name: string, value: string): string =>
    csh ? `setenv ${name} ${value};\n` : `${name}=${value}; export ${name};\n`;
  return `${set('SSH_AUTH_SOCK', path)}${set('SSH_AGENT_PID', String(pid))}echo Agent pid ${String(pid)};\n`;
}

/** The agent lives as long as the command. */
async function runUnder(process: Process, argv: readonly string[], path: string, pid: number): Promise<number> {
  const env = { ...process.env, SSH_AUTH_SOCK: path, SSH_AGENT_PID: String(pid) };
  const result = await runAndWait(process, argv, { env });
  process.kill(pid, 'SIGTERM');
  if (result.type === 'missing') await new Io(process, '').raw(`${argv[0] ?? ''}: ${result.message}\n`);
  return result.code === 127 ? 1 : result.code;
}

async function endAgent(process: Process, io: Io, csh: boolean): Promise<number> {
  const text = process.env['SSH_AGENT_PID'];
  if (text === undefined) {
    await io.raw('SSH_AGENT_PID not set, cannot kill agent\n');
    return 1;
  }
  const pid = Number(text);
  if (!Number.isInteger(pid) || pid < 1) {
    await io.raw(`SSH_AGENT_PID="${text}", which is not a good PID\n`);
    return 1;
  }
  const killed = process.kill(pid, 'SIGTERM');
  if (failed(killed)) {
    await io.raw(`kill: ${strerror(killed)}\n`);
    return 1;
  }
  const unset = csh ? 'unsetenv' : 'unset';
  io.out(`${unset} SSH_AUTH_SOCK;\n${unset} SSH_AGENT_PID;\necho Agent pid ${String(pid)} killed;\n`);
  return await io.end(0);
}

/** Where the socket goes: the named path, or one in a directory that the user alone may enter. */
function placeOf(
  process: Process,
  given: string | undefined,
): { readonly path: string; readonly directory?: string } | { readonly problem: string } {
  if (given !== undefined) {
    const parent = process.stat(given.includes('/') ? given.slice(0, given.lastIndexOf('/') + 1) : '.');
    if (failed(parent)) return { problem: `unix_listener: cannot bind to path ${given}: ${strerror(parent)}` };
    return failed(process.lstat(given))
      ? { path: given }
      : { problem: `unix_listener: cannot bind to path ${given}: Address already in use` };
  }
  const name = [...process.random(12)].map((byte) => LETTERS.charAt(byte % LETTERS.length)).join('');
  const directory = `/tmp/ssh-${name}`;
  const made = process.mkdir(directory, 0o700);
  if (failed(made)) return { problem: `mkdtemp: private socket dir: ${strerror(made)}` };
  return { path: `${directory}/agent.${String(process.pid)}`, directory };
}

/** Answers one request after the other until it is told to end. */
async function serve(process: Process, state: Serving): Promise<number> {
  process.sigaction('SIGTERM', 'catch');
  process.sigaction('SIGHUP', 'catch');
  process.sigaction('SIGINT', 'ignore');
  let { held } = state;
  const listener = state.listener ?? process.listen({ family: 'unix', path: state.path }, BACKLOG);
  if (failed(listener)) return 1;
  process.chmod(state.path, 0o600);
  for (;;) {
    const now: Serving = { ...state, listener, held };
    process.checkpointLazily(() => now as unknown as Plain);
    const fd = await process.accept(listener);
    if (failed(fd)) {
      if (fd.errno === 'EINTR' && process.takeSignals().length === 0) continue;
      break;
    }
    const segment = await process.receive(fd);
    if (segment !== undefined && !failed(segment) && segment.type === 'message') {
      const nowUs = process.time().monotonicUs;
      held = held.filter(({ untilUs }) => untilUs === undefined || untilUs > nowUs);
      const answered = answer(held, segment.value as unknown as AgentRequest, nowUs, state.lifetimeSeconds);
      held = answered.held;
      await process.send(fd, { type: 'message', value: answered.reply as unknown as Plain });
    }
    process.close(fd);
  }
  process.unlink(state.path);
  if (state.directory !== undefined) process.rmdir(state.directory);
  return 2;
}

function answer(
  held: readonly Held[],
  request: AgentRequest,
  nowUs: number,
  standardSeconds: number | undefined,
): { readonly held: readonly Held[]; readonly reply: AgentReply } {
  switch (request.type) {
    case 'list':
      return { held, reply: { type: 'keys', keys: held.map(({ key }) => key) } };
    case 'add': {
      const seconds = request.lifetimeSeconds ?? standardSeconds;
      const added: Held = { key: request.key, ...(seconds === undefined ? {} : { untilUs: nowUs + seconds * 1e6 }) };
      const at = held.findIndex(({ key }) => key.blob === request.key.blob);
      return { held: at < 0 ? [...held, added] : held.with(at, added), reply: { type: 'success' } };
    }
    case 'remove': {
      const left = held.filter(({ key }) => key.blob !== request.blob);
      return { held: left, reply: { type: left.length < held.length ? 'success' : 'failure' } };
    }
    case 'remove-all':
      return { held: [], reply: { type: 'success' } };
  }
}

export const sshAgent: Program = {
  name: 'ssh-agent',
  memoryBytes: 2_500_000,
  run: main,
  resume: async (process, state: Plain) => await serve(process, state as unknown as Serving),
};
