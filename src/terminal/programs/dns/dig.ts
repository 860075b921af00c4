/**
 * dig (BIND 9.18).
 * Models: servers, types by name or number, several names, files of them (-f), -b -p -q -t -u -x, UDP and TCP, EDNS with a cookie,
 * sections, +short, +qr, +multiline, +search, +trace as far as a root answers, and the switches of what is shown.
 * Leaves out: IPv6, DNSSEC's records, other classes than IN, zone transfers, keys, YAML, DNS over TLS or HTTPS.
 */
import { decodeUtf8 } from '../../../protocol/bytes.ts';
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import type { Applet } from '../../coreutils/command.ts';
import { baseName, Io } from '../../io.ts';
import { readResolvConf, searchList } from '../../resolver.ts';
import { bindVersion, problemText, serverAddress } from './ask.ts';
import { readDigArguments, type DigArguments } from './dig-arguments.ts';
import { digHelp } from './dig-help.ts';
import type { Lookup } from './dig-options.ts';
import { reportAnswer, reportQuestion } from './dig-report.ts';
import { digQuestion, type Sent } from './dig-question.ts';
import { askByTcp, askByUdp, type Exchanged } from './exchange.ts';

const run = async (process: Process, argv: readonly string[]): Promise<number> => {
  const io = new Io(process, baseName(argv[0] ?? 'dig'));
  const args = argv.slice(1);
  if (args.some((arg) => /^-[46imru]*v/.test(arg))) {
    await io.raw(`DiG ${bindVersion(process)}\n`);
    return 0;
  }
  if (args.some((arg) => /^-[46imru]*h/.test(arg))) {
    io.out(digHelp);
    return await io.end(0);
  }
  return await io.end(await digLine(process, io, args, true));
};

export const dig: Applet = {
  name: 'dig',
  memoryBytes: 1_200_000,
  run: (process) => run(process, process.argv),
  applet: (process, _flavour, argv) => run(process, argv),
};

/** One command line, or one line of a file; what is found and set for all is told with the first only. */
async function digLine(process: Process, io: Io, args: readonly string[], isFirst: boolean): Promise<number> {
  const read = readDigArguments(args);
  if ('status' in read) {
    io.out(read.stdout ?? '');
    await io.raw(read.stderr);
    return read.status;
  }
  for (const line of read.warnings) await io.raw(`${line}\n`);
  if (read.file !== undefined) return await digFile(process, io, read.file);
  const asking = new Asking(process, io, read, bannerOf(process, args, read, isFirst));
  let status = 0;
  for (const lookup of read.lookups) status = Math.max(status, await asking.lookUp(lookup));
  return status;
}

async function digFile(process: Process, io: Io, path: string): Promise<number> {
  const bytes = process.readFile(path);
  if (failed(bytes)) {
    await io.raw(`${path}: ${strerror(bytes)}\ndig: couldn't open specified batch file\n`);
    return 8;
  }
  let status = 0;
  const lines = decodeUtf8(bytes).replace(/\n$/, '').split('\n');
  for (const [index, line] of lines.entries()) {
    const words = line.split(/[ \t\r]+/).filter((word) => word !== '');
    status = Math.max(status, await digLine(process, io, words, index === 0));
  }
  return status;
}

function bannerOf(process: Process, args: readonly string[], { announced }: DigArguments, isFirst: boolean): string {
  const line = `; <<>> DiG ${bindVersion(process)} <<>>${args.map((arg) => ` ${arg}`).join('')}\n`;
  const found = announced === undefined ? '' : '; (1 server found)\n';
  return isFirst ? `\n${line}${found};; global options: +cmd\n` : line;
}

const NO_SERVERS = ';; no servers could be reached\n';
/** No server answered. */
const NO_REPLY = 9;

class Asking {
  constructor(
    private readonly process: Process,
    private readonly io: Io,
    private readonly settings: DigArguments,
    /** Shown with the first answer. */
    private banner: string,
  ) {}

  async lookUp(lookup: Lookup): Promise<number> {
    const { process, io } = this;
    const config = readResolvConf(process);
    const given: string[] = [];
    for (const server of lookup.servers) {
      const address = await serverAddress(process, server);
      if (address === undefined) {
        await io.raw(`dig: couldn't get address for '${server}': not found\n`);
        return 1;
      }
      given.push(address);
    }
    const wrong = wrongName(lookup.name);
    if (wrong !== undefined) {
      await io.raw(`dig: '${lookup.name}' is not a legal name (${wrong})\n`);
      return 10;
    }
    const servers = given.length === 0 ? config.nameservers : given;
    if (lookup.on.has('trace')) return await this.#trace(lookup, servers);
    const search = lookup.domain === undefined ? config.search : [lookup.domain];
    const names = lookup.on.has('search')
      ? searchList(lookup.name, { search, ndots: lookup.ndots ?? config.ndots })
      : [lookup.name];
    for (const [index, name] of names.entries()) {
      const found = await this.#ask({ ...lookup, name }, servers);
      if (found === undefined) return NO_REPLY;
      if (found.sent.message(found.bytes)?.rcode === 3 && index + 1 < names.length) continue;
      this.#report({ ...lookup, name }, found);
      break;
    }
    return 0;
  }

  /** Asks for the root's servers, with which the way down begins; where there are none, it ends there. */
  async #trace(lookup: Lookup, servers: readonly string[]): Promise<number> {
    const on = new Set(lookup.on);
    for (const each of ['question', 'comments', 'stats', 'additional'] as const) on.delete(each);
    for (const each of ['edns', 'dnssec', 'identify'] as const) on.add(each);
    const root: Lookup = { ...lookup, name: '.', type: 'NS', on };
    const found = await this.#ask(root, servers);
    if (found === undefined) return NO_REPLY;
    if (found.sent.message(found.bytes)?.answers.some(({ type }) => type === 'NS') === true) {
      await this.io.raw("drydock: 'dig +trace' is not simulated\n");
      return 1;
    }
    this.#report(root, found);
    return 0;
  }

  #report(lookup: Lookup, found: Found): void {
    const { port, microseconds } = this.settings;
    reportAnswer(this.process, this.io, lookup, { ...found, port, microseconds, banner: this.banner });
    if (!lookup.on.has('short')) this.banner = '';
  }

  /** Asks each server in turn, as often as is allowed; undefined where none answered, which is told. */
  async #ask(lookup: Lookup, servers: readonly string[]): Promise<Found | undefined> {
    const { process, io, settings } = this;
    const tcp = lookup.isTransportSaid ? lookup.on.has('tcp') : lookup.type === 'ANY';
    let isTold = false;
    for (let i = 0; i < lookup.tries; i += 1)
      for (const server of servers) {
        const sent = digQuestion(process, lookup);
        if (lookup.on.has('qr') && !lookup.on.has('short')) {
          reportQuestion(io, lookup, sent, this.banner);
          this.banner = '';
        }
        const { port, from } = settings;
        const exchanged = await (tcp ? askByTcp : askByUdp)(process, {
          server,
          port,
          bytes: sent.bytes,
          timeoutUs: lookup.timeoutSeconds * 1e6,
          ...(from === undefined ? {} : { from }),
        });
        if (exchanged.type === 'answer') return { ...exchanged, sent, server, tcp };
        isTold = this.#tellWhy(exchanged, lookup, `${server}#${String(port)}`, server, tcp);
      }
    if (!isTold) io.out(`${lookup.on.has('cmd') ? this.banner : ''}${NO_SERVERS}`);
    return undefined;
  }

  /** Says why nothing came; true where that has the last word already. */
  #tellWhy(
    exchanged: Exclude<Exchanged, { type: 'answer' }>,
    { name }: Lookup,
    where: string,
    server: string,
    tcp: boolean,
  ): boolean {
    const text = `${problemText(exchanged, where, server, name, tcp)}\n`;
    const isLast = exchanged.type === 'unsent';
    this.io.out(isLast ? text + NO_SERVERS : text);
    return isLast;
  }
}

export interface Found {
  readonly bytes: Uint8Array;
  readonly tookUs: number;
  readonly sent: Sent;
  readonly server: string;
  readonly tcp: boolean;
}

const LONGEST_LABEL = 63;

function wrongName(name: string): string | undefined {
  const labels = name === '.' ? [] : name.replace(/\.$/, '').split('.');
  if (labels.includes('')) return 'empty label';
  return labels.some((label) => label.length > LONGEST_LABEL) ? 'label too long' : undefined;
}
