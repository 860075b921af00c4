/** `ip route`. */
import { failed } from '../../../protocol/errno.ts';
import type { Flavour } from '../../coreutils/command.ts';
import type { Plain } from '../../../protocol/plain.ts';
import { formatNetwork, parseCidr, parseIpv4 } from '../../../formats/ip.ts';
import { recordsOf, KernelRecord } from '../../system/kernel-data.ts';
import { iprouteJson } from '../json-writer.ts';
import { readLinks } from '../link-facts.ts';
import { complain, keywordOf, means, refused, type IpCall, Words } from './call.ts';

const VERBS = [
  'list',
  'show',
  'lst',
  'get',
  'add',
  'append',
  'change',
  'chg',
  'replace',
  'prepend',
  'test',
  'delete',
  'flush',
  'save',
  'restore',
  'showdump',
  'help',
] as const;
const TYPES = ['unicast', 'blackhole', 'unreachable', 'prohibit'];

export async function ipRoute(call: IpCall, args: readonly string[]): Promise<number> {
  const [word = 'show'] = args;
  const verb = keywordOf(word, VERBS);
  const words = new Words(args.slice(1));
  if (call.family === 'inet6') return await call.io.end(0);
  switch (verb) {
    case 'list':
    case 'show':
    case 'lst':
      return await show(call, words);
    case 'get':
      return await get(call, words);
    case 'add':
    case 'replace':
      return await change(call, verb, words);
    case 'delete':
      return await change(call, verb, words);
    case 'flush':
      return await flush(call, words);
    case undefined:
      return await complain(call, `Command "${word}" is unknown, try "ip route help".`, 255);
    default:
      return await complain(call, `drydock: 'ip route ${verb}' is not simulated`);
  }
}

/** `default via … dev … proto … scope … src … metric …`, each word with a blank after it. */
export function routeText(
  route: KernelRecord,
  options: { readonly table: boolean; readonly details: boolean; readonly flavour: Flavour },
): string {
  const type = route.text('type');
  const protocol = route.text('protocol');
  const scope = route.text('scope');
  const metric = route.number('metric');
  const busybox = options.flavour === 'busybox';
  return [
    ...(type === 'unicast' ? (options.details ? ['unicast'] : []) : [type]),
    route.text('destination'),
    ...(route.has('via') ? ['via', route.text('via')] : []),
    ...(route.has('device') ? ['dev', route.text('device')] : []),
    ...(options.table && route.text('table') !== 'main' ? ['table', route.text('table')] : []),
    ...(protocol === '' || busybox || (protocol === 'boot' && !options.details) ? [] : ['proto', protocol]),
    ...(scope === '' || (scope === 'global' && !options.details) ? [] : ['scope', scope]),
    ...(route.has('source') ? [busybox ? ' src' : 'src', route.text('source')] : []),
    ...(metric === 0 ? [] : ['metric', String(metric)]),
    ...(route.flag('onlink') ? ['onlink'] : []),
    ...(route.flag('linkDown') ? ['linkdown'] : []),
    '',
  ].join(' ');
}

function routeJson(route: KernelRecord): Plain {
  const type = route.text('type');
  const scope = route.text('scope');
  const metric = route.number('metric');
  return {
    ...(type === 'unicast' ? {} : { type }),
    dst: route.text('destination'),
    ...(route.has('via') ? { gateway: route.text('via') } : {}),
    ...(route.has('device') ? { dev: route.text('device') } : {}),
    ...(route.text('protocol') === 'boot' || route.text('protocol') === '' ? {} : { protocol: route.text('protocol') }),
    ...(scope === 'global' || scope === '' ? {} : { scope }),
    ...(route.has('source') ? { prefsrc: route.text('source') } : {}),
    ...(metric === 0 ? {} : { metric }),
    flags: [...(route.flag('onlink') ? ['onlink'] : []), ...(route.flag('linkDown') ? ['linkdown'] : [])],
  };
}

async function show(call: IpCall, words: Words): Promise<number> {
  let table = 'main';
  const tests: ((route: KernelRecord) => boolean)[] = [];
  const destination = (text: string, how: 'exact' | 'root' | 'match'): void => {
    const wanted = text === 'default' ? '0.0.0.0/0' : text.includes('/') ? text : `${text}/32`;
    const cidr = parseCidr(wanted);
    tests.push((route) => {
      const own = route.text('destination');
      const each = parseCidr(own === 'default' ? '0.0.0.0/0' : own.includes('/') ? own : `${own}/32`);
      if (cidr === undefined || each === undefined) return false;
      if (how === 'exact') return formatNetwork(cidr) === formatNetwork(each);
      const [wide, narrow] = how === 'root' ? [cidr, each] : [each, cidr];
      return wide.prefixLength <= narrow.prefixLength && (narrow.network & wide.mask) >>> 0 === wide.network;
    });
  };
  for (let word = words.next(); word !== undefined; word = words.next()) {
    if (word === 'table') {
      const name = words.next() ?? '';
      table = { '254': 'main', '255': 'local', '0': 'all' }[name] ?? name;
    } else if (word === 'dev' || word === 'oif') {
      const device = words.next() ?? '';
      if (!readLinks(call.process).some(({ name }) => name === device))
        return await complain(call, `Cannot find device "${device}"`);
      tests.push((route) => route.text('device') === device);
    } else if (word === 'via') {
      const via = words.next() ?? '';
      tests.push((route) => route.text('via') === via);
    } else if (word === 'proto' || word === 'scope' || word === 'type' || word === 'src') {
      const value = words.next() ?? '';
      const member = { proto: 'protocol', scope: 'scope', type: 'type', src: 'source' }[word];
      tests.push((route) => route.text(member) === value);
    } else if (word === 'root' || word === 'match' || word === 'exact') destination(words.next() ?? '', word);
    else if (word === 'to') continue;
    else if (word === 'default' || word.includes('.')) destination(word, 'exact');
    else return await complain(call, `drydock: 'ip route show ${word}' is not simulated`);
  }
  if (!['main', 'local', 'all', 'default'].includes(table)) {
    if (/^\d+$/.test(table)) return 0;
    return await complain(call, `Error: argument "${table}" is wrong: table id value is invalid\n`, 255);
  }
  const routes = recordsOf(call.process.kernel({ subsystem: 'route', op: 'list', args: { table } })).filter((route) =>
    tests.every((test) => test(route)),
  );
  if (call.json) call.io.out(iprouteJson(routes.map(routeJson), call.pretty));
  else for (const route of routes) call.io.line(routeText(route, { ...call, table: table === 'all' }));
  return await call.io.end(0);
}

async function get(call: IpCall, words: Words): Promise<number> {
  let destination = words.next();
  if (destination === 'to') destination = words.next();
  const [ip = ''] = (destination ?? '').split('/');
  const option = words.next();
  if (option !== undefined) return await complain(call, `drydock: 'ip route get ${option}' is not simulated`);
  if (destination === undefined) return await complain(call, 'need at least a destination address');
  if (parseIpv4(ip) === undefined)
    return await complain(call, `Error: any valid prefix is expected rather than "${destination}".`);
  const answer = call.process.kernel({ subsystem: 'route', op: 'get', args: { destination: ip } });
  if (failed(answer)) return await refused(call, answer);
  const route = new KernelRecord(answer);
  const { uid } = call.process.credentials();
  const local = route.text('type') === 'local';
  if (call.json)
    call.io.out(
      iprouteJson(
        [
          {
            ...(local ? { type: 'local' } : {}),
            dst: ip,
            ...(route.has('via') ? { gateway: route.text('via') } : {}),
            dev: route.text('device'),
            prefsrc: route.text('source'),
            flags: [],
            uid,
            cache: local ? ['local'] : [],
          },
        ],
        call.pretty,
      ),
    );
  else
    call.io.line(
      `${local ? 'local ' : ''}${ip} ${route.has('via') ? `via ${route.text('via')} ` : ''}dev ${route.text('device')} ${route.has('source') ? `src ${route.text('source')} ` : ''}uid ${String(uid)} \n    cache ${local ? '<local> ' : ''}`,
    );
  return await call.io.end(0);
}

interface RouteWords {
  destination?: string;
  via?: string;
  device?: string;
  source?: string;
  metric?: number;
  onlink?: boolean;
  scope?: string;
  protocol?: string;
  type?: string;
}

type RouteVerb = 'add' | 'replace' | 'delete';

/** Attributes of routes that the model does not have. */
const NOT_SIMULATED: ReadonlySet<string> = new Set(
  'table nexthop mtu advmss initcwnd rtt tos encap nhid weight realms local broadcast throw pref'.split(' '),
);

async function change(call: IpCall, verb: RouteVerb, words: Words): Promise<number> {
  const route = await readRoute(call, verb, words);
  if (typeof route === 'number') return route;
  if (route.destination === undefined)
    return await complain(call, 'Error: any valid prefix is expected rather than "".');
  const done = call.process.kernel({ subsystem: 'route', op: verb, args: { route: { ...route } } });
  if (!failed(done)) return 0;
  return await refused(call, done, {
    ENETUNREACH:
      route.via === undefined ? 'RTNETLINK answers: Network is unreachable' : 'Error: Nexthop has invalid gateway.',
    ...(route.device === undefined && route.via === undefined
      ? { EINVAL: 'RTNETLINK answers: No such device', ENODEV: 'RTNETLINK answers: No such device' }
      : {}),
  });
}

/** The route that words describe; a number is the exit code where one of them is wrong. */
async function readRoute(call: IpCall, verb: RouteVerb, words: Words): Promise<RouteWords | number> {
  const route: RouteWords = {};
  for (let word = words.next(); word !== undefined; word = words.next()) {
    if (word === 'via') {
      const via = words.next() ?? '';
      if (parseIpv4(via) === undefined)
        return await complain(call, `Error: inet address is expected rather than "${via}".`);
      route.via = via;
    } else if (word === 'dev' || word === 'oif') {
      route.device = words.next() ?? '';
      if (!readLinks(call.process).some(({ name }) => name === route.device))
        return await complain(call, `Cannot find device "${route.device}"`);
    } else if (word === 'src') route.source = words.next() ?? '';
    else if (means(word, 'metric') && word.length > 1) route.metric = Number(words.next());
    else if (word === 'onlink') route.onlink = true;
    else if (word === 'scope') route.scope = words.next() ?? '';
    else if (means(word, 'protocol') && word.length > 1) route.protocol = words.next() ?? '';
    else if (word === 'table' && (words.peek() === 'main' || words.peek() === '254')) words.next();
    else if (word === 'to') continue;
    else if (TYPES.includes(word)) route.type = word;
    else if (word === 'default' || word === 'any' || word === 'all') route.destination = 'default';
    else if (/^[\d.]+(\/\d+)?$/.test(word)) {
      const cidr = parseCidr(word.includes('/') ? word : `${word}/32`);
      if (cidr === undefined) return await complain(call, `Error: any valid prefix is expected rather than "${word}".`);
      if (formatNetwork(cidr) !== (word.includes('/') ? word : `${word}/32`))
        return await complain(call, 'Error: Invalid prefix for given prefix length.', 2);
      route.destination = word.includes('/') ? word : `${word}/32`;
    } else if (NOT_SIMULATED.has(word))
      return await complain(call, `drydock: 'ip route ${verb} ${word}' is not simulated`);
    else return await complain(call, `Error: any valid prefix is expected rather than "${word}".`);
  }
  return route;
}

async function flush(call: IpCall, words: Words): Promise<number> {
  const [first, second] = words.rest;
  if (first === undefined) return await complain(call, '"ip route flush" requires arguments', 255);
  if (first === 'cache') return 0;
  if (first !== 'dev') return await complain(call, `drydock: 'ip route flush ${first}' is not simulated`);
  for (const route of recordsOf(call.process.kernel({ subsystem: 'route', op: 'list' })).filter(
    (each) => each.text('device') === second,
  )) {
    const done = call.process.kernel({
      subsystem: 'route',
      op: 'delete',
      args: { route: { destination: route.text('destination'), device: second ?? '' } },
    });
    if (failed(done)) return await refused(call, done);
  }
  return 0;
}
