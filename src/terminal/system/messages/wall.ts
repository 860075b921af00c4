/**
 * wall (util-linux 2.39): a message on the terminal of everybody who is logged in.
 * A terminal that takes nothing is waited for by a child, as long as -t says. Leaves out: nothing.
 */
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Process, Program } from '../../../protocol/program.ts';
import { accountOf, groupIdOf } from '../../accounts.ts';
import { command, type Invocation } from '../../coreutils/command.ts';
import { readAll } from '../../io.ts';
import { isUtf8 } from '../../locale-name.ts';
import { strftime } from '../../strftime.ts';
import { bytesToText, textToBytes } from '../../text.ts';
import { loginSessions } from '../accounts/login-sessions.ts';
import { carefulText } from './careful-text.ts';
import { loginName } from './login-name.ts';

const WIDTH = 79;
const DEFAULT_TIMEOUT_SECONDS = 300;
const BLANK = `${' '.repeat(WIDTH)}\r\n`;
const LARGEST_TIMEOUT = 0xffffffff;
const LARGEST_GROUP = 2 ** 64;

const wallCommand = command(
  {
    name: 'wall',
    calls: 'short',
    short: 'nt:g:',
    long: { nobanner: 'n', timeout: 't', group: 'g' },
    helpOption: '-h',
    usage: '[options] [<file> | <message>]',
  },
  async (call) => {
    const { io, options, process } = call;
    let [timeoutSeconds, banner, group] = [DEFAULT_TIMEOUT_SECONDS, true, undefined as number | undefined];
    for (const [letter, value] of options.order) {
      if (letter === 'n' && process.credentials().uid === 0) banner = false;
      else if (letter === 'n') await io.warn('--nobanner is available only for root');
      else if (letter === 't') {
        timeoutSeconds = Number(value);
        const problem = numberProblem(value, LARGEST_TIMEOUT) ?? (timeoutSeconds < 1 ? value : undefined);
        if (problem !== undefined) return await refused(call, `invalid timeout argument: ${problem}`);
      } else {
        group = groupIdOf(process, value) ?? Number(value);
        const problem = groupIdOf(process, value) === undefined ? numberProblem(value, LARGEST_GROUP) : undefined;
        if (problem !== undefined) return await refused(call, `invalid group argument: ${problem}`);
      }
    }
    const text = await messageText(call);
    if (text === undefined) return 1;
    const message = `${banner ? bannerText(process) : ''}${BLANK}${text}${BLANK}`;
    for (const { user, tty } of loginSessions(process)) {
      if (group !== undefined && !isMember(process, user, group)) continue;
      const problem = await send(process, `/dev/${tty}`, message, timeoutSeconds);
      if (problem !== undefined) await io.warn(problem);
    }
    return await io.end(0);
  },
);

interface Waiting {
  readonly line: string;
  readonly message: string;
  readonly timeoutSeconds: number;
}

export const wall: Program = {
  ...wallCommand,
  resume: async (process, state) => {
    const { line, message, timeoutSeconds } = state as unknown as Waiting;
    const fd = process.open(line, { write: true });
    if (failed(fd)) return 1;
    const ready = await process.poll([{ fd, write: true }], timeoutSeconds * 1e6);
    if (!failed(ready) && ready.length > 0) await process.write(fd, textToBytes(message));
    return 0;
  },
};

const refused = async ({ io }: Invocation, problem: string): Promise<number> => {
  await io.warn(problem);
  return 1;
};

/** strtou64_or_err of util-linux: what is wrong with a number, as its messages end. */
function numberProblem(value: string, limit: number): string | undefined {
  if (!/^\s*[+-]?\d+$/.test(value)) return `'${value}'`;
  return Number(value) < 0 || Number(value) > limit ? `'${value}': Numerical result out of range` : undefined;
}

/** The words given, a file where one operand names one, else standard input. */
async function messageText({ io, operands, process }: Invocation): Promise<string | undefined> {
  const [name] = operands;
  const careful = (text: string): string => carefulText(text, isUtf8(process), WIDTH);
  const isFile = operands.length === 1 && name !== undefined && !failed(process.stat(name));
  if (name !== undefined && !isFile) return `${operands.map(careful).join(' ')}\r\n`;
  const fd = name === undefined ? 0 : process.open(name, { read: true });
  if (failed(fd)) {
    await io.warn(`cannot open ${String(name)}: ${strerror(fd)}`);
    return undefined;
  }
  const bytes = await readAll(process, fd);
  return failed(bytes) ? '' : careful(bytesToText(bytes));
}

function bannerText(process: Process): string {
  const tty = process.ttyName(1);
  const where = failed(tty) ? 'somewhere' : tty.replace(/^\/dev\//, '');
  const date = strftime('%a %b %e %H:%M:%S %Y', process.time().realtimeUs);
  const text = `Broadcast message from ${loginName(process)}@${process.hostname()} (${where}) (${date}):`;
  return `\r${BLANK}${text.slice(0, WIDTH).padEnd(WIDTH)}\u0007\u0007\r\n`;
}

function isMember(process: Process, user: string, group: number): boolean {
  const account = accountOf(process, user);
  return account !== undefined && (account.gid === group || account.groups.includes(group));
}

/** What went wrong; a terminal that may not be written to is passed over (util-linux ttymsg.c). */
async function send(
  process: Process,
  line: string,
  message: string,
  timeoutSeconds: number,
): Promise<string | undefined> {
  const fd = process.open(line, { write: true });
  if (failed(fd)) return fd.errno === 'EACCES' ? undefined : `${line}: ${strerror(fd)}`;
  const ready = await process.poll([{ fd, write: true }], 0);
  if (failed(ready) || ready.length === 0) process.fork({ line, message, timeoutSeconds } satisfies Waiting);
  else await process.write(fd, textToBytes(message));
  process.close(fd);
  return undefined;
}
