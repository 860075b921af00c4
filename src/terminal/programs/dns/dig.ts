/**
 * dig (BIND 9.18).
 * Models: servers, types, several names, -x -p -q -t, sections, +short, +noall and the switches of what is shown, +search, +tries, +time.
 * Leaves out: EDNS (neither sent nor answered), TCP, +trace, DNSSEC, -f.
 */
import type { Process } from '../../../protocol/program.ts';
import type { Applet } from '../../coreutils/command.ts';
import { baseName, Io } from '../../io.ts';
import { readResolvConf, searchList } from '../../resolver.ts';
import { strftime } from '../../strftime.ts';
import { askPatiently, bindVersion, serverAddress, type Answered } from './ask.ts';
import { readDigArguments, type DigArguments, type Lookup } from './dig-arguments.ts';
import { headerLines, questionLine, recordLine } from './record-text.ts';

const run = async (process: Process, argv: readonly string[]): Promise<number> => {
  const io = new Io(process, baseName(argv[0] ?? 'dig'));
  if (argv[1] === '-v') {
    await io.raw(`DiG ${bindVersion(process)}\n`);
    return 0;
  }
  const read = readDigArguments(argv.slice(1));
  if ('status' in read) {
    await io.raw(read.text);
    return read.status;
  }
  const server =
    read.server === undefined ? readResolvConf(process).nameservers[0] : await serverAddress(process, read.server);
  if (server === undefined) {
    await io.raw(`dig: couldn't get address for '${read.server ?? ''}': not found\n`);
    return 1;
  }
  for (const line of read.warnings) await io.raw(`${line}\n`);
  let status = 0;
  for (const [index, lookup] of read.lookups.entries()) {
    const banner = index === 0 ? bannerOf(process, argv, read) : '';
    status = Math.max(status, await lookUp({ process, io, server, port: read.port, banner }, lookup));
  }
  return await io.end(status);
};

export const dig: Applet = {
  name: 'dig',
  memoryBytes: 1_200_000,
  run: (process) => run(process, process.argv),
  applet: (process, _flavour, argv) => run(process, argv),
};

interface Asking {
  readonly process: Process;
  readonly io: Io;
  readonly server: string;
  readonly port: number;
  readonly banner: string;
}

const bannerOf = (process: Process, argv: readonly string[], { server }: DigArguments): string =>
  `\n; <<>> DiG ${bindVersion(process)} <<>> ${argv.slice(1).join(' ')}\n${server === undefined ? '' : '; (1 server found)\n'};; global options: +cmd\n`;

async function lookUp(asking: Asking, lookup: Lookup): Promise<number> {
  const { process, io, server, port, banner } = asking;
  const config = readResolvConf(process);
  const name = lookup.name ?? '.';
  const names = lookup.on.has('search')
    ? searchList(name, { search: config.search, ndots: lookup.ndots ?? config.ndots })
    : [name];
  const type = lookup.type ?? 'A';
  for (const [index, asked] of names.entries()) {
    const answer = await askPatiently(
      process,
      {
        server,
        port,
        name: asked,
        type,
        timeoutUs: lookup.timeoutSeconds * 1e6,
        recurse: lookup.on.has('recurse'),
      },
      lookup.tries,
      (line) => {
        io.line(line);
      },
    );
    if (answer === undefined) {
      io.out(`${banner};; no servers could be reached\n`);
      return 9;
    }
    if (answer.rcode === 3 && index + 1 < names.length) continue;
    report(asking, lookup, { asked, type, answer });
  }
  return 0;
}

interface Reply {
  readonly asked: string;
  readonly type: string;
  readonly answer: Answered;
}

function report({ process, io, port, banner }: Asking, { on }: Lookup, { asked, type, answer }: Reply): void {
  const millis = String(Math.round(answer.tookUs / 1_000));
  if (on.has('short')) {
    const tail = on.has('identify') ? ` from server ${answer.server} in ${millis} ms.` : '';
    for (const { data } of answer.records) io.line(`${data}${tail}`);
    return;
  }
  if (on.has('cmd')) io.out(banner);
  const comments = on.has('comments');
  if (comments) {
    io.line(';; Got answer:');
    for (const line of localWarning(asked)) io.line(line);
    io.out(`${headerLines(answer.message, on.has('recurse')).join('\n')}\n\n`);
  }
  const columns = { ttl: on.has('ttlid'), class: on.has('class') };
  const section = (title: string, shown: boolean, lines: readonly string[]): void => {
    if (!shown || lines.length === 0) return;
    if (comments) io.line(`;; ${title} SECTION:`);
    for (const line of lines) io.line(line);
    if (comments) io.line('');
  };
  const { answers, authority, additional } = answer.message;
  section('QUESTION', on.has('question'), [questionLine(asked, type, columns)]);
  for (const [title, shown, records] of [
    ['ANSWER', on.has('answer'), answers],
    ['AUTHORITY', on.has('authority'), authority],
    ['ADDITIONAL', on.has('additional'), additional],
  ] as const)
    section(
      title,
      shown,
      records.map((record) => recordLine(record, columns)),
    );
  if (on.has('stats'))
    io.out(
      `;; Query time: ${millis} msec\n;; SERVER: ${answer.server}#${String(port)}(${answer.server}) (UDP)\n;; WHEN: ${strftime('%a %b %d %H:%M:%S UTC %Y', process.time().realtimeUs)}\n;; MSG SIZE  rcvd: ${String(answer.sizeBytes)}\n\n`,
    );
}

/** BIND warns of names that multicast DNS owns; clusters use them all the same. */
const localWarning = (name: string): readonly string[] =>
  /\.local\.?$/i.test(name)
    ? [
        ';; WARNING: .local is reserved for Multicast DNS',
        ';; You are currently testing what happens when an mDNS query is leaked to DNS',
      ]
    : [];
