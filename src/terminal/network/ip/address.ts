/** `ip address`. */
import { failed } from '../../../protocol/errno.ts';
import { broadcastOf, formatIpv4, parseCidr, parseIpv4 } from '../../../formats/ip.ts';
import { readLinks } from '../rtnetlink/link-facts.ts';
import { complain, notPrefix, keywordOf, means, refused, type IpCall, Words } from './call.ts';
import { showLinks } from './show-links.ts';

const VERBS = [
  'add',
  'change',
  'replace',
  'delete',
  'show',
  'list',
  'lst',
  'flush',
  'save',
  'restore',
  'showdump',
  'help',
] as const;

export async function ipAddress(call: IpCall, args: readonly string[]): Promise<number> {
  const [word] = args;
  if (word === undefined) return await showLinks(call, new Words([]), 'address');
  const verb = keywordOf(word, VERBS);
  const words = new Words(args.slice(1));
  switch (verb) {
    case 'show':
    case 'list':
    case 'lst':
      return await showLinks(call, words, 'address');
    case 'add':
    case 'delete':
    case 'replace':
    case 'change':
      return await change(call, verb, words);
    case 'flush':
      return await flush(call, words);
    case undefined:
      return await complain(call, `Command "${word}" is unknown, try "ip address help".`, 255);
    default:
      return await complain(call, `drydock: 'ip address ${verb}' is not simulated`);
  }
}

type AddressVerb = 'add' | 'delete' | 'replace' | 'change';

async function change(call: IpCall, verb: AddressVerb, words: Words): Promise<number> {
  const { process } = call;
  let cidr: string | undefined;
  let device: string | undefined;
  let broadcast: string | undefined;
  let label: string | undefined;
  for (let word = words.next(); word !== undefined; word = words.next()) {
    if (word === 'dev') device = words.next() ?? '';
    else if (word === 'brd' || means(word, 'broadcast')) broadcast = words.next() ?? '';
    else if (word === 'scope') {
      const scope = words.next() ?? '';
      if (scope !== 'global' && !(scope === 'host' && verb === 'delete'))
        return await complain(call, `drydock: 'ip address ${verb} scope ${scope}' is not simulated`);
    } else if (word === 'label') label = words.next() ?? '';
    else if (word === 'local') cidr = words.next();
    else if (
      word === 'peer' ||
      word === 'metric' ||
      word === 'valid_lft' ||
      word === 'preferred_lft' ||
      word === 'nodad' ||
      word === 'noprefixroute' ||
      word === 'anycast'
    )
      return await complain(call, `drydock: 'ip address ${verb} ${word}' is not simulated`);
    else cidr = word;
  }
  if (cidr?.includes(':') === true)
    return await complain(call, `drydock: 'ip address ${verb}' with IPv6 is not simulated`);
  const [ip = '', length] = (cidr ?? '').split('/');
  if (
    cidr !== undefined &&
    (parseIpv4(ip) === undefined || (length !== undefined && !(/^\d+$/.test(length) && Number(length) <= 32)))
  )
    return await complain(call, notPrefix(cidr));
  if (device === undefined) return await complain(call, 'Not enough information: "dev" argument is required.');
  if (verb === 'delete' && length === undefined) await call.io.raw(wildcardWarning(ip));
  const link = readLinks(process).find(({ name }) => name === device);
  if (link === undefined) return await complain(call, `Cannot find device "${device}"`);
  const own = broadcastAddress(ip, Number(length ?? 32));
  if (broadcast !== undefined && broadcast !== '+' && broadcast !== own)
    return await complain(call, `drydock: 'ip address ${verb} broadcast ${broadcast}' is not simulated`);
  const known = length ?? (verb === 'delete' ? link.addresses.find((each) => each.ip === ip)?.prefixLength : undefined);
  const done = process.kernel({
    subsystem: 'address',
    op: verb === 'delete' ? 'delete' : 'add',
    args: {
      link: device,
      cidr: `${ip}/${String(known ?? 32)}`,
      plain: broadcast === undefined,
      ...(label === undefined ? {} : { label }),
    },
  });
  if (!failed(done) || ((verb === 'replace' || verb === 'change') && done.errno === 'EEXIST')) return 0;
  return await refused(call, done, {
    EEXIST: 'Error: ipv4: Address already assigned.',
    EADDRNOTAVAIL: 'Error: ipv4: Address not found.',
  });
}

/** What deleting an address without its prefix length is told. */
const wildcardWarning = (ip: string): string =>
  `Warning: Executing wildcard deletion to stay compatible with old scripts.
         Explicitly specify the prefix length (${ip}/32) to avoid this warning.
         This special behaviour is likely to disappear in further releases,
         fix your scripts!
`;

function broadcastAddress(ip: string, length: number): string | undefined {
  const cidr = parseCidr(`${ip}/${String(length)}`);
  return cidr === undefined ? undefined : formatIpv4(broadcastOf(cidr));
}

async function flush(call: IpCall, words: Words): Promise<number> {
  let device = words.next();
  if (device === 'dev') device = words.next();
  const scope = words.next();
  if (device === undefined) return await complain(call, 'Flush requires arguments.');
  if (scope !== undefined) return await complain(call, `drydock: 'ip address flush ${scope}' is not simulated`);
  if (!readLinks(call.process).some(({ name }) => name === device))
    return await complain(call, `Device "${device}" does not exist.`);
  const done = call.process.kernel({ subsystem: 'address', op: 'flush', args: { link: device } });
  return failed(done) ? await refused(call, done) : 0;
}

/** Whether text is a network, for words that may be one. */
export const isNetwork = (text: string): boolean => parseCidr(text.includes('/') ? text : `${text}/32`) !== undefined;
