/** telnet's `open`: from the words of a call to a connection. */
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import type { Io } from '../../io.ts';
import { resolveErrorText, resolveHost } from '../../resolver.ts';
import { servicePort } from '../service-names.ts';
import { notSimulated } from '../../system/plain-program.ts';
import { textToBytes } from '../../text.ts';
import { Session } from './session.ts';
import type { Settings } from './settings.ts';

const LAST_PORT = 65_535;

export interface Destination {
  readonly host: string;
  readonly port: string;
  /** The own address. */
  readonly from?: string;
}

const usage = (name: string): string => `usage: ${name} [-4] [-6] [-l user] [-b addr] [-a] host-name [port]`;

/** The words behind `open`; undefined after a complaint. */
export async function destinationOf(io: Io, name: string, words: readonly string[]): Promise<Destination | undefined> {
  const operands: string[] = [];
  let from: string | undefined;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (word === '-6' || word === '-l' || word === '-a') {
      await notSimulated(io, `telnet open ${word}`);
      return undefined;
    }
    if (word === 'help' || word === '?' || (word === '-b' && words[at + 1] === undefined)) operands.length = 3;
    else if (word === '-b') {
      at += 1;
      from = words[at];
    } else if (word !== '-4') operands.push(word);
  }
  const [host, port] = operands;
  if (host !== undefined && operands.length < 3)
    return { host, port: port ?? 'telnet', ...(from === undefined ? {} : { from }) };
  io.line(usage(name));
  return undefined;
}

/** A session with a host; undefined after a complaint. */
export async function openSession(
  process: Process,
  io: Io,
  { host, port: given, from }: Destination,
  settings: Settings,
): Promise<Session | undefined> {
  const minus = given.startsWith('-');
  const word = minus ? given.slice(1) : given;
  const wrong = wrongPort(word);
  if (wrong !== undefined) {
    io.line(wrong);
    return undefined;
  }
  const found = await resolveHost(process, host);
  const port = /^\d+$/.test(word) ? Number(word) : servicePort(process, word, 'tcp');
  if (found.type === 'failed' || port === undefined) {
    const why = found.type === 'failed' ? resolveErrorText(found.reason) : 'Servname not supported for ai_socktype';
    io.line(`Server lookup failure:  ${host}:${word}, ${why}`);
    return undefined;
  }
  for (const [at, ip] of found.addresses.entries()) {
    io.line(`Trying ${ip}...`);
    if (process.isatty(1)) await io.flush();
    const fd = await process.connect({ family: 'inet', ip, port }, from === undefined ? {} : { from: { ip: from } });
    if (!failed(fd)) return new Session(process, fd, host, settings, minus || word === 'telnet');
    const message =
      fd.errno === 'EADDRNOTAVAIL' && from !== undefined
        ? 'telnet: bind'
        : at < found.addresses.length - 1
          ? 'Connection failed'
          : 'telnet: Unable to connect to remote host';
    await complain(process, `${message}: ${strerror(fd)}\n`);
    if (message === 'telnet: bind') return undefined;
  }
  return undefined;
}

/** Standard error does not wait for what standard output holds back. */
export async function complain(process: Process, text: string): Promise<void> {
  await process.write(2, textToBytes(text));
}

function wrongPort(word: string): string | undefined {
  if (!/^\d/.test(word)) return undefined;
  if (!/^\d+$/.test(word)) return `Invalid port name '${word}'.`;
  return Number(word) < 1 || Number(word) > LAST_PORT ? `Port number ${word} is out of range.` : undefined;
}
