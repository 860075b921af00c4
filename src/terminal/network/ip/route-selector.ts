/** Which routes `ip route show` and `flush` speak of. */
import { formatNetwork, parseCidr } from '../../../formats/ip.ts';
import { failed } from '../../../protocol/errno.ts';
import { recordsOf, type KernelRecord } from '../../system/kernel/kernel-data.ts';
import { readLinks } from '../rtnetlink/link-facts.ts';
import { complain, type IpCall, type Words } from './call.ts';
import { LOCAL_TABLE, MAIN_TABLE, tableNumber } from './routing-tables.ts';

type Test = (route: KernelRecord) => boolean;

export interface RouteSelection {
  /** The table's number; 0 for all of them. */
  readonly table: number;
  /** Members that were asked for by value, which are not shown again. */
  readonly told: ReadonlySet<string>;
  readonly routes: readonly KernelRecord[];
}

/** The routes that words select; a number is the exit code where a word is wrong. */
export async function selectRoutes(call: IpCall, verb: string, words: Words): Promise<RouteSelection | number> {
  let table = MAIN_TABLE;
  const tests: Test[] = [];
  const told = new Set<string>();
  for (let word = words.next(); word !== undefined; word = words.next()) {
    if (word === 'table') {
      const name = words.next() ?? '';
      const number = name === 'all' ? 0 : tableNumber(call.process, name);
      if (number === undefined)
        return await complain(call, `Error: argument "${name}" is wrong: table id value is invalid\n`, 255);
      table = number;
    } else if (word === 'dev' || word === 'oif') {
      const device = words.next() ?? '';
      if (!readLinks(call.process).some(({ name }) => name === device))
        return await complain(call, `Cannot find device "${device}"`);
      told.add('device');
      tests.push((route) => route.text('device') === device);
    } else if (word === 'via' || word === 'proto' || word === 'scope' || word === 'type' || word === 'src') {
      const value = words.next() ?? '';
      const member = { via: 'via', proto: 'protocol', scope: 'scope', type: 'type', src: 'source' }[word];
      told.add(member);
      tests.push((route) => route.text(member) === value);
    } else if (word === 'metric' || word === 'preference') {
      const metric = Number(words.next() ?? '');
      told.add('metric');
      tests.push((route) => route.number('metric') === metric);
    } else if (word === 'root' || word === 'match' || word === 'exact') tests.push(inNetwork(words.next() ?? '', word));
    else if (word === 'to') continue;
    else if (word === 'default' || word.includes('.')) tests.push(inNetwork(word, 'exact'));
    else return await complain(call, `drydock: 'ip route ${verb} ${word}' is not simulated`);
  }
  const listed = call.process.kernel({ subsystem: 'route', op: 'list', args: { table } });
  if (failed(listed)) {
    const ended = verb === 'flush' ? 'Flush terminated' : 'Dump terminated';
    return await complain(call, `Error: ipv4: FIB table does not exist.\n${ended}`, 2);
  }
  const routes = inOrder(recordsOf(listed)).filter((route) => tests.every((test) => test(route)));
  return { table, told, routes };
}

/** Routes of the local table, which is the last one, stand by their addresses, as the kernel's trie has them. */
function inOrder(routes: readonly KernelRecord[]): readonly KernelRecord[] {
  const place = (route: KernelRecord): number => networkOf(route.text('destination'))?.network ?? 0;
  const isLocal = (route: KernelRecord): boolean => route.number('table') === LOCAL_TABLE;
  return [
    ...routes.filter((route) => !isLocal(route)),
    ...routes.filter(isLocal).toSorted((a, b) => place(a) - place(b)),
  ];
}

const networkOf = (text: string): ReturnType<typeof parseCidr> =>
  parseCidr(text === 'default' ? '0.0.0.0/0' : text.includes('/') ? text : `${text}/32`);

function inNetwork(text: string, how: 'exact' | 'root' | 'match'): Test {
  const wanted = networkOf(text);
  return (route) => {
    const own = networkOf(route.text('destination'));
    if (wanted === undefined || own === undefined) return false;
    if (how === 'exact') return formatNetwork(wanted) === formatNetwork(own);
    const [wide, narrow] = how === 'root' ? [wanted, own] : [own, wanted];
    return wide.prefixLength <= narrow.prefixLength && (narrow.network & wide.mask) >>> 0 === wide.network;
  };
}
