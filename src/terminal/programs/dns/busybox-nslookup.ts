/**
 * nslookup of busybox: addresses of both kinds at once, one answer after the other; a name without a dot is asked for in
 * every search domain.
 */
import type { Invocation } from '../../coreutils/command.ts';
import { askServer, isIpv4, readResolvConf, type DnsAnswer, type ResolverConfig } from '../../resolver.ts';
import { rcodeText, reverseNameOf, serverAddress } from './ask.ts';
import { nslookupLine } from './nslookup-records.ts';

const TYPES = ['soa', 'ns', 'a', 'aaaa', 'cname', 'mx', 'txt', 'ptr', 'srv', 'any'];
const OPTIONS = ['type', 'querytype', 'port', 'retry', 'debug', 't', 'timeout'];
const USAGE = `Usage: nslookup [-type=QUERY_TYPE] [-debug] HOST [DNS_SERVER]\n\nQuery DNS about HOST\n\nQUERY_TYPE: ${TYPES.join(',')}\n`;

/** Where it runs. */
type Terminal = Pick<Invocation, 'process' | 'io'>;

interface Settings {
  readonly types: Set<string>;
  port: number;
  timeoutSeconds: number;
  debug: boolean;
}

interface Query {
  readonly name: string;
  readonly type: string;
}

export async function busyboxNslookup({ process, io }: Terminal, args: readonly string[]): Promise<number> {
  const settings: Settings = { types: new Set(), port: 53, timeoutSeconds: 5, debug: false };
  let at = 0;
  for (; args[at]?.startsWith('-') === true; at += 1) {
    const problem = readOption(args[at] ?? '', settings);
    if (problem === undefined) continue;
    await io.raw(problem);
    return 1;
  }
  const [host, wanted, extra] = args.slice(at);
  if (host === undefined || extra !== undefined) {
    await io.raw(`BusyBox v1.37.0 multi-call binary.\n\n${USAGE}`);
    return 1;
  }
  const config = readResolvConf(process);
  const given = wanted === undefined ? undefined : await serverAddress(process, wanted);
  if (wanted !== undefined && given === undefined) {
    await io.warn(`bad address '${wanted}'`);
    return 1;
  }
  const servers = wanted === undefined ? config.nameservers : [given ?? ''];
  const queries = queriesFor(host, settings, config);
  for (const server of servers.length === 0 ? ['127.0.0.1'] : servers) {
    const status = await askAll({ process, io }, { server, label: wanted ?? server, queries, settings });
    if (status !== undefined) return await io.end(status);
  }
  io.out(';; connection timed out; no servers could be reached\n\n');
  return await io.end(1);
}

/** What is wrong with an option; undefined where it was taken. */
function readOption(arg: string, settings: Settings): string | undefined {
  const [name = '', value = ''] = arg.slice(1).split('=');
  const meant = OPTIONS.find((each) => name !== '' && each.startsWith(name));
  switch (meant) {
    case 'type':
    case 'querytype':
      if (!TYPES.includes(value.toLowerCase())) return `nslookup: invalid query type "${value}"\n`;
      settings.types.add(value.toUpperCase());
      return undefined;
    case 'debug':
      settings.debug = true;
      return undefined;
    case undefined:
      return `BusyBox v1.37.0 multi-call binary.\n\n${USAGE}`;
    default:
      if (!/^\d+$/.test(value)) return `nslookup: invalid number '${value}'\n`;
      if (meant === 'port') settings.port = Number(value);
      else if (meant !== 'retry') settings.timeoutSeconds = Number(value);
      return undefined;
  }
}

function queriesFor(host: string, { types }: Settings, { search }: ResolverConfig): readonly Query[] {
  if (types.size === 0 && isIpv4(host)) return [{ name: reverseNameOf(host), type: 'PTR' }];
  const asked =
    types.size === 0 ? ['A', 'AAAA'] : TYPES.map((each) => each.toUpperCase()).filter((each) => types.has(each));
  return asked.flatMap((type) =>
    type === 'PTR' || host.includes('.') || search.length === 0
      ? [{ name: host, type }]
      : search.map((domain) => ({ name: `${host}.${domain}`, type })),
  );
}

interface Asking {
  readonly server: string;
  /** The server as it was typed. */
  readonly label: string;
  readonly queries: readonly Query[];
  readonly settings: Settings;
}

/** Status once the server has answered; undefined where it is silent. */
async function askAll(
  { process, io }: Terminal,
  { server, label, queries, settings }: Asking,
): Promise<number | undefined> {
  const startedUs = process.time().monotonicUs;
  const silent: Query[] = [];
  let status = 0;
  let replies = 0;
  for (const [index, query] of queries.entries()) {
    const question = { ...query, server, port: settings.port, timeoutUs: settings.timeoutSeconds * 1e6 };
    let answer: DnsAnswer = await askServer(process, question);
    // A server that fails is asked once more at once.
    if (answer.type === 'answer' && answer.rcode === 2) answer = await askServer(process, question);
    if (answer.type === 'timeout') {
      if (replies === 0) return undefined;
      silent.push(query);
      continue;
    }
    if (replies === 0) io.out(`Server:\t\t${label}\nAddress:\t${server}:${String(settings.port)}\n\n`);
    replies += 1;
    if (settings.debug)
      io.line(
        `Query #${String(index)} completed in ${String(Math.round((process.time().monotonicUs - startedUs) / 1_000))}ms:`,
      );
    if (answer.rcode !== 0) {
      io.line(`** server can't find ${query.name}: ${rcodeText(answer.rcode)}`);
      status = 1;
    } else {
      if (!answer.authoritative) io.line('Non-authoritative answer:');
      for (const record of answer.records) io.line(nslookupLine(record, false));
    }
    io.line('');
  }
  for (const { name } of silent) io.line(`*** Can't find ${name}: No answer`);
  if (silent.length > 0) io.line('');
  return status;
}
