/**
 * ip (iproute2 6.1.0).
 * Models: address, link, route, neighbour and netns over the kernel's tables; -j -p -d -s -br -o -4 -n.
 * Leaves out: IPv6 addresses, rules and further tables, tunnels beside vxlan, VLANs, monitor, batch files.
 */
import type { Process } from '../../../protocol/program.ts';
import type { Io } from '../../io.ts';
import { plainProgram } from '../../system/plain-program.ts';
import { ipAddress } from './address.ts';
import { complain, keywordOf, Words, type IpCall } from './call.ts';
import { addLink, deleteLink, setLink } from './change-links.ts';
import { ipNeighbour } from './neighbour.ts';
import { enterNamespace, ipNetns } from './netns.ts';
import { ipRoute } from './route.ts';
import { ipRule } from './rule.ts';
import { showLinks } from './show-links.ts';

const OBJECTS = [
  'address',
  'addrlabel',
  'maddress',
  'route',
  'rule',
  'neighbor',
  'neighbour',
  'ntable',
  'ntbl',
  'link',
  'l2tp',
  'fou',
  'ila',
  'macsec',
  'tunnel',
  'tunl',
  'tuntap',
  'tap',
  'token',
  'tcpmetrics',
  'tcp_metrics',
  'monitor',
  'xfrm',
  'mroute',
  'mrule',
  'netns',
  'netconf',
  'vrf',
  'sr',
  'nexthop',
  'mptcp',
  'ioam',
  'stats',
  'help',
] as const;

export const USAGE = `Usage: ip [ OPTIONS ] OBJECT { COMMAND | help }
       ip [ -force ] -batch filename
where  OBJECT := { address | addrlabel | amt | fou | help | ila | ioam | l2tp |
                   link | macsec | maddress | monitor | mptcp | mroute | mrule |
                   neighbor | neighbour | netconf | netns | nexthop | ntable |
                   ntbl | route | rule | sr | stats | tap | tcpmetrics |
                   token | tunnel | tuntap | vrf | xfrm }
       OPTIONS := { -V[ersion] | -s[tatistics] | -d[etails] | -r[esolve] |
                    -h[uman-readable] | -iec | -j[son] | -p[retty] |
                    -f[amily] { inet | inet6 | mpls | bridge | link } |
                    -4 | -6 | -M | -B | -0 |
                    -l[oops] { maximum-addr-flush-attempts } | -br[ief] |
                    -o[neline] | -t[imestamp] | -ts[hort] | -b[atch] [filename] |
                    -rc[vbuf] [size] | -n[etns] name | -N[umeric] | -a[ll] |
                    -c[olor]}
`;

export const ip = plainProgram('ip', async ({ io, process, args, flavour }) => {
  const read = await readOptions(io, process, args);
  if (typeof read === 'number') return read;
  const { options, netns, rest: words } = read;
  const call: IpCall = { io, process, flavour, ...options };
  const [word, ...rest] = words;
  if (word === undefined) {
    await io.raw(USAGE);
    return 255;
  }
  if (netns !== undefined) {
    const stopped = await enterNamespace(call, netns);
    if (stopped !== undefined) return stopped;
  }
  const object = keywordOf(word, OBJECTS);
  switch (object) {
    case 'address':
      return await ipAddress(call, rest);
    case 'link':
      return await ipLink(call, rest);
    case 'route':
      return await ipRoute(call, rest);
    case 'neighbor':
    case 'neighbour':
      return await ipNeighbour(call, rest);
    case 'netns':
      return await ipNetns(call, rest);
    case 'rule':
      return await ipRule(call, rest);
    case 'help':
      await io.raw(USAGE);
      return 255;
    case undefined:
      return await complain(call, `Object "${word}" is unknown, try "ip help".`);
    default:
      return await complain(call, `drydock: 'ip ${object}' is not simulated`);
  }
});

type IpOptions = Omit<IpCall, 'io' | 'process' | 'flavour'>;

/** Options that the model has nothing for. */
const NOT_SIMULATED =
  'batch tshort timestamp human human-readable iec echo loops rcvbuf 0 B M force Numeric resolve'.split(' ');

/** The options before the object; a number is the exit code where that was all. */
async function readOptions(
  io: Io,
  process: Process,
  args: readonly string[],
): Promise<
  { readonly options: IpOptions; readonly netns: string | undefined; readonly rest: readonly string[] } | number
> {
  const options = {
    json: false,
    pretty: false,
    details: false,
    statistics: 0,
    brief: false,
    oneLine: false,
    color: false,
    all: false,
    family: 'any' as IpCall['family'],
  };
  let at = 0;
  let netns: string | undefined;
  for (; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    if (!arg.startsWith('-') || arg === '-') break;
    const name = arg.replace(/^--?/, '');
    if (name === '') {
      at += 1;
      break;
    }
    if (name === '4') options.family = 'inet';
    else if (name === '6') options.family = 'inet6';
    else if (name === 'V' || 'Version'.startsWith(name)) {
      io.line('ip utility, iproute2-6.1.0, libbpf 1.3.0');
      return await io.end(0);
    } else if (name === 'n' || (name.length > 1 && 'netns'.startsWith(name))) {
      at += 1;
      netns = args[at] ?? '';
    } else if (name === 'f' || 'family'.startsWith(name)) {
      at += 1;
      options.family = args[at] === 'inet6' ? 'inet6' : 'inet';
    } else if (name === 'br' || (name.length > 1 && 'brief'.startsWith(name))) options.brief = true;
    else if ('json'.startsWith(name)) options.json = true;
    else if ('pretty'.startsWith(name)) options.pretty = true;
    else if ('details'.startsWith(name)) options.details = true;
    else if ('statistics'.startsWith(name)) options.statistics += 1;
    else if ('oneline'.startsWith(name)) options.oneLine = true;
    else if (/^c(o(l(o(r)?)?)?)?(=(always|auto|never))?$/.test(name))
      options.color = /=auto$/.test(name) ? process.isatty(1) : !/=never$/.test(name);
    else if ('all'.startsWith(name)) options.all = true;
    else if (name.length > 1 && 'help'.startsWith(name)) {
      await io.raw(USAGE);
      return 255;
    } else
      return await complain(
        { io },
        NOT_SIMULATED.some((option) => option.startsWith(name))
          ? `drydock: 'ip -${name}' is not simulated`
          : `Option "${arg.replace(/^--/, '-')}" is unknown, try "ip -help".`,
        255,
      );
  }
  return { options, netns, rest: args.slice(at) };
}

async function ipLink(call: IpCall, args: readonly string[]): Promise<number> {
  const [word = 'show'] = args;
  const words = new Words(args.slice(1));
  switch (
    keywordOf(word, [
      'add',
      'set',
      'change',
      'replace',
      'delete',
      'show',
      'lst',
      'list',
      'xstats',
      'afstats',
      'property',
      'help',
    ])
  ) {
    case 'add':
      return await addLink(call, words);
    case 'set':
    case 'change':
      return await setLink(call, words);
    case 'delete':
      return await deleteLink(call, words);
    case 'show':
    case 'list':
    case 'lst':
      return await showLinks(call, words, 'link');
    case undefined:
      return await complain(call, `Command "${word}" is unknown, try "ip link help".`, 255);
    default:
      return await complain(call, `drydock: 'ip link ${word}' is not simulated`);
  }
}
