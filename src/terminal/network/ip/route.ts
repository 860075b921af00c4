/** `ip route`. */
import { failed } from '../../../protocol/errno.ts';
import { formatNetwork, parseCidr, parseIpv4 } from '../../../formats/ip.ts';
import { recordsOf } from '../../system/kernel/kernel-data.ts';
import { iprouteJson } from '../rtnetlink/json-writer.ts';
import { readLinks } from '../rtnetlink/link-facts.ts';
import { complain, notPrefix, keywordOf, means, refused, type IpCall, Words } from './call.ts';
import { getRoute } from './route-get.ts';
import { selectRoutes } from './route-selector.ts';
import { routeJson, routeText } from './route-text.ts';
import { LOCAL_TABLE, MAIN_TABLE, tableNumber } from './routing-tables.ts';

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
const TYPES = ['unicast', 'blackhole', 'unreachable', 'prohibit', 'throw'];

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
      return await getRoute(call, words);
    case 'add':
    case 'replace':
      return await change(call, verb, words);
    case 'delete':
    case 'change':
      return await change(call, verb, words);
    case 'chg':
      return await change(call, 'change', words);
    case 'flush':
      return await flush(call, words);
    case undefined:
      return await complain(call, `Command "${word}" is unknown, try "ip route help".`, 255);
    default:
      return await complain(call, `drydock: 'ip route ${verb}' is not simulated`);
  }
}

async function show(call: IpCall, words: Words): Promise<number> {
  const selected = await selectRoutes(call, 'show', words);
  if (typeof selected === 'number') return selected;
  const { routes, table, told } = selected;
  if (call.json) call.io.out(iprouteJson(routes.map(routeJson), call.pretty));
  else for (const route of routes) call.io.line(routeText(route, { ...call, table: table === 0, told }));
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
  table?: number;
}

type RouteVerb = 'add' | 'replace' | 'change' | 'delete';

/** Attributes of routes that the model does not have. */
const NOT_SIMULATED: ReadonlySet<string> = new Set(
  'nexthop mtu advmss initcwnd rtt tos encap nhid weight realms local broadcast pref'.split(' '),
);

async function change(call: IpCall, verb: RouteVerb, words: Words): Promise<number> {
  const route = await readRoute(call, verb, words);
  if (typeof route === 'number') return route;
  if (route.destination === undefined) return await complain(call, notPrefix(''));
  if (verb === 'change' && !isThere(call, route)) return await refused(call, { errno: 'ENOENT' });
  const op = verb === 'change' ? 'replace' : verb;
  const done = call.process.kernel({ subsystem: 'route', op, args: { route: { ...route } } });
  if (!failed(done)) return 0;
  return await refused(call, done, {
    ENETUNREACH:
      route.via === undefined ? 'RTNETLINK answers: Network is unreachable' : 'Error: Nexthop has invalid gateway.',
    ...(route.device === undefined && route.via === undefined
      ? { EINVAL: 'RTNETLINK answers: No such device', ENODEV: 'RTNETLINK answers: No such device' }
      : {}),
  });
}

/** Whether a route has the destination and the metric already: what `change` is about. */
const isThere = (call: IpCall, { destination, metric = 0, table = MAIN_TABLE }: RouteWords): boolean =>
  recordsOf(call.process.kernel({ subsystem: 'route', op: 'list', args: { table } })).some((each) => {
    const own = each.text('destination');
    return (
      each.number('metric') === metric && (own.includes('/') || own === 'default' ? own : `${own}/32`) === destination
    );
  });

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
    else if (word === 'table') {
      const name = words.next() ?? '';
      const table = tableNumber(call.process, name);
      if (table === undefined)
        return await complain(call, `Error: argument "${name}" is wrong: "table" value is invalid\n`, 255);
      if (table === LOCAL_TABLE)
        return await complain(call, `drydock: 'ip route ${verb} table ${name}' is not simulated`);
      if (table !== MAIN_TABLE) route.table = table;
    } else if (word === 'to') continue;
    else if (TYPES.includes(word)) route.type = word;
    else if (word === 'default' || word === 'any' || word === 'all') route.destination = 'default';
    else if (/^[\d.]+(\/\d+)?$/.test(word)) {
      const cidr = parseCidr(word.includes('/') ? word : `${word}/32`);
      if (cidr === undefined) return await complain(call, notPrefix(word));
      if (formatNetwork(cidr) !== (word.includes('/') ? word : `${word}/32`))
        return await complain(call, 'Error: Invalid prefix for given prefix length.', 2);
      route.destination = word.includes('/') ? word : `${word}/32`;
    } else if (NOT_SIMULATED.has(word))
      return await complain(call, `drydock: 'ip route ${verb} ${word}' is not simulated`);
    else return await complain(call, notPrefix(word));
  }
  return route;
}

async function flush(call: IpCall, words: Words): Promise<number> {
  const [first] = words.rest;
  if (first === undefined) return await complain(call, '"ip route flush" requires arguments.');
  if (first === 'cache') return 0;
  const selected = await selectRoutes(call, 'flush', words);
  if (typeof selected === 'number') return selected;
  for (const route of selected.routes) {
    const done = call.process.kernel({
      subsystem: 'route',
      op: 'delete',
      args: {
        route: {
          destination: route.text('destination'),
          type: route.text('type'),
          metric: route.number('metric'),
          table: route.number('table'),
          ...(route.has('device') ? { device: route.text('device') } : {}),
          ...(route.has('via') ? { via: route.text('via') } : {}),
        },
      },
    });
    if (failed(done)) return await refused(call, done);
  }
  return 0;
}
