/** Ports as netcat reads them. */
import type { Invocation } from '../../coreutils/command.ts';
import { serviceName, servicePort } from '../service-names.ts';

const LAST_PORT = 65_535;

/** The port that a word means; undefined after a complaint. */
export async function portOf({ io, options, process }: Invocation, word: string): Promise<number | undefined> {
  const port = /^-?\d+$/.test(word) ? Number(word) : servicePort(process, word, options.has('u') ? 'udp' : 'tcp');
  const wrong = port === undefined ? 'invalid' : port < 1 ? 'too small' : port > LAST_PORT ? 'too large' : undefined;
  if (wrong === undefined) return port;
  await io.warn(`port number ${wrong}: ${word}`);
  return undefined;
}

/** The own port that a word means, which getaddrinfo reads: 0 is any, and what is too large loses its upper bits. */
export async function ownPortOf({ io, options, process }: Invocation, word: string): Promise<number | undefined> {
  if (/^\d+$/.test(word)) return Number(word) & LAST_PORT;
  const port = servicePort(process, word, options.has('u') ? 'udp' : 'tcp');
  if (port === undefined) await io.warn('getaddrinfo: Servname not supported for ai_socktype');
  return port;
}

/** `80`, `80-90`: the ports of each word in turn; undefined after a complaint. */
export async function portsOf(call: Invocation, words: readonly string[]): Promise<readonly number[] | undefined> {
  const ports: number[] = [];
  for (const word of words) {
    // What begins with a digit is no name of a service: its minus parts two ports.
    const range = /^(\d[^-]*)-(.*)$/.exec(word);
    const from = await portOf(call, range?.[1] ?? word);
    const to = range === null ? from : await portOf(call, range[2] ?? '');
    if (from === undefined || to === undefined) return undefined;
    const [low, high] = [Math.min(from, to), Math.max(from, to)];
    for (let port = low; port <= high; port += 1) ports.push(port);
  }
  return ports;
}

/** How -v names a port: `[tcp/http]`, `[udp/*]`. */
export function protocolAndService({ options, process }: Invocation, port: number): string {
  const protocol = options.has('u') ? 'udp' : 'tcp';
  const name = options.has('n') ? String(port) : serviceName(process, port, protocol);
  return `[${protocol}/${name === String(port) ? '*' : name}]`;
}
