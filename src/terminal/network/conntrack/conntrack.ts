/** conntrack (conntrack-tools 1.4.8): list, count, delete and flush tracked connections. */
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Invocation } from '../../coreutils/command.ts';
import { command } from '../../coreutils/command.ts';
import { recordsOf, type KernelRecord } from '../../system/kernel/kernel-data.ts';
import { notSimulated } from '../../system/plain-program.ts';

const VERSION = 'conntrack v1.4.8 (conntrack-tools)';
const NUMBERS: Readonly<Record<string, number>> = { tcp: 6, udp: 17, icmp: 1 };
const STATES: Readonly<Record<string, string>> = {
  ESTAB: 'ESTABLISHED',
  'SYN-SENT': 'SYN_SENT',
  'SYN-RECV': 'SYN_RECV',
  'FIN-WAIT': 'FIN_WAIT',
  'CLOSE-WAIT': 'CLOSE_WAIT',
  'LAST-ACK': 'LAST_ACK',
  'TIME-WAIT': 'TIME_WAIT',
};

export const conntrack = command(
  {
    name: 'conntrack',
    // Nothing is held up by locks (-w).
    short: 'LDFCEIUGSp:s:d:r:q:o:f:m:n::g::j::w:zb:u:t:a:e:l:i:vcA',
    long: {
      dump: 'L',
      list: 'L',
      delete: 'D',
      flush: 'F',
      count: 'C',
      event: 'E',
      stats: 'S',
      create: 'I',
      update: 'U',
      get: 'G',
      proto: 'p',
      'orig-src': 's',
      src: 's',
      'orig-dst': 'd',
      dst: 'd',
      'reply-src': 'r',
      'reply-dst': 'q',
      sport: 'sport:',
      'orig-port-src': 'sport:',
      dport: 'dport:',
      'orig-port-dst': 'dport:',
      state: 'state:',
      output: 'o',
      family: 'f',
    },
    absent: [...'EIUGSnjgomzbutaelivcA'],
    absentLong:
      'zone= label= label-add= label-del= mark= secmark= status= timeout= event-mask= buffer-size= src-nat= dst-nat= any-nat= orig-zone= reply-zone= tuple-src= tuple-dst= mask-src= mask-dst= portid=',
  },
  async (call) => {
    const { io, options, process } = call;
    const family = options.value('f') ?? 'ipv4';
    if (family !== 'ipv4') return await notSimulated(io, `conntrack -f ${family}`);
    const listed = process.kernel({ subsystem: 'conntrack', op: 'list' });
    if (failed(listed)) {
      const why =
        listed.errno === 'EPERM'
          ? 'sorry, you must be root or get CAP_NET_ADMIN capability to do this'
          : strerror(listed);
      await io.raw(`${VERSION}: Operation failed: ${why}\n`);
      return 1;
    }
    if (options.has('C')) {
      io.line(String(recordsOf(listed).length));
      return await io.end(0);
    }
    if (options.has('F')) {
      process.kernel({ subsystem: 'conntrack', op: 'flush' });
      await io.raw(`${VERSION}: connection tracking table has been emptied.\n`);
      return 0;
    }
    const found = recordsOf(listed).filter((entry) => fits(call, entry));
    if (options.has('L')) {
      for (const entry of found) io.line(entryText(entry));
      await io.raw(`${VERSION}: ${String(found.length)} flow entries have been shown.\n`);
      return 0;
    }
    if (!options.has('D')) {
      await io.raw(`${VERSION}: You need to supply parameters. Try \`conntrack -h' for more information.\n`);
      return 2;
    }
    for (const entry of found) {
      process.kernel({
        subsystem: 'conntrack',
        op: 'delete',
        args: { protocol: entry.text('protocol'), id: entry.number('id') },
      });
      io.line(entryText(entry));
    }
    await io.raw(`${VERSION}: ${String(found.length)} flow entries have been deleted.\n`);
    return found.length === 0 ? 1 : 0;
  },
);

function fits({ options }: Invocation, entry: KernelRecord): boolean {
  const original = entry.record('original');
  const reply = entry.record('reply');
  const is = (letter: string, value: string | undefined): boolean =>
    !options.has(letter) || options.value(letter) === value;
  const protocol = options.value('p');
  return (
    (protocol === undefined ||
      protocol === entry.text('protocol') ||
      protocol === String(NUMBERS[entry.text('protocol')])) &&
    is('s', original?.text('source')) &&
    is('d', original?.text('destination')) &&
    is('r', reply?.text('source')) &&
    is('q', reply?.text('destination')) &&
    is('sport', String(original?.number('sourcePort') ?? '')) &&
    is('dport', String(original?.number('destinationPort') ?? '')) &&
    is('state', stateOf(entry))
  );
}

const stateOf = (entry: KernelRecord): string => STATES[entry.text('state')] ?? entry.text('state').replace(/-/g, '_');

function entryText(entry: KernelRecord): string {
  const protocol = entry.text('protocol');
  const tuple = (name: string): string => {
    const at = entry.record(name);
    const ends =
      protocol === 'icmp'
        ? `type=${name === 'original' ? '8' : '0'} code=0 id=${String(at?.number(name === 'original' ? 'sourcePort' : 'destinationPort') ?? 0)}`
        : `sport=${String(at?.number('sourcePort') ?? 0)} dport=${String(at?.number('destinationPort') ?? 0)}`;
    return `src=${at?.text('source') ?? ''} dst=${at?.text('destination') ?? ''} ${ends} `;
  };
  return `${protocol.padEnd(8)} ${String(NUMBERS[protocol] ?? 0)} ${String(entry.number('timeoutSeconds'))} ${entry.has('state') ? `${stateOf(entry)} ` : ''}${tuple('original')}${entry.flag('seenReply') ? '' : '[UNREPLIED] '}${tuple('reply')}${entry.flag('assured') ? '[ASSURED] ' : ''}mark=${String(entry.number('mark'))} use=1`;
}
