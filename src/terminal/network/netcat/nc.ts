/**
 * nc: OpenBSD's netcat as Ubuntu has it, and busybox's. TCP, UDP and socket files; client, listener and port check.
 * Leaves out: IPv6, proxies, TLS, random ports, telnet negotiation, descriptors passed on, marks of packets.
 */
import { command, type Invocation } from '../../coreutils/command.ts';
import { connectAll, connectPath } from './connect.ts';
import { listen, listenPath } from './listen.ts';

const USAGE = `usage: nc [-46CDdFhklNnrStUuvZz] [-I length] [-i interval] [-M ttl]
\t  [-m minttl] [-O length] [-P proxy_username] [-p source_port]
\t  [-q seconds] [-s sourceaddr] [-T keyword] [-V rtable] [-W recvlimit]
\t  [-w timeout] [-X proxy_protocol] [-x proxy_address[:port]]
\t  [destination] [port]`;

const BUSYBOX_USAGE =
  'BusyBox v1.37.0 multi-call binary.\n\nUsage: nc [OPTIONS] HOST PORT  - connect\nnc [OPTIONS] -l -p PORT [HOST] [PORT]  - listen';

export const nc = command(
  {
    name: 'nc',
    onlyLetters: true,
    calls: 'short',
    // -4 says what all addresses here are.
    short: 'lzvunkw:p:q:N4s:i:dUe:h6CDFrStZI:M:m:O:P:T:V:W:X:x:bc:',
    usage: '[-46CDdFhklNnrStUuvZz] [-w timeout] [destination] [port]',
    hint: USAGE,
    absent: [...'eh6DFrStZIMmOPTVXxbc'],
  },
  async (call) => {
    const { io, options, operands } = call;
    const wrong = problemOf(call);
    if (wrong !== undefined) {
      await io.warn(wrong);
      return 1;
    }
    const [host, ...ports] = operands;
    if (options.has('U') && host !== undefined)
      return await (options.has('l') ? listenPath(call, host) : connectPath(call, host));
    if (options.has('l') && options.has('U') && call.flavour === 'gnu') {
      await io.warn('missing socket pathname');
      return 1;
    }
    // Its own end is named in one way: by operands, or by -s and -p.
    const twice = operands.length > 2 || (host !== undefined && (options.has('p') || options.has('s')));
    if (options.has('l') && twice && call.flavour === 'gnu') {
      await io.raw(`${USAGE}\n`);
      return 1;
    }
    if (options.has('l')) return await listen(call);
    if (host !== undefined && ports.length > 0) return await connectAll(call, host, ports);
    if (host !== undefined && call.flavour === 'gnu') await io.warn('missing port number');
    else await io.raw(`${call.flavour === 'gnu' ? USAGE : BUSYBOX_USAGE}\n`);
    return 1;
  },
);

/** Values that are no times, and options that do not go together. */
function problemOf({ options, flavour }: Invocation): string | undefined {
  if (flavour === 'busybox') return undefined;
  for (const [letter, name, least, most] of [
    ['w', 'timeout', 0, 2_147_483],
    ['i', 'interval', 0, 4_294_967_295],
    ['q', 'quit timer', -2_147_483_648, 2_147_483_647],
    ['W', 'receive limit', 1, 2_147_483_647],
  ] as const) {
    const value = options.value(letter);
    if (value !== undefined && !/^-?\d+$/.test(value)) return `${name} invalid: ${value}`;
    if (value !== undefined && Number(value) < least) return `${name} too small: ${value}`;
    if (value !== undefined && Number(value) > most) return `${name} too large: ${value}`;
  }
  if (options.has('l') && options.has('z')) return 'cannot use -z and -l';
  if (options.has('k') && !options.has('l')) return 'must use -l with -k';
  return undefined;
}
