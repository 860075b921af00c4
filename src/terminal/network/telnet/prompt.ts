/** telnet's prompt: what its commands do. Those that are not simulated say so by name. */
import type { Io } from '../../io.ts';
import { waitFor, startChild } from '../../run-child.ts';
import { notSimulated } from '../../system/plain-program.ts';
import { bytesToText } from '../../text.ts';
import { complain, destinationOf, type Destination } from './open.ts';
import { sendCommand } from './send.ts';
import { characterOf, controlName } from './control-character.ts';
import type { Telnet } from './state.ts';
import { LOGOUT } from './wire.ts';

/** What is to happen after the prompt. */
export type Wish =
  | { readonly type: 'resume' }
  | { readonly type: 'close' }
  | { readonly type: 'quit' }
  | { readonly type: 'open'; readonly destination: Destination };

/** Names with what they do, in the order of the list. */
const COMMANDS: readonly (readonly [name: string, help: string, needsConnection?: true])[] = [
  ['close', 'end the connection', true],
  ['logout', 'ask the other end to log out', true],
  ['display', 'show settings'],
  ['mode', "send lines or characters ('mode ?' tells more)"],
  ['open', 'connect to a host'],
  ['quit', 'leave telnet'],
  ['send', "send a command of the protocol ('send ?' tells more)"],
  ['set', 'change a setting'],
  ['unset', 'take a setting back'],
  ['status', 'show the state of the connection'],
  ['toggle', 'turn a setting over'],
  ['slc', 'special characters (not simulated)'],
  ['auth', 'authentication (not simulated)'],
  ['encrypt', 'encryption (not simulated)'],
  ['z', 'suspend telnet'],
  ['!', 'run a shell command'],
  ['environ', 'environment variables (not simulated)'],
  ['?', 'show this list'],
];
const HIDDEN = ['help', 'escape', 'crmod'];

type Found = 'none' | 'ambiguous' | { readonly name: string };

/** The command that a word begins. */
function commandOf(word: string): Found {
  for (const names of [COMMANDS.map(([name]) => name), HIDDEN]) {
    const found = names.filter((name) => name.startsWith(word.toLowerCase()));
    if (found.includes(word)) return { name: word };
    const [name] = found;
    if (name !== undefined) return found.length > 1 ? 'ambiguous' : { name };
  }
  return 'none';
}

/** `behind` is what followed the escape character: the first line, where it is one. */
export async function prompt(state: Telnet, behind: Uint8Array | undefined): Promise<Wish> {
  const { process, io, session } = state;
  let given = behind === undefined ? '' : bytesToText(behind);
  for (;;) {
    io.out('telnet> ');
    if (process.isatty(1)) await io.flush();
    let line: string | undefined;
    if (given.length > 1 && given.includes('\n')) {
      line = given.slice(0, given.indexOf('\n'));
      io.line(line);
    } else line = await state.commands.nextText();
    given = '';
    if (line === undefined) {
      io.line('');
      return { type: 'quit' };
    }
    const words = wordsOf(line);
    const wish = words.length === 0 ? RESUME : await obey(state, words, line);
    if (wish === undefined) continue;
    if (wish.type === 'resume' && session === undefined) continue;
    if (process.isatty(1)) await io.flush();
    return wish;
  }
}

const RESUME: Wish = { type: 'resume' };

/** Words with quotes and backslashes taken off; `!` is one by itself. */
function wordsOf(line: string): readonly string[] {
  const rest = line.startsWith('!') ? line.slice(1) : line;
  const found = rest.match(/(?:\\.|"[^"]*"?|'[^']*'?|[^\s\\"'])+/g) ?? [];
  const words = found.map((word) => word.replace(/\\(.)|["']/g, '$1'));
  return line.startsWith('!') ? ['!', ...words] : words;
}

async function obey(state: Telnet, words: readonly string[], line: string): Promise<Wish | undefined> {
  const { io, session } = state;
  const [word = '', ...rest] = words;
  const found = commandOf(word);
  if (typeof found === 'string') {
    io.line(found === 'none' ? '?Invalid command' : '?Ambiguous command');
    return undefined;
  }
  const { name } = found;
  if (COMMANDS.some(([each, , needs]) => each === name && needs === true) && session === undefined) {
    io.line('?Need to be connected first.');
    return undefined;
  }
  switch (name) {
    case 'quit':
      return { type: 'quit' };
    case 'close':
      return { type: 'close' };
    case 'open':
      return await open(state, rest);
    case 'logout':
      await session?.send(LOGOUT);
      return RESUME;
    case 'status':
      status(state);
      return RESUME;
    case 'z':
      await io.flush();
      state.process.kill(state.process.pid, 'SIGTSTP');
      return RESUME;
    case '!':
      return await shell(state, line.slice(1).trim());
    case '?':
    case 'help':
      help(io, rest);
      return undefined;
    case 'send':
      return (await sendCommand(state, rest)) ? RESUME : undefined;
    default:
      return (await setting(state, name, rest)) ? RESUME : undefined;
  }
}

async function open(state: Telnet, words: readonly string[]): Promise<Wish | undefined> {
  const { io, session } = state;
  if (session !== undefined) {
    io.line(`?Already connected to ${session.host}`);
    return undefined;
  }
  if (words.length === 0) io.out('(to) ');
  if (words.length === 0 && state.process.isatty(1)) await io.flush();
  const asked = words.length > 0 ? words : wordsOf((await state.commands.nextText()) ?? '');
  const destination = await destinationOf(io, 'open', asked);
  return destination === undefined ? undefined : { type: 'open', destination };
}

function status({ io, session, settings }: Telnet): void {
  if (session === undefined) io.line('No connection.');
  else {
    io.line(`Connected to ${session.host}.`);
    io.line(session.single ? 'Operating in single character mode' : 'Operating in obsolete linemode');
    if (session.single) io.line('Catching signals locally');
    io.line(`${session.echoesHere ? 'Local' : 'Remote'} character echo`);
  }
  io.line(`Escape character is '${controlName(settings.escape.byte)}'.`);
}

async function shell({ process, io }: Telnet, line: string): Promise<Wish> {
  if (process.isatty(1)) await io.flush();
  const path = process.env['SHELL'] ?? '/bin/sh';
  const pid = startChild(process, line === '' ? [path] : [path, '-c', line]);
  if (typeof pid === 'number') await waitFor(process, pid);
  return RESUME;
}

function help(io: Io, words: readonly string[]): void {
  if (words.length === 0) {
    io.line('Commands may be abbreviated.  Commands are:\n');
    for (const [name, text] of COMMANDS) io.line(`${name.padEnd(8)}\t${text}`);
  }
  for (const word of words) {
    const found = commandOf(word);
    if (found === 'ambiguous') io.line(`?Ambiguous help command ${word}`);
    else if (found === 'none') io.line(`?Invalid help command ${word}`);
    else io.line(COMMANDS.find(([name]) => name === found.name)?.[1] ?? '(null)');
  }
}

/** Settings and modes; whether telnet goes back to the connection. */
async function setting(state: Telnet, name: string, words: readonly string[]): Promise<boolean> {
  const { io, process, settings, session } = state;
  const [what, value] = words;
  const wish = [name, ...words].join(' ');
  if (what === undefined && (name === 'set' || name === 'unset' || name === 'mode')) {
    if (name === 'mode') io.line("'mode' command requires an argument\n'mode ?' for help.");
    else if (name === 'set') io.line("Format is 'set Name Value'\n'set ?' for help.");
    else await complain(process, "Need an argument to 'unset' command.  'unset ?' for help.\n");
    return false;
  }
  if (wish === 'toggle crlf') {
    settings.crlf = !settings.crlf;
    io.line(`Will send carriage returns as telnet <CR><${settings.crlf ? 'LF' : 'NUL'}>.`);
    return true;
  }
  if (wish === 'display escape') {
    io.line(`escape          [${controlName(settings.escape.byte)}]`);
    return true;
  }
  if (name === 'set' && what === 'escape' && value !== undefined) {
    settings.escape.byte = value === 'off' ? undefined : characterOf(value);
    io.line(`escape character is '${controlName(settings.escape.byte)}'.`);
    return true;
  }
  if (name === 'mode' && what === 'character') {
    if (session === undefined) io.line('?Need to be connected first.');
    else await session.characterMode();
    return session !== undefined;
  }
  await notSimulated(io, `telnet> ${wish}`);
  return false;
}
