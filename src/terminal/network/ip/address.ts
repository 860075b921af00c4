/** `ip address`. */
import { failed } from '../../../protocol/errno.ts';
import { parseCidr, parseIpv4 } from '../../../formats/ip.ts';
import { readLinks } from '../link-facts.ts';
import { complain, keywordOf, means, refused, type IpCall, Words } from './call.ts';
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
      return await change(call, verb, words);
    case 'flush':
      return await flush(call, words);
    case undefined:
      return await complain(call, `Command "${word}" is unknown, try "ip address help".`, 255);
    default:
      return await complain(call, `drydock: 'ip address ${verb}' is not simulated`);
  }
}

async function change(call: IpCall, verb: 'add' | 'delete' | 'replace', words: Words): Promise<number> {
  const { process } = call;
  let cidr: string | undefined;
  let device: string | undefined;
  for (let word = words.next(); word !== undefined; word = words.next()) {
    if (word === 'dev') device = words.next() ?? '';
    else if (word === 'brd' || means(word, 'broadcast') || word === 'scope' || word === 'label' || word === 'metric')
      words.next();
    else if (word === 'local') cidr = words.next();
    else if (
      word === 'peer' ||
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
    return await complain(call, `Error: any valid prefix is expected rather than "${cidr}".`);
  if (device === undefined) return await complain(call, 'Not enough information: "dev" argument is required.', 255);
  if (!readLinks(process).some(({ name }) => name === device))
    return await complain(call, `Cannot find device "${device}"`);
  const whole = length === undefined ? `${ip}/32` : `${ip}/${length}`;
  const done = process.kernel({
    subsystem: 'address',
    op: verb === 'delete' ? 'delete' : 'add',
    args: { link: device, cidr: whole },
  });
  if (!failed(done) || (verb === 'replace' && done.errno === 'EEXIST')) return 0;
  return await refused(call, done, {
    EEXIST: 'Error: ipv4: Address already assigned.',
    EADDRNOTAVAIL: 'Error: ipv4: Address not found.',
  });
}

async function flush(call: IpCall, words: Words): Promise<number> {
  let device = words.next();
  if (device === 'dev') device = words.next();
  const scope = words.next();
  if (device === undefined) return await complain(call, 'Flush requires arguments.', 255);
  if (scope !== undefined) return await complain(call, `drydock: 'ip address flush ${scope}' is not simulated`);
  if (!readLinks(call.process).some(({ name }) => name === device))
    return await complain(call, `Device "${device}" does not exist.`);
  const done = call.process.kernel({ subsystem: 'address', op: 'flush', args: { link: device } });
  return failed(done) ? await refused(call, done) : 0;
}

/** Whether text is a network, for words that may be one. */
export const isNetwork = (text: string): boolean => parseCidr(text.includes('/') ? text : `${text}/32`) !== undefined;
