/** write (util-linux 2.39): lines typed here appear on a terminal of somebody who is logged in. Leaves out: nothing. */
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { userNameOf } from '../../accounts.ts';
import { command, type Invocation } from '../../coreutils/command.ts';
import { LineReader } from '../../io.ts';
import { isUtf8 } from '../../locale-name.ts';
import { strftime } from '../../strftime.ts';
import { bytesToText, textToBytes } from '../../text.ts';
import { loginSessions } from '../accounts/login-sessions.ts';
import { carefulText } from './careful-text.ts';
import { loginName } from './login-name.ts';

const GROUP_WRITE = 0o020;

export const write = command(
  { name: 'write', calls: 'short', short: '', helpOption: '-h', usage: '[options] <user> [<ttyname>]' },
  async (call) => {
    const { io, operands, process } = call;
    const own = [0, 1, 2].map((fd) => process.ttyName(fd)).find((each) => !failed(each));
    const from = own === undefined || failed(own) ? undefined : own;
    if (from !== undefined) {
      const mine = terminalState(process, from);
      if (typeof mine === 'string') return await refused(call, mine);
      if (!mine.open) return await refused(call, 'you have write permission turned off');
    }
    const [user, line] = operands;
    // The real one counts all its arguments, so that `--` is one too many for it.
    if (user === undefined || process.argv.length > 3) {
      await io.raw("Try 'write --help' for more information.\n");
      return 1;
    }
    const found = line === undefined ? await bestTerminal(call, user, from) : namedTerminal(process, user, line);
    if ('problem' in found) return await refused(call, found.problem);
    return await converse(call, found.tty, from);
  },
);

const refused = async ({ io }: Invocation, problem: string): Promise<number> => {
  await io.warn(problem);
  return 1;
};

interface TerminalState {
  /** Whether its user takes messages from this one. */
  readonly open: boolean;
  readonly accessedMs: number;
}

/** What write wants to know of a terminal before it writes, or what it says instead. */
function terminalState(process: Process, path: string): TerminalState | string {
  const stat = process.stat(path);
  if (failed(stat)) return `${path}: ${strerror(stat)}`;
  const { accessedMs, gid, mode } = stat;
  const credentials = process.credentials();
  if (credentials.uid === 0) return { open: true, accessedMs };
  if (credentials.gid !== gid) return `effective gid does not match group of ${path}`;
  return { open: (mode & GROUP_WRITE) !== 0, accessedMs };
}

type Found = { readonly tty: string } | { readonly problem: string };

function namedTerminal(process: Process, user: string, given: string): Found {
  const tty = given.replace(/^\/dev\//, '');
  if (!loginSessions(process).some((session) => session.user === user && session.tty === tty))
    return { problem: `${user} is not logged in on ${tty}` };
  const state = terminalState(process, `/dev/${tty}`);
  if (typeof state === 'string') return { problem: state };
  return state.open ? { tty } : { problem: `${user} has messages disabled on ${tty}` };
}

/** The one that was typed at last; the own one only where there is no other. */
async function bestTerminal({ io, process }: Invocation, user: string, from: string | undefined): Promise<Found> {
  const all = loginSessions(process).filter((session) => session.user === user);
  if (all.length === 0) return { problem: `${user} is not logged in` };
  let best: { readonly tty: string; readonly accessedMs: number } | undefined;
  let [isOwn, count] = [false, 0];
  for (const { tty } of all) {
    const state = terminalState(process, `/dev/${tty}`);
    if (typeof state === 'string') await io.warn(state);
    if (typeof state === 'string' || !state.open) continue;
    if (`/dev/${tty}` === from) {
      isOwn = true;
      continue;
    }
    count += 1;
    if (state.accessedMs > (best?.accessedMs ?? -1)) best = { tty, accessedMs: state.accessedMs };
  }
  if (best === undefined)
    return isOwn && from !== undefined
      ? { tty: from.replace(/^\/dev\//, '') }
      : { problem: `${user} has messages disabled` };
  if (count > 1) await io.warn(`${user} is logged in more than once; writing to ${best.tty}`);
  return { tty: best.tty };
}

async function converse({ io, process }: Invocation, tty: string, from: string | undefined): Promise<number> {
  const path = `/dev/${tty}`;
  const fd = process.open(path, { write: true });
  if (failed(fd)) {
    await io.warn(`${path}: ${strerror(fd)}`);
    return 1;
  }
  process.sigaction('SIGINT', 'catch');
  process.sigaction('SIGHUP', 'catch');
  const say = async (text: string): Promise<void> => {
    await process.write(fd, textToBytes(text));
  };
  const [login, user] = [loginName(process), userNameOf(process, process.credentials().uid) ?? '???'];
  const who = `${login}@${process.hostname()}${login === user ? '' : ` (as ${user})`}`;
  const at = strftime('%H:%M', process.time().realtimeUs);
  await say(
    `\r\n\u0007\u0007\u0007Message from ${who} on ${from?.replace(/^\/dev\//, '') ?? '<no tty>'} at ${at} ...\r\n`,
  );
  const lines = new LineReader(process, 0);
  for (;;) {
    const line = lines.ready();
    if (line !== undefined) await say(carefulText(`${bytesToText(line)}\n`, isUtf8(process)));
    else if (process.takeSignals().length > 0 || !(await lines.fill())) break;
  }
  const rest = lines.rest();
  await say(`${rest === undefined ? '' : carefulText(bytesToText(rest), isUtf8(process))}EOF\r\n`);
  return 0;
}
