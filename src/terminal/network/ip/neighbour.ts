/** `ip neighbour`. */
import { failed } from '../../../protocol/errno.ts';
import { parseIpv4 } from '../../../formats/ip.ts';
import { recordsOf, type KernelRecord } from '../../system/kernel/kernel-data.ts';
import { iprouteJson } from '../rtnetlink/json-writer.ts';
import { readLinks } from '../rtnetlink/link-facts.ts';
import { complain, keywordOf, paint, refused, type IpCall, Words } from './call.ts';

const VERBS = ['add', 'change', 'replace', 'delete', 'get', 'show', 'lst', 'list', 'flush', 'help'] as const;

export async function ipNeighbour(call: IpCall, args: readonly string[]): Promise<number> {
  const [word = 'show'] = args;
  const verb = keywordOf(word, VERBS);
  const words = new Words(args.slice(1));
  switch (verb) {
    case 'show':
    case 'list':
    case 'lst':
      return await list(call, words);
    case 'flush':
      if (words.peek() === undefined) return await complain(call, 'Flush requires arguments.');
      return await list(call, words, true);
    case 'get':
      return await get(call, words);
    case 'add':
    case 'change':
    case 'replace':
    case 'delete':
      return await change(call, verb, words);
    case undefined:
      return await complain(call, `Command "${word}" is unknown, try "ip neigh help".`, 255);
    default:
      return await complain(call, `drydock: 'ip neigh ${verb}' is not simulated`);
  }
}

const neighbours = ({ process }: IpCall): readonly KernelRecord[] =>
  recordsOf(process.kernel({ subsystem: 'neighbour', op: 'list' }));

async function get(call: IpCall, words: Words): Promise<number> {
  let ip: string | undefined;
  let device: string | undefined;
  for (let word = words.next(); word !== undefined; word = words.next())
    if (word === 'dev') device = words.next();
    else if (word === 'proxy') return await complain(call, "drydock: 'ip neigh get proxy' is not simulated");
    else if (word !== 'to') ip = word;
  if (device === undefined || ip === undefined)
    return await complain(call, 'Device and address are required arguments.', 255);
  if (!readLinks(call.process).some(({ name }) => name === device))
    return await complain(call, `Cannot find device "${device}"`);
  const found = neighbours(call).find((each) => each.text('link') === device && each.text('ip') === ip);
  if (found === undefined) return await complain(call, 'Error: Neighbour entry not found.', 2);
  return await print(call, [found], true);
}

async function list(call: IpCall, words: Words, flush = false): Promise<number> {
  let device: string | undefined;
  let state: string | undefined;
  let address: string | undefined;
  for (let word = words.next(); word !== undefined; word = words.next()) {
    if (word === 'dev') device = words.next();
    else if (word === 'nud') state = words.next()?.toUpperCase();
    else if (word === 'to') address = words.next();
    else if (word === 'proxy') return await complain(call, "drydock: 'ip neigh show proxy' is not simulated");
    else if (word !== 'all') address = word;
  }
  if (call.statistics > 0) return await complain(call, "drydock: 'ip -s neigh' is not simulated");
  if (device !== undefined && !readLinks(call.process).some(({ name }) => name === device))
    return await complain(call, `Cannot find device "${device}"`);
  const found = neighbours(call).filter(
    (each) =>
      (device === undefined || each.text('link') === device) &&
      (state === undefined || state === 'ALL' || each.text('state') === state) &&
      (address === undefined || each.text('ip') === address),
  );
  if (call.family === 'inet6') return await call.io.end(0);
  if (flush) {
    for (const each of found.filter((one) => one.text('state') !== 'PERMANENT')) {
      const done = call.process.kernel({
        subsystem: 'neighbour',
        op: 'delete',
        args: { link: each.text('link'), ip: each.text('ip') },
      });
      if (failed(done)) return await refused(call, done);
    }
    return 0;
  }
  return await print(call, found, device === undefined);
}

async function print(call: IpCall, found: readonly KernelRecord[], named: boolean): Promise<number> {
  const word = (text: string, what?: 'inet' | 'name' | 'mac'): string => paint(call, what, `${text} `);
  if (call.json)
    call.io.out(
      iprouteJson(
        found.map((each) => ({
          dst: each.text('ip'),
          ...(named ? { dev: each.text('link') } : {}),
          ...(each.text('mac') === '' ? {} : { lladdr: each.text('mac') }),
          state: [each.text('state')],
        })),
        call.pretty,
      ),
    );
  else
    for (const each of found)
      call.io.line(
        word(each.text('ip'), 'inet') +
          (named ? word('dev') + word(each.text('link'), 'name') : '') +
          (each.text('mac') === '' ? '' : word('lladdr') + word(each.text('mac'), 'mac')) +
          word(each.text('state')),
      );
  return await call.io.end(0);
}

async function change(call: IpCall, verb: 'add' | 'change' | 'replace' | 'delete', words: Words): Promise<number> {
  let ip = '';
  let mac: string | undefined;
  let device: string | undefined;
  for (let word = words.next(); word !== undefined; word = words.next()) {
    if (word === 'lladdr') mac = words.next();
    else if (word === 'dev') device = words.next();
    else if (word === 'nud') {
      const state = words.next() ?? '';
      if (state !== 'permanent')
        return await complain(call, `drydock: 'ip neigh ${verb} nud ${state}' is not simulated`);
    } else if (['proxy', 'router', 'use', 'managed', 'extern_learn', 'protocol'].includes(word))
      return await complain(call, `drydock: 'ip neigh ${verb} ${word}' is not simulated`);
    else if (word !== 'to') ip = word;
  }
  if (parseIpv4(ip) === undefined)
    return await complain(call, `Error: any valid address is expected rather than "${ip}".`);
  if (device === undefined) return await complain(call, 'Device and destination are required arguments.', 255);
  if (!readLinks(call.process).some(({ name }) => name === device))
    return await complain(call, `Cannot find device "${device}"`);
  const there = neighbours(call).some((each) => each.text('link') === device && each.text('ip') === ip);
  if (verb === 'add' && there) return await refused(call, { errno: 'EEXIST' });
  if ((verb === 'change' || verb === 'delete') && !there) return await refused(call, { errno: 'ENOENT' });
  const done =
    verb === 'delete'
      ? call.process.kernel({ subsystem: 'neighbour', op: 'delete', args: { link: device, ip } })
      : call.process.kernel({ subsystem: 'neighbour', op: 'replace', args: { link: device, ip, mac: mac ?? '' } });
  return failed(done) ? await refused(call, done) : 0;
}
