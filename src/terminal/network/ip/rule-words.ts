/** What the words after `ip rule add`, `del` and `list` say. */
import { formatNetwork, parseCidr, type Cidr } from '../../../formats/ip.ts';
import type { Plain } from '../../../protocol/plain.ts';
import type { KernelRecord } from '../../system/kernel/kernel-data.ts';
import { complain, notPrefix, means, type IpCall, type Words } from './call.ts';
import { MAIN_TABLE, tableNumber } from './routing-tables.ts';

type Members = { readonly [key: string]: Plain };

/** What one keyword says: members of a rule, or the complaint about its value. */
type Reading = { readonly members: Members } | { readonly complaint: string; readonly status: number };
type Reader = (call: IpCall, value: string) => Reading;

const wrong = (value: string, problem: string): Reading => ({
  complaint: `Error: argument "${value}" is wrong: ${problem}\n`,
  status: 255,
});

/** A network, or everything: then there is nothing to be asked. */
function network(value: string): Cidr | 'all' | undefined {
  if (['all', 'any', 'default'].includes(value)) return 'all';
  return parseCidr(value.includes('/') ? value : `${value}/32`);
}

const readNetwork =
  (member: 'from' | 'to'): Reader =>
  (_, value) => {
    const cidr = network(value);
    if (cidr === undefined) return { complaint: notPrefix(value), status: 1 };
    return { members: cidr === 'all' ? {} : { [member]: { ...cidr } } };
  };

const readNumber = (text: string): number | undefined =>
  /^(0x[0-9a-f]+|\d+)$/i.test(text) && Number(text) <= 0xffffffff ? Number(text) : undefined;

const readPriority: Reader = (_, value) => {
  const priority = readNumber(value);
  return priority === undefined ? wrong(value, 'preference value is invalid') : { members: { priority } };
};

const readMark: Reader = (_, value) => {
  const [first = '', second] = value.split('/');
  const [mark, mask] = [readNumber(first), second === undefined ? 0xffffffff : readNumber(second)];
  if (mark === undefined) return wrong(value, 'fwmark value is invalid');
  return mask === undefined
    ? wrong(second ?? '', 'fwmask value is invalid')
    : { members: { mark: { value: mark, mask } } };
};

const readTable: Reader = ({ process }, value) => {
  const table = tableNumber(process, value);
  return table === undefined ? wrong(value, 'invalid table ID') : { members: { table } };
};

/** The same to list, whose complaint has other words. */
const readListedTable: Reader = (call, value) => {
  const reading = readTable(call, value);
  return 'complaint' in reading ? wrong(value, 'table id value is invalid') : reading;
};

const readPorts =
  (member: 'sourcePorts' | 'destinationPorts'): Reader =>
  (_, value) => {
    const [from, to = from] = value.split('-').map(readNumber);
    return from === undefined || to === undefined || from > to
      ? wrong(value, 'invalid port range')
      : { members: { [member]: [from, to] } };
  };

const readProtocol: Reader = (_, value) => {
  const named = { '1': 'icmp', '6': 'tcp', '17': 'udp' }[value] ?? value;
  return ['tcp', 'udp', 'icmp'].includes(named)
    ? { members: { protocol: named } }
    : { complaint: `drydock: 'ip rule ipproto ${value}' is not simulated`, status: 1 };
};

const readSuppression: Reader = (_, value) => {
  const length = readNumber(value);
  return length === undefined
    ? wrong(value, 'suppress_prefixlength value is invalid')
    : { members: { suppressPrefixLength: length } };
};

/** Keywords with a value; those of iproute2 that may be cut short come with the shortest form. */
const READERS: readonly (readonly [keywords: readonly string[], shortest: number, read: Reader])[] = [
  [['from'], 4, readNetwork('from')],
  [['to'], 2, readNetwork('to')],
  [['preference', 'order', 'priority'], 1, readPriority],
  [['fwmark'], 6, readMark],
  [['table', 'lookup'], 1, readTable],
  [['iif', 'dev'], 2, (_, value) => ({ members: { inLink: value } })],
  [['oif'], 3, (_, value) => ({ members: { outLink: value } })],
  [['ipproto'], 7, readProtocol],
  [['sport'], 5, readPorts('sourcePorts')],
  [['dport'], 5, readPorts('destinationPorts')],
  [['suppress_prefixlength', 'sup_pl'], 6, readSuppression],
];

const readerOf = (word: string): Reader | undefined =>
  READERS.find(
    ([keywords, shortest]) => word.length >= shortest && keywords.some((keyword) => means(word, keyword)),
  )?.[2];

/** Parts of rules that the model does not have. */
const NOT_SIMULATED: ReadonlySet<string> = new Set(
  'tos dsfield protocol realms goto nop nat l3mdev uidrange suppress_ifgroup sup_group tun_id dscp flowlabel'.split(
    ' ',
  ),
);
const REFUSALS: readonly string[] = ['blackhole', 'unreachable', 'prohibit'];

const INCOMPLETE = 'Command line is not complete. Try option "help"';

/** The rule that words describe, as the kernel takes it; a number is the exit code where one of them is wrong. */
export async function readRule(call: IpCall, verb: 'add' | 'delete', words: Words): Promise<Members | number> {
  let found: Members = {};
  let refusal: string | undefined;
  for (let word = words.next(); word !== undefined; word = words.next()) {
    if (word === 'type') word = words.next() ?? '';
    const read = readerOf(word);
    if (word === 'not') found = { ...found, not: true };
    else if (REFUSALS.includes(word)) refusal = word;
    else if (NOT_SIMULATED.has(word))
      return await complain(call, `drydock: 'ip rule ${verb} ${word}' is not simulated`);
    else if (read === undefined)
      return await complain(call, `Error: argument "${word}" is wrong: Failed to parse rule type`, 255);
    else {
      const value = words.next();
      if (value === undefined) return await complain(call, INCOMPLETE, 255);
      const reading = read(call, value);
      if ('complaint' in reading) return await complain(call, reading.complaint, reading.status);
      found = { ...found, ...reading.members };
    }
  }
  const { table, suppressPrefixLength, ...selector } = found;
  if (refusal !== undefined) return { ...selector, action: { type: refusal } };
  if (table === undefined && verb === 'delete') return selector;
  return {
    ...selector,
    action: {
      type: 'lookup',
      table: table ?? MAIN_TABLE,
      ...(suppressPrefixLength === undefined ? {} : { suppressPrefixLength }),
    },
  };
}

/** Which rules a list or a flush is about; a number is the exit code where a word is wrong. */
export async function readSelection(call: IpCall, words: Words): Promise<((rule: KernelRecord) => boolean) | number> {
  const tests: ((rule: KernelRecord) => boolean)[] = [];
  for (let word = words.next(); word !== undefined; word = words.next()) {
    const value = words.next();
    if (value === undefined) return await complain(call, INCOMPLETE, 255);
    const reader = readerOf(word);
    const read = reader === readTable ? readListedTable : reader;
    if (read === undefined) return await complain(call, `drydock: 'ip rule list ${word}' is not simulated`);
    const reading = read(call, value);
    if ('complaint' in reading) return await complain(call, reading.complaint, reading.status);
    tests.push((rule) => Object.entries(reading.members).every(([member, told]) => isTold(rule, member, told)));
  }
  return (rule) => tests.every((test) => test(rule));
}

function isTold(rule: KernelRecord, member: string, told: Plain): boolean {
  if (member === 'table') return rule.record('action')?.plain('table') === told;
  if (member !== 'from' && member !== 'to') return JSON.stringify(rule.plain(member)) === JSON.stringify(told);
  const cidr = rule.plain(member);
  return cidr !== undefined && formatNetwork(cidr as unknown as Cidr) === formatNetwork(told as unknown as Cidr);
}
