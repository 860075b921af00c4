/**
 * nslookup: BIND 9.18's, also without a name (interactive), and busybox's.
 * Leaves out: -d2, classes other than IN, ls and finger, which BIND does not have either.
 */
import type { Process } from '../../../protocol/program.ts';
import type { Applet } from '../../coreutils/command.ts';
import { TYPES } from '../../dns-message.ts';
import { baseName, Io, LineReader } from '../../io.ts';
import { isIpv4, readResolvConf, searchList } from '../../resolver.ts';
import { bytesToText } from '../../text.ts';
import { askPatiently, bindVersion, rcodeText, reverseNameOf, serverAddress, type Answered } from './ask.ts';
import { busyboxNslookup } from './busybox-nslookup.ts';
import { debugText, nslookupLine } from './nslookup-records.ts';

/** Settings that are numbers, by the names that they are given. */
const NUMBERS: Readonly<Record<string, 'port' | 'timeout' | 'retry'>> = {
  port: 'port',
  po: 'port',
  timeout: 'timeout',
  t: 'timeout',
  retry: 'retry',
  ret: 'retry',
};

const USAGE = `Usage:
   nslookup [-opt ...]             # interactive mode using default server
   nslookup [-opt ...] - server    # interactive mode using 'server'
   nslookup [-opt ...] host        # just look up 'host' using default server
   nslookup [-opt ...] host server # just look up 'host' using 'server'
`;

/** What `set` and the options change. */
class Session {
  type: string | undefined;
  /** As it was typed. */
  shownType = 'A';
  port = 53;
  timeoutSeconds: number | undefined;
  /** Asks by TCP (vc). */
  tcp = false;
  debug = false;
  tries = 3;
  search = true;
  recurse = true;
  domain: string | undefined;
  server: { readonly label: string; readonly ip: string } | undefined;
  /** Whether something was not found, and whether something was. */
  failed = false;
  found = false;

  constructor(
    readonly process: Process,
    readonly io: Io,
  ) {
    const [first] = readResolvConf(process).nameservers;
    this.server = first === undefined ? undefined : { label: first, ip: first };
  }

  /** Takes an option; what it says where it cannot. */
  set(option: string): string | undefined {
    const [name = '', value = ''] = option.split('=');
    const number = Number(value);
    if (/^(ty(pe?)?|q(u(e(r(y(t(y(pe?)?)?)?)?)?)?)?)$/.test(name)) {
      if (!(value.toUpperCase() in TYPES)) return `unknown query type: ${value}`;
      this.type = value.toUpperCase();
      this.shownType = value;
      return undefined;
    }
    const numbered = NUMBERS[name];
    if (numbered !== undefined && !/^\d+$/.test(value)) return `invalid ${numbered} '${value}': not a valid number`;
    if (numbered === 'port') this.port = number;
    else if (numbered === 'timeout') this.timeoutSeconds = number;
    else if (numbered === 'retry') this.tries = Math.max(1, number);
    else if (name === 'debug' || name === 'nodebug') this.debug = name === 'debug';
    else if (name === 'vc' || name === 'novc') this.tcp = name === 'vc';
    else if (name === 'domain' || name === 'do') this.domain = value;
    else if (name === 'search' || name === 'nosearch') this.search = name === 'search';
    else if (name === 'recurse' || name === 'norecurse') this.recurse = name === 'recurse';
    else if (['nod2', 'sil', 'fail', 'defname'].includes(name)) return undefined;
    else if (['d2', 'class', 'cl', 'nofail', 'ndots'].includes(name))
      return `drydock: 'nslookup -${name}' is not simulated`;
    else return `*** Invalid option: ${option}`;
    return undefined;
  }

  async use(typed: string): Promise<boolean> {
    const ip = await serverAddress(this.process, typed);
    if (ip !== undefined) this.server = { label: typed, ip };
    return ip !== undefined;
  }
}

async function bindNslookup(process: Process, io: Io, args: readonly string[]): Promise<number> {
  const session = new Session(process, io);
  const operands: string[] = [];
  for (const arg of args) {
    if (!arg.startsWith('-') || arg === '-') {
      operands.push(arg);
      continue;
    }
    if (arg === '-version') {
      await io.raw(`nslookup ${bindVersion(process)}\n`);
      return 0;
    }
    const problem = arg === '-all' ? settingsText(session) : session.set(arg.slice(1));
    if (problem === undefined) continue;
    io.line(problem);
    if (problem.startsWith('drydock')) return await io.end(1);
  }
  const [name, server] = operands;
  if (operands.length > 2) {
    await io.raw(USAGE);
    return 1;
  }
  if (server !== undefined && !(await session.use(server))) {
    await io.raw(`nslookup: couldn't get address for '${server}': not found\n`);
    return 1;
  }
  if (name === undefined || name === '-') {
    if (!(await converse(session))) return await io.end(1);
  } else await lookUp(session, name);
  io.line('');
  return await io.end(session.failed || !session.found ? 1 : 0);
}

async function converse(session: Session): Promise<boolean> {
  const { process, io } = session;
  const reader = new LineReader(process, 0);
  const prompt = process.isatty(0) ? '> ' : '';
  for (;;) {
    io.out(prompt);
    await io.flush();
    const line = await nextLine(reader);
    if (line === undefined) return true;
    const [word = '', ...rest] = line.trim().split(/\s+/);
    if (word === 'exit') return true;
    if (word !== '' && !(await obey(session, word, rest))) return false;
  }
}

async function nextLine(reader: LineReader): Promise<string | undefined> {
  for (;;) {
    const line = reader.ready();
    if (line !== undefined) return bytesToText(line);
    if (!(await reader.fill())) {
      const rest = reader.rest();
      return rest === undefined ? undefined : bytesToText(rest);
    }
  }
}

/** What a line in the conversation asks for; false where nslookup ends. */
async function obey(session: Session, word: string, rest: readonly string[]): Promise<boolean> {
  const { io } = session;
  if (word === 'set' && rest.length === 0) {
    await lookUp(session, word);
    return true;
  }
  switch (word) {
    case 'set': {
      const [option = ''] = rest;
      const problem = option === 'all' ? settingsText(session) : session.set(option);
      if (problem !== undefined) io.line(problem);
      return true;
    }
    case 'server':
    case 'lserver':
      if (rest[0] !== undefined && !(await session.use(rest[0]))) {
        await io.raw(`nslookup: couldn't get address for '${rest[0]}': not found\n`);
        return false;
      }
      if (session.server !== undefined)
        io.out(`Default server: ${session.server.label}\nAddress: ${session.server.ip}#${String(session.port)}\n`);
      return true;
    case 'ls':
    case 'finger':
    case 'root':
    case 'view':
      io.line(`The '${word}' command is not implemented.`);
      return true;
    case 'help':
      io.line("The 'help' command is not yet implemented.");
      return true;
    default:
      await lookUp(session, word);
      return true;
  }
}

function settingsText(session: Session): string {
  const { server, port, recurse, search, timeoutSeconds, tries, shownType } = session;
  const config = readResolvConf(session.process);
  const no = (on: boolean, name: string): string => `${on ? '' : 'no'}${name}`;
  return [
    `Default server: ${server?.label ?? ''}`,
    `Address: ${server?.ip ?? ''}#${String(port)}`,
    '',
    'Set options:',
    `  ${no(session.tcp, 'vc')}\t\t\t${no(session.debug, 'debug')}\t\tnod2`,
    `  ${no(search, 'search')}\t\t${no(recurse, 'recurse')}`,
    `  timeout = ${String(timeoutSeconds ?? 0)}\t\tretry = ${String(tries)}\tport = ${String(port)}\tndots = ${String(config.ndots)}`,
    `  querytype = ${shownType.padEnd(8)}\tclass = IN`,
    `  srchlist = ${config.search.join('/')}`,
  ].join('\n');
}

/** How long an answer is waited for where nothing is set. */
const PATIENCE_SECONDS = 5;

/** Asks for a name as the session is set. */
async function lookUp(session: Session, name: string): Promise<void> {
  const { process, io, server } = session;
  if (server === undefined) {
    io.line(';; no servers could be reached');
    session.failed = true;
    return;
  }
  const reverse = session.type === undefined && isIpv4(name);
  const type = reverse ? 'PTR' : (session.type ?? 'A');
  const ask = (asked: string, wanted: string): Promise<Answered | undefined> =>
    askPatiently(
      process,
      {
        server: server.ip,
        port: session.port,
        name: asked,
        type: wanted,
        timeoutUs: Math.max(1, session.timeoutSeconds ?? PATIENCE_SECONDS) * 1e6,
        recurse: session.recurse,
        tcp: session.tcp,
      },
      session.tries,
      (line) => {
        io.line(line);
      },
    );
  const names = namesToTry(session, name, reverse);
  let answer: Answered | undefined;
  for (const asked of names) {
    answer = await ask(asked, type);
    if (answer === undefined) {
      io.line(';; no servers could be reached');
      session.failed = true;
      return;
    }
    if (answer.rcode === 0) break;
  }
  if (answer === undefined) return;
  if (answer.rcode === 2) io.line(`;; Got SERVFAIL reply from ${server.ip}`);
  if (!reverse) io.out(`Server:\t\t${server.label}\nAddress:\t${server.ip}#${String(session.port)}\n\n`);
  const shown = reverse ? reverseNameOf(name) : name;
  if (session.debug) io.out(debugText(answer, type));
  if (!tell(session, answer, { name: shown, type, reverse, only: session.type !== undefined })) return;
  session.found = true;
  if (session.type === undefined && !reverse) await tellIpv6(session, answer, name, ask);
}

const namesToTry = ({ process, search, domain }: Session, name: string, reverse: boolean): readonly string[] => {
  if (reverse) return [reverseNameOf(name)];
  const config = readResolvConf(process);
  return search ? searchList(name, domain === undefined ? config : { ...config, search: [domain] }) : [name];
};

interface Telling {
  readonly name: string;
  readonly type: string;
  readonly reverse: boolean;
  /** Nothing is asked after it. */
  readonly only: boolean;
}

/** Prints an answer; false where it is a refusal. */
function tell(session: Session, answer: Answered, { name, type, reverse, only }: Telling): boolean {
  const { io } = session;
  if (answer.rcode !== 0) {
    io.line(`** server can't find ${name}: ${rcodeText(answer.rcode)}`);
    session.failed = true;
    return false;
  }
  if (!answer.authoritative && !reverse) io.line('Non-authoritative answer:');
  for (const record of answer.records) io.line(nslookupLine(record, true));
  if (answer.records.length === 0 && (only || reverse)) io.line(`*** Can't find ${name}: No answer`);
  if (!answer.authoritative && type !== 'A' && type !== 'AAAA') {
    io.line('\nAuthoritative answers can be found from:');
    for (const record of [...answer.message.authority, ...answer.message.additional])
      io.line(nslookupLine(record, true));
  }
  return true;
}

/** The other kind of address, for the name that the first answer ended at. */
async function tellIpv6(
  session: Session,
  first: Answered,
  name: string,
  ask: (name: string, type: string) => Promise<Answered | undefined>,
): Promise<void> {
  const { io } = session;
  const target = first.records.findLast(({ type }) => type === 'CNAME')?.data ?? first.question;
  const answer = await ask(target.replace(/\.$/, ''), 'AAAA');
  if (answer === undefined) return;
  if (session.debug) io.out(debugText(answer, 'AAAA'));
  if (answer.rcode !== 0) {
    io.line(`** server can't find ${target.replace(/\.$/, '')}: ${rcodeText(answer.rcode)}`);
    session.failed = true;
  }
  for (const record of answer.records) if (record.type === 'AAAA') io.line(nslookupLine(record, true));
  if (first.records.length === 0 && answer.records.length === 0) io.line(`*** Can't find ${name}: No answer`);
}

export const nslookup: Applet = {
  name: 'nslookup',
  memoryBytes: 1_200_000,
  run: (process) => bindNslookup(process, new Io(process), process.argv.slice(1)),
  applet: async (process, flavour, argv) => {
    const io = new Io(process, baseName(argv[0] ?? 'nslookup'));
    return flavour === 'busybox'
      ? await busyboxNslookup({ process, io }, argv.slice(1))
      : await bindNslookup(process, io, argv.slice(1));
  },
};
