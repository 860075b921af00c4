/**
 * host (BIND 9.18).
 * Models: addresses, mail and names of addresses, -t, -4, -p, -T, -R, -r, -s, -W, -w, -a, -A, -v, -V, -N, a server.
 * Leaves out: zone transfers (-l), -C, other classes than IN.
 */
import type { Process } from '../../../protocol/program.ts';
import type { Applet } from '../../coreutils/command.ts';
import { parseOptions, type CommandSpec, type Options } from '../../coreutils/command.ts';
import { TYPES, type DnsRecord } from '../../dns-message.ts';
import { baseName, Io } from '../../io.ts';
import { isIpv4, readResolvConf, searchList } from '../../resolver.ts';
import { askPatiently, bindVersion, rcodeText, reverseNameOf, serverAddress, type Answered } from './ask.ts';
import { ALL_COLUMNS, headerLines, questionLine, recordLine } from './record-text.ts';

const SPEC: CommandSpec = { name: 'host', short: '46AaCdilrsTUvVwc:m:N:p:R:t:W:' };
const ABSENT = ['6', 'C', 'l', 'c', 'm'];
const USAGE = `Usage: host [-aCdilrTvVw] [-c class] [-N ndots] [-t type] [-W time]
            [-R number] [-m flag] [-p port] hostname [server]
       -a is equivalent to -v -t ANY
       -A is like -a but omits RRSIG, NSEC, NSEC3
       -c specifies query class for non-IN data
       -C compares SOA records on authoritative nameservers
       -d is equivalent to -v
       -l lists all hosts in a domain, using AXFR
       -m set memory debugging flag (trace|record|usage)
       -N changes the number of dots allowed before root lookup is done
       -p specifies the port on the server to query
       -r disables recursive processing
       -R specifies number of retries for UDP packets
       -s a SERVFAIL response should stop query
       -t specifies the query type
       -T enables TCP/IP mode
       -U enables UDP mode
       -v enables verbose output
       -V print version number and exit
       -w specifies to wait forever for a reply
       -W specifies how long to wait for a reply
       -4 use IPv4 query transport only
       -6 use IPv6 query transport only
`;

const run = async (process: Process, argv: readonly string[]): Promise<number> => {
  const io = new Io(process, baseName(argv[0] ?? 'host'));
  const options = parseOptions(argv.slice(1), SPEC);
  if ('problem' in options) {
    const letter = /'(.)'$/.exec(options.problem)?.[1] ?? '';
    const why = options.problem.startsWith('option requires') ? 'option requires an argument' : 'illegal option';
    await io.raw(`${argv[0] ?? 'host'}: ${why} -- ${letter}\n${USAGE}`);
    return 1;
  }
  if (options.has('V')) {
    await io.raw(`host ${bindVersion(process)}\n`);
    return 0;
  }
  const [name, wanted] = options.operands;
  const absent = ABSENT.find((letter) => options.has(letter));
  const type = options.value('t')?.toUpperCase();
  let problem: readonly [string, number] | undefined;
  if (absent !== undefined) problem = [`drydock: 'host -${absent}' is not simulated\n`, 1];
  else if (name === undefined) problem = [USAGE, 1];
  else if (type !== undefined && !(type in TYPES)) problem = [`host: invalid type: ${options.value('t') ?? ''}\n\n`, 2];
  if (problem !== undefined || name === undefined) {
    await io.raw(problem?.[0] ?? USAGE);
    return problem?.[1] ?? 1;
  }
  const server = wanted === undefined ? readResolvConf(process).nameservers[0] : await serverAddress(process, wanted);
  if (server === undefined) {
    await io.raw(
      wanted === undefined
        ? ';; no servers could be reached\n'
        : `host: couldn't get address for '${wanted}': not found\n`,
    );
    return 1;
  }
  return await new Session(process, io, options, { server, wanted }).lookUp(name);
};

export const host: Applet = {
  name: 'host',
  spec: SPEC,
  memoryBytes: 1_200_000,
  run: (process) => run(process, process.argv),
  applet: (process, _flavour, argv) => run(process, argv),
};

class Session {
  readonly #port: number;
  readonly #verbose: boolean;
  #introduced = false;

  constructor(
    private readonly process: Process,
    private readonly io: Io,
    private readonly options: Options,
    private readonly at: { readonly server: string; readonly wanted: string | undefined },
  ) {
    this.#port = Number(options.value('p') ?? '53');
    this.#verbose = ['a', 'A', 'v', 'd'].some((letter) => options.has(letter));
    this.#introduced = at.wanted === undefined;
  }

  async lookUp(name: string): Promise<number> {
    const { io, options } = this;
    const reverse = isIpv4(name);
    const type =
      options.has('a') || options.has('A') ? 'ANY' : (options.value('t')?.toUpperCase() ?? (reverse ? 'PTR' : 'A'));
    const config = readResolvConf(this.process);
    const ndots = Number(options.value('N') ?? config.ndots);
    const names = reverse ? [reverseNameOf(name)] : searchList(name, { search: config.search, ndots });
    let answer: Answered | undefined;
    let asked = name;
    for (asked of names) {
      answer = await this.#ask(asked, type);
      if (answer === undefined || answer.rcode === 0 || (answer.rcode === 2 && options.has('s'))) break;
    }
    if (answer === undefined) {
      io.line(';; no servers could be reached');
      return await io.end(1);
    }
    this.#introduce();
    if (answer.rcode !== 0) {
      io.line(`Host ${reverse ? `${asked}.` : name} not found: ${String(answer.rcode)}(${rcodeText(answer.rcode)})`);
      return await io.end(1);
    }
    let status = this.#tell(answer, asked, type);
    if (options.value('t') === undefined && type !== 'ANY' && !reverse)
      for (const further of ['AAAA', 'MX']) status = Math.max(status, await this.#further(answer, asked, further));
    return await io.end(status);
  }

  #ask(name: string, type: string): Promise<Answered | undefined> {
    if (this.#verbose) this.io.line(`Trying "${name}"`);
    const { options } = this;
    const seconds = options.has('w') ? 2_147_483 : Number(options.value('W') ?? '5');
    return askPatiently(
      this.process,
      {
        server: this.at.server,
        port: this.#port,
        name,
        type,
        timeoutUs: seconds * 1e6,
        recurse: !options.has('r'),
        tcp: options.has('T'),
      },
      Number(options.value('R') ?? '1') + 1,
      (line) => {
        this.io.line(line);
      },
    );
  }

  #introduce(): void {
    if (this.#introduced) return;
    this.#introduced = true;
    const { server, wanted = '' } = this.at;
    this.io.out(`Using domain server:\nName: ${wanted}\nAddress: ${server}#${String(this.#port)}\nAliases: \n\n`);
  }

  /** The other things that are asked of a name without -t. */
  async #further(first: Answered, asked: string, type: string): Promise<number> {
    const target = (first.records.findLast((record) => record.type === 'CNAME')?.data ?? asked).replace(/\.$/, '');
    const answer = await this.#ask(target, type);
    if (answer === undefined) return 1;
    if (answer.rcode === 0) return this.#tell(answer, target, type, true);
    this.io.line(`Host ${target} not found: ${String(answer.rcode)}(${rcodeText(answer.rcode)})`);
    return 1;
  }

  #tell(answer: Answered, asked: string, type: string, quiet = false): number {
    const { io, options } = this;
    if (this.#verbose) {
      this.#tellWhole(answer, asked, type);
      return 0;
    }
    for (const record of answer.records) io.line(sentence(record));
    if (answer.records.length === 0 && !quiet && options.value('t') !== undefined)
      io.line(`${asked} has no ${type} record`);
    return 0;
  }

  #tellWhole(answer: Answered, asked: string, type: string): void {
    const { io } = this;
    const { answers, authority, additional } = answer.message;
    io.out(`${headerLines(answer.message).join('\n')}\n\n`);
    io.out(`;; QUESTION SECTION:\n${questionLine(asked, type, ALL_COLUMNS)}\n\n`);
    for (const [title, records] of [
      ['ANSWER', answers],
      ['AUTHORITY', authority],
      ['ADDITIONAL', additional],
    ] as const)
      if (records.length > 0)
        io.out(`;; ${title} SECTION:\n${records.map((record) => recordLine(record, ALL_COLUMNS)).join('\n')}\n\n`);
    io.line(
      `Received ${String(answer.sizeBytes)} bytes from ${answer.server}#${String(this.#port)} in ${String(Math.round(answer.tookUs / 1_000))} ms`,
    );
  }
}

const SENTENCES: Readonly<Record<string, string>> = {
  A: 'has address',
  AAAA: 'has IPv6 address',
  CNAME: 'is an alias for',
  MX: 'mail is handled by',
  NS: 'name server',
  PTR: 'domain name pointer',
  TXT: 'descriptive text',
};
const sentence = ({ name, type, data }: DnsRecord): string =>
  `${name} ${SENTENCES[type] ?? `has ${type} record`} ${data}`;
