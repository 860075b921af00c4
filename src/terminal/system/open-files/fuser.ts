/**
 * fuser (psmisc 23.7): the processes that use files, file systems or ports; names and marks go to standard error, pids to
 * standard output.
 * Leaves out: mapped files, of which processes here have none, and addresses of the other end of a connection.
 */
import { failed, strerror } from '../../../protocol/errno.ts';
import type { FileStat, Process, Signal } from '../../../protocol/program.ts';
import { userNameOf } from '../../accounts.ts';
import { serviceName } from '../../network/service-names.ts';
import type { Io } from '../../io.ts';
import { readProcesses, type ProcEntry } from '../../processes/process-list.ts';
import { signalByName } from '../../signal-names.ts';
import { openFiles, type OpenFile } from './open-file-list.ts';
import { plainProgram } from '../plain-program.ts';

const USAGE = `Usage: fuser [-fIMuvw] [-a|-s] [-4|-6] [-c|-m|-n SPACE]
             [-k [-i] [-SIGNAL]] NAME...
       fuser -l
       fuser -V
Show which processes use the named files, sockets, or filesystems.
`;
const NAME_WIDTH = 20;
const SIGNAL_TABLE = `HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT
CHLD CONT STOP TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH POLL PWR SYS
`;

interface Request {
  readonly names: string[];
  readonly flags: Set<string>;
  space: string;
  signal: Signal;
}

/** How a process uses what was named; in the order in which -v marks it. */
type Use = 'F' | 'f' | 'r' | 'c' | 'e';

interface User {
  readonly entry: ProcEntry;
  readonly uses: ReadonlySet<Use>;
}

export const fuser = plainProgram('fuser', async ({ process, io, invoked, args }) => {
  const request: Request = { names: [], flags: new Set(), space: 'file', signal: 'SIGKILL' };
  const problem = readArguments(invoked, args, request);
  if (problem !== undefined) {
    await io.raw(`${problem}\n${problem.includes(': Invalid option') || problem.startsWith('No') ? USAGE : ''}`);
    return 1;
  }
  if (request.flags.has('l')) io.out(SIGNAL_TABLE);
  if (request.flags.has('V')) await io.raw('fuser (PSmisc) 23.7\n');
  if (request.flags.has('l') || request.flags.has('V')) return await io.end(0);
  if (request.names.length === 0) {
    await io.raw(`No process specification given\n${USAGE}`);
    return 1;
  }
  const report = new Report(process, io, request);
  let found = false;
  for (const name of request.names) found = (await report.name(name)) || found;
  return await io.end(found ? 0 : 1);
});

function readArguments(invoked: string, args: readonly string[], request: Request): string | undefined {
  const rest = [...args];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (!word.startsWith('-') || word === '-') request.names.push(word);
    else if (/^-([A-Z]{2,}\d*|SIG[A-Z]+|\d+)$/.test(word)) {
      const signal = signalByName(word.slice(1));
      if (signal === undefined) return `Unknown signal ${word.slice(1)}; fuser -l lists signals.`;
      request.signal = signal;
    } else
      for (const letter of longName(word) ?? word.slice(1)) {
        if (letter === 'n') request.space = rest.shift() ?? '';
        else if ('aciIklmMsuvVw46f'.includes(letter)) request.flags.add(letter === 'c' ? 'm' : letter);
        else return `${invoked}: Invalid option ${word.startsWith('--') ? word : letter}`;
      }
  }
  return ['file', 'tcp', 'udp'].includes(request.space) ? undefined : 'Invalid namespace name';
}

const LONG: Readonly<Record<string, string>> = {
  '--all': 'a',
  '--interactive': 'i',
  '--inode': 'I',
  '--kill': 'k',
  '--list-signals': 'l',
  '--mount': 'm',
  '--ismountpoint': 'M',
  '--namespace': 'n',
  '--silent': 's',
  '--user': 'u',
  '--verbose': 'v',
  '--version': 'V',
  '--writeonly': 'w',
  '--ipv4': '4',
  '--ipv6': '6',
};
const longName = (word: string): string | undefined => LONG[word];

class Report {
  #headed = false;

  constructor(
    private readonly process: Process,
    private readonly io: Io,
    private readonly request: Request,
  ) {}

  /** Answers whether somebody uses it. */
  async name(text: string): Promise<boolean> {
    const [, port, protocol] = /^(.+)\/(tcp|udp)$/.exec(text) ?? [];
    const space = protocol ?? this.request.space;
    if (space !== 'file') return await this.#tell(`${port ?? text}/${space}`, this.#portUsers(port ?? text, space));
    const stat = this.process.stat(text);
    if (failed(stat)) {
      await this.io.raw(
        stat.errno === 'ENOENT'
          ? `Specified filename ${text} does not exist.\n`
          : `Cannot stat ${text}: ${strerror(stat)}\n`,
      );
      return false;
    }
    const place = this.process.realpath(text);
    const mounted = this.request.flags.has('m');
    return await this.#tell(failed(place) ? text : place, this.#fileUsers(stat, mounted));
  }

  #fileUsers(wanted: FileStat, mounted: boolean): readonly User[] {
    return this.#users((_, link) => {
      const stat = this.process.stat(link);
      return !failed(stat) && stat.device === wanted.device && (mounted || stat.inode === wanted.inode);
    });
  }

  #portUsers(port: string, protocol: string): readonly User[] {
    return this.#users(
      ({ socket }) =>
        socket !== undefined &&
        socket.protocol.startsWith(protocol) &&
        (String(socket.local.port) === port || serviceName(this.process, socket.local.port, protocol) === port),
    );
  }

  #users(matches: (file: OpenFile, link: string) => boolean): readonly User[] {
    const files = openFiles(this.process, { ports: true });
    return readProcesses(this.process)
      .filter(({ pid }) => pid !== this.process.pid)
      .flatMap((entry) => {
        const own = files.filter((file) => file.entry.pid === entry.pid && matches(file, linkOf(file)));
        const uses = new Set(own.map(useOf));
        const writes = !this.request.flags.has('w') || uses.has('F');
        return uses.size === 0 || !writes ? [] : [{ entry, uses }];
      });
  }

  async #tell(name: string, users: readonly User[]): Promise<boolean> {
    const { flags } = this.request;
    const verbose = flags.has('v');
    if (!flags.has('s') && (users.length > 0 || flags.has('a'))) {
      if (verbose && !this.#headed) await this.io.raw(`${' '.repeat(NAME_WIDTH)} USER        PID ACCESS COMMAND\n`);
      this.#headed = true;
      await this.io.raw(users.length === 0 ? `${name}:\n` : `${name}:`.padEnd(NAME_WIDTH));
      for (const [at, user] of users.entries()) await this.#line(user, verbose, at === 0);
      if (!verbose && users.length > 0) await this.io.raw('\n');
    }
    if (flags.has('k')) for (const { entry } of users) await this.#kill(entry);
    return users.length > 0;
  }

  async #line({ entry, uses }: User, verbose: boolean, first: boolean): Promise<void> {
    const user = userNameOf(this.process, entry.uid) ?? String(entry.uid);
    if (verbose) await this.io.raw(`${first ? '' : ' '.repeat(NAME_WIDTH)} ${user.padEnd(8)} `);
    this.io.out(` ${String(entry.pid).padStart(5)}`);
    await this.io.flush();
    const mark = (letter: Use, other?: Use): string =>
      uses.has(letter) ? letter : other !== undefined && uses.has(other) ? other : '.';
    if (verbose) await this.io.raw(` ${mark('F', 'f')}${mark('r')}${mark('c')}${mark('e')}. ${entry.name}\n`);
    else {
      const marks = (['c', 'e', 'r'] as const).filter((letter) => uses.has(letter)).join('');
      await this.io.raw(`${marks}${this.request.flags.has('u') ? `(${user})` : ''}`);
    }
  }

  async #kill({ pid }: ProcEntry): Promise<void> {
    if (this.request.flags.has('i') && !(await this.#agreed(pid))) return;
    const done = this.process.kill(pid, this.request.signal);
    if (failed(done)) await this.io.raw(`Could not kill process ${String(pid)}: ${strerror(done)}\n`);
  }

  async #agreed(pid: number): Promise<boolean> {
    await this.io.raw(`Kill process ${String(pid)} ? (y/N) `);
    const answer = await this.process.read(0, 64);
    return !failed(answer) && (answer[0] === 0x79 || answer[0] === 0x59);
  }
}

const LINKS: Readonly<Record<string, string>> = { cwd: 'cwd', rtd: 'root', txt: 'exe' };
const linkOf = ({ entry, fd }: OpenFile): string => `/proc/${String(entry.pid)}/${LINKS[fd] ?? `fd/${fd}`}`;

function useOf({ fd, access }: OpenFile): Use {
  if (fd === 'cwd') return 'c';
  if (fd === 'rtd') return 'r';
  if (fd === 'txt') return 'e';
  return access === 'r' ? 'f' : 'F';
}
