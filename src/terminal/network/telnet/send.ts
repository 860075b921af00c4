/** telnet's `send`: commands of the protocol by their names. */
import { notSimulated } from '../../system/plain-program.ts';
import type { Telnet } from './state.ts';
import { IAC } from './wire.ts';

/** Names with their codes; without a code it is not simulated. */
const NAMES: readonly (readonly [name: string, code: number | 'escape' | 'absent' | 'help', help?: string])[] = [
  ['ao', 245, 'abort output'],
  ['ayt', 246, 'are you there'],
  ['brk', 243, 'break'],
  ['break', 243],
  ['ec', 247, 'erase character'],
  ['el', 248, 'erase line'],
  ['escape', 'escape', 'the escape character itself'],
  ['ga', 249, 'go ahead'],
  ['ip', 244, 'interrupt process'],
  ['intp', 244],
  ['interrupt', 244],
  ['intr', 244],
  ['nop', 241, 'no operation'],
  ['eor', 239, 'end of record'],
  ['abort', 238, 'abort process'],
  ['susp', 237, 'suspend process'],
  ['eof', 236, 'end of file'],
  ['synch', 'absent', '(not simulated)'],
  ['getstatus', 'absent', '(not simulated)'],
  ['?', 'help', 'this list'],
  ['help', 'help'],
  ['do', 'absent'],
  ['dont', 'absent'],
  ['will', 'absent'],
  ['wont', 'absent'],
];

type Code = (typeof NAMES)[number][1];

/** Whether it was sent. */
export async function sendCommand(state: Telnet, words: readonly string[]): Promise<boolean> {
  const { io, session, settings } = state;
  if (words.length === 0) {
    io.line("need at least one argument for 'send' command\n'send ?' for help");
    return false;
  }
  const codes: Code[] = [];
  for (const word of words) {
    const found = NAMES.filter(([name]) => name.startsWith(word.toLowerCase()));
    const [one] = found.some(([name]) => name === word) ? found.filter(([name]) => name === word) : found;
    if (one === undefined || (found.length > 1 && one[0] !== word)) {
      io.line(`${one === undefined ? 'Unknown' : 'Ambiguous'} send argument '${word}'\n'send ?' for help.`);
      return false;
    }
    if (one[1] === 'help') {
      for (const [name, , help] of NAMES) if (help !== undefined) io.line(`${name.padEnd(15)} ${help}`);
      return false;
    }
    if (one[1] === 'absent') {
      await notSimulated(io, `telnet> send ${one[0]}`);
      return false;
    }
    codes.push(one[1]);
  }
  if (session === undefined) {
    io.line("?Need to be connected first.\n'send ?' for help");
    return false;
  }
  for (const code of codes)
    await session.send(typeof code === 'number' ? Uint8Array.of(IAC, code) : Uint8Array.of(settings.escape.byte ?? 0));
  return true;
}
