/** `ip route get`: the way that a packet would take. */
import { parseIpv4 } from '../../../formats/ip.ts';
import { failed } from '../../../protocol/errno.ts';
import type { Plain } from '../../../protocol/plain.ts';
import { KernelRecord } from '../../system/kernel/kernel-data.ts';
import { iprouteJson } from '../rtnetlink/json-writer.ts';
import { readLinks } from '../rtnetlink/link-facts.ts';
import { complain, notPrefix, refused, type IpCall, type Words } from './call.ts';
import { MAIN_TABLE, tableName } from './routing-tables.ts';

/** What is asked about: the packet that is to be routed. */
interface Question {
  destination?: string;
  from?: string;
  inLink?: string;
  outLink?: string;
  mark?: number;
}

const NOT_SIMULATED: ReadonlySet<string> = new Set(
  'fibmatch tos dsfield uid vrf ipproto sport dport notify connected as'.split(' '),
);

export async function getRoute(call: IpCall, words: Words): Promise<number> {
  const asked = await readQuestion(call, words);
  if (typeof asked === 'number') return asked;
  const answer = call.process.kernel({ subsystem: 'route', op: 'get', args: { ...asked } });
  if (failed(answer)) return await refused(call, answer);
  const route = new KernelRecord(answer);
  const type = route.text('type');
  if (type === 'blackhole') return await refused(call, { errno: 'EINVAL' });
  if (type === 'prohibit') return await refused(call, { errno: 'EACCES' });
  if (call.json) call.io.out(iprouteJson([routeJson(call, asked, route)], call.pretty));
  else call.io.line(routeLines(call, asked, route));
  return await call.io.end(0);
}

async function readQuestion(call: IpCall, words: Words): Promise<Question | number> {
  const asked: Question = {};
  for (let word = words.next(); word !== undefined; word = words.next()) {
    if (word === 'from' || word === 'to') {
      const ip = words.next() ?? '';
      if (parseIpv4(ip) === undefined) return await complain(call, notPrefix(ip));
      asked[word === 'from' ? 'from' : 'destination'] = ip;
    } else if (word === 'iif' || word === 'oif' || word === 'dev') {
      const device = words.next() ?? '';
      if (!readLinks(call.process).some(({ name }) => name === device))
        return await complain(call, `Cannot find device "${device}"`);
      asked[word === 'iif' ? 'inLink' : 'outLink'] = device;
    } else if (word === 'mark') {
      const value = words.next() ?? '';
      if (!/^(0x[0-9a-f]+|\d+)$/i.test(value))
        return await complain(call, `Error: argument "${value}" is wrong: invalid mark\n`, 255);
      asked.mark = Number(value);
    } else if (NOT_SIMULATED.has(word)) return await complain(call, `drydock: 'ip route get ${word}' is not simulated`);
    else {
      const [ip = ''] = word.split('/');
      if (parseIpv4(ip) === undefined) return await complain(call, notPrefix(word));
      asked.destination = ip;
    }
  }
  return asked.destination === undefined ? await complain(call, 'need at least a destination address') : asked;
}

function routeLines(call: IpCall, asked: Question, route: KernelRecord): string {
  const local = route.text('type') === 'local';
  const table = route.number('table');
  const flags = [...(local ? ['local'] : [])].join(',');
  return [
    local ? 'local ' : call.details ? 'unicast ' : '',
    `${asked.destination ?? ''} `,
    asked.from === undefined ? '' : `from ${asked.from} `,
    route.has('via') ? `via ${route.text('via')} ` : '',
    `dev ${route.text('device')} `,
    table !== MAIN_TABLE || call.details ? `table ${tableName(call.process, table)} ` : '',
    route.has('source') ? `src ${route.text('source')} ` : '',
    asked.mark === undefined ? '' : `mark ${markText(asked.mark)} `,
    `uid ${String(call.process.credentials().uid)} `,
    `\n    cache ${flags === '' ? '' : `<${flags}> `}`,
    asked.inLink === undefined ? '' : `iif ${asked.inLink} `,
  ].join('');
}

/** Small marks are numbers, larger ones are sets of bits. */
const markText = (mark: number): string => (mark >= 16 ? `0x${mark.toString(16)}` : String(mark));

function routeJson(call: IpCall, asked: Question, route: KernelRecord): Plain {
  const local = route.text('type') === 'local';
  const table = route.number('table');
  return {
    ...(local ? { type: 'local' } : {}),
    dst: asked.destination ?? '',
    ...(asked.from === undefined ? {} : { from: asked.from }),
    ...(route.has('via') ? { gateway: route.text('via') } : {}),
    dev: route.text('device'),
    ...(table === MAIN_TABLE ? {} : { table: tableName(call.process, table) }),
    ...(route.has('source') ? { prefsrc: route.text('source') } : {}),
    flags: [],
    ...(asked.mark === undefined ? {} : { mark: asked.mark }),
    uid: call.process.credentials().uid,
    cache: local ? ['local'] : [],
  };
}
