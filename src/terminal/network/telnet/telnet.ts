/**
 * telnet of GNU inetutils: a connection that is typed into line by line, and the commands behind its escape character.
 * Models: TCP connections, editing a line here, characters one by one on telnet's own port, end of lines, signals as commands
 * of the protocol, the prompt with open, close, quit, status, send, mode, z, !, set escape, toggle crlf, display escape.
 * Leaves out: IPv6, logging in, authentication, encryption, ~/.telnetrc, and the protocol's options but the echo.
 */
import { command, type Invocation } from '../../coreutils/command.ts';
import { LineReader } from '../../io.ts';
import { characterOf, controlName } from './control-character.ts';
import { prompt } from './prompt.ts';
import { openSession, type Destination } from './open.ts';
import type { Telnet } from './state.ts';

const hint = (name: string): string => `Try '${name} --help' or '${name} --usage' for more information.`;
/** ^] */
const ESCAPE = 29;

export const telnet = command(
  {
    name: 'telnet',
    calls: 'short',
    // -4 says what all addresses here are; -K and -c say what is done anyway.
    short: '468acdEKLrxVb:e:l:n:k:X:?',
    long: {
      ipv4: '4',
      ipv6: '6',
      binary: '8',
      login: 'a',
      bind: 'b:',
      'no-rc': 'c',
      debug: 'd',
      escape: 'e:',
      'no-escape': 'E',
      'no-login': 'K',
      user: 'l:',
      'binary-output': 'L',
      trace: 'n:',
      rlogin: 'r',
      encrypt: 'x',
      realm: 'k:',
      'disable-auth': 'X:',
      version: 'V',
      usage: 'usage',
      help: '?',
    },
    absent: [...'68adLrxlnkX', 'usage'],
    usage: '[OPTION...] [HOST [PORT]]',
    usageStatus: 64,
    hint,
  },
  async (call) => {
    const { io, options, operands, process } = call;
    if (options.has('?')) {
      io.line(`Usage: ${call.usage}`);
      return await io.end(0);
    }
    if (options.has('V')) {
      io.line('telnet (GNU inetutils) 2.5');
      return await io.end(0);
    }
    const state: Telnet = {
      process,
      io,
      commands: new LineReader(process, 0),
      settings: { escape: { byte: escapeOf(call) }, crlf: false },
      session: undefined,
    };
    const chosen = options.value('e');
    if (chosen !== undefined) io.line(`Telnet escape character is '${controlName(state.settings.escape.byte)}'.`);
    const [host, port = 'telnet', ...more] = operands;
    if (more.length > 0) {
      await io.warn('too many arguments');
      return 1;
    }
    if (host === undefined) return await atPrompt(state);
    const from = options.value('b');
    return await connect(state, { host, port, ...(from === undefined ? {} : { from }) }, true);
  },
);

/** `^B`, or the character itself. */
function escapeOf({ options }: Invocation): number | undefined {
  const word = options.value('e');
  if (options.has('E') || word === '') return undefined;
  return word === undefined ? ESCAPE : characterOf(word);
}

/** Without a host: commands until one of them connects. */
async function atPrompt(state: Telnet): Promise<number> {
  for (;;) {
    const wish = await prompt(state, undefined);
    if (wish.type === 'quit') return await state.io.end(0);
    if (wish.type !== 'open') continue;
    const status = await connect(state, wish.destination, false);
    if (status !== 'again') return status;
  }
}

/** A connection to its end; `again` where the prompt follows. */
async function connect(state: Telnet, destination: Destination, named: true): Promise<number>;
async function connect(state: Telnet, destination: Destination, named: false): Promise<number | 'again'>;
async function connect(state: Telnet, destination: Destination, named: boolean): Promise<number | 'again'> {
  const { process, io } = state;
  const session = await openSession(process, io, destination, state.settings);
  if (session === undefined) return named ? await io.end(1) : 'again';
  state.session = session;
  io.line(`Connected to ${session.host}.`);
  io.line(`Escape character is '${controlName(state.settings.escape.byte)}'.`);
  await io.flush();
  await session.open();
  for (;;) {
    const left = await session.run();
    if (left === 'ended') {
      process.close(session.fd);
      await io.raw('Connection closed by foreign host.\n');
      return 0;
    }
    io.line('');
    const wish = await prompt(state, left.behind);
    if (wish.type === 'resume') continue;
    process.close(session.fd);
    state.session = undefined;
    io.line('Connection closed.');
    if (wish.type === 'quit' || named) return await io.end(0);
    return 'again';
  }
}
