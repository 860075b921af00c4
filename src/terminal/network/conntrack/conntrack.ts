/**
 * conntrack (conntrack-tools 1.4.8): list, get, count, delete and flush tracked connections, by filters.
 * Leaves out: events, statistics, making and changing entries, zones, labels, expectations (there are none), XML.
 */
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Invocation } from '../../coreutils/command.ts';
import { command } from '../../coreutils/command.ts';
import { recordsOf, type KernelRecord } from '../../system/kernel/kernel-data.ts';
import { notSimulated } from '../../system/plain-program.ts';
import { PROTOCOLS, readRequest, stateOf } from './request.ts';

const VERSION = 'conntrack v1.4.8 (conntrack-tools)';
export const conntrack = command(
  {
    name: 'conntrack',
    calls: 'short',
    // Nothing is held up by locks (-w).
    short: 'LDFCEIUGSp:s:d:r:q:o:f:m:ngjw:zb:u:t:a:e:l:i:vcAV',
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
      mark: 'm',
      status: 'u',
      'src-nat': 'n',
      'dst-nat': 'g',
      'any-nat': 'j',
      version: 'V',
    },
    absent: [...'EIUSzbtaelivcA'],
    absentLong:
      'zone= label= label-add= label-del= secmark= timeout= event-mask= buffer-size= orig-zone= reply-zone= tuple-src= tuple-dst= mask-src= mask-dst= portid=',
  },
  async (call) => {
    const { io, options, process } = call;
    if (options.has('V')) {
      io.line(VERSION);
      return await io.end(0);
    }
    const family = options.value('f') ?? 'ipv4';
    if (family !== 'ipv4') return await notSimulated(io, `conntrack -f ${family}`);
    const asked = readRequest(call);
    if ('absent' in asked) return await notSimulated(io, `conntrack ${asked.absent}`);
    if ('wrong' in asked) return await misused(io, asked.wrong);
    if (asked.table === 'expect') return await expectations(call);
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
    const found = recordsOf(listed).filter(asked.selects);
    if (options.has('L')) {
      for (const entry of found) io.line(entryText(entry, asked.output));
      await io.raw(`${VERSION}: ${String(found.length)} flow entries have been shown.\n`);
      return 0;
    }
    if (options.has('G')) return await get(call, found, asked.output);
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
      io.line(entryText(entry, asked.output));
    }
    await io.raw(`${VERSION}: ${String(found.length)} flow entries have been deleted.\n`);
    return found.length === 0 ? 1 : 0;
  },
);

/** Nothing here expects connections that others announce. */
async function expectations({ io, options }: Invocation): Promise<number> {
  if (options.has('C')) io.line('0');
  else if (options.has('L')) await io.raw(`${VERSION}: 0 expectations have been shown.\n`);
  else return await notSimulated(io, 'conntrack expect');
  return await io.end(0);
}

/** -G: the one entry of a tuple. */
async function get({ io }: Invocation, found: readonly KernelRecord[], output: readonly string[]): Promise<number> {
  const [entry] = found;
  if (entry === undefined) {
    await io.raw(`${VERSION}: Operation failed: such conntrack doesn't exist\n`);
    return 1;
  }
  // Who asks for one entry holds it meanwhile.
  io.line(entryText(entry, output, 2));
  await io.raw(`${VERSION}: 1 flow entries have been shown.\n`);
  return await io.end(0);
}

async function misused(io: Invocation['io'], problem: string): Promise<number> {
  await io.raw(`${VERSION}: ${problem}\nTry \`conntrack -h' or 'conntrack --help' for more information.\n`);
  return 2;
}

function entryText(entry: KernelRecord, output: readonly string[], users = 1): string {
  const protocol = entry.text('protocol');
  const tuple = (name: string): string => {
    const at = entry.record(name);
    const ends =
      protocol === 'icmp'
        ? `type=${name === 'original' ? '8' : '0'} code=0 id=${String(at?.number(name === 'original' ? 'sourcePort' : 'destinationPort') ?? 0)}`
        : `sport=${String(at?.number('sourcePort') ?? 0)} dport=${String(at?.number('destinationPort') ?? 0)}`;
    return `src=${at?.text('source') ?? ''} dst=${at?.text('destination') ?? ''} ${ends} `;
  };
  const layer3 = output.includes('extended') ? 'ipv4     2 ' : '';
  const id = output.includes('id') ? ` id=${String(entry.number('id'))}` : '';
  return `${layer3}${protocol.padEnd(8)} ${String(PROTOCOLS[protocol] ?? 0)} ${String(entry.number('timeoutSeconds'))} ${entry.has('state') ? `${stateOf(entry)} ` : ''}${tuple('original')}${entry.flag('seenReply') ? '' : '[UNREPLIED] '}${tuple('reply')}${entry.flag('assured') ? '[ASSURED] ' : ''}mark=${String(entry.number('mark'))} use=${String(users)}${id}`;
}
