/** whereis (util-linux 2.39): the program, source and manual page files of a name in the usual directories. */
import { helpHint } from '../coreutils/help-hint.ts';
import { failed } from '../../protocol/errno.ts';
import type { Process } from '../../protocol/program.ts';
import { baseName, type Io } from '../io.ts';
import { versionAsked } from '../program-version.ts';
import { plainProgram } from './plain-program.ts';

type Kind = 'b' | 'm' | 's';
const KINDS: readonly Kind[] = ['b', 'm', 's'];

const BINARIES = `/usr/bin /usr/sbin /usr/lib /usr/lib64 /bin /sbin /etc /etc/* /lib /lib64 /usr/games /usr/games/bin
  /usr/games/lib /usr/local/bin /usr/local/sbin /usr/local/etc /usr/local/lib /usr/local/games /usr/include /usr/local
  /usr/libexec /usr/share /opt/*/bin`.split(/\s+/);
const MANUALS = ['/usr/man/*', '/usr/share/man/*', '/usr/share/info'];
const SOURCES = ['/usr/src/*', '/usr/lib/libc/*', '/usr/libc/*', '/usr/src'];

interface Search {
  wanted: readonly Kind[];
  readonly places: Record<Kind, readonly string[]>;
  unusual: boolean;
  glob: boolean;
}

export const whereis = plainProgram('whereis', async ({ process, io, args }) => {
  const version = versionAsked('whereis', args);
  if (version !== undefined) {
    io.line(version);
    return await io.end(0);
  }
  if (args.length === 0) return await usageError(io, 'not enough arguments');
  const path = (process.env['PATH'] ?? '').split(':').filter((each) => each !== '');
  const search: Search = {
    wanted: KINDS,
    places: {
      b: directories(process, [...BINARIES, ...path]),
      m: directories(process, MANUALS),
      s: directories(process, SOURCES),
    },
    unusual: false,
    glob: false,
  };
  const rest = [...args];
  let chosen: Kind[] = [];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (!word.startsWith('-') || word === '-') {
      find(process, io, search, word);
      chosen = [];
      continue;
    }
    for (const letter of word.slice(1)) {
      if (letter === 'u') search.unusual = true;
      else if (letter === 'g') search.glob = true;
      else if (letter === 'l')
        for (const kind of search.wanted) for (const place of search.places[kind]) io.line(`${LISTED[kind]}: ${place}`);
      else if (letter === 'b' || letter === 'm' || letter === 's') search.wanted = chosen = [...chosen, letter];
      else if (letter === 'B' || letter === 'M' || letter === 'S') {
        const given = takeDirectories(rest);
        if (given === undefined) return await usageError(io, 'option -f is missing');
        search.places[kindOf(letter)] = directories(process, given);
      } else if (letter !== 'f') return await usageError(io, `bad usage`);
    }
  }
  return await io.end(0);
});

const LISTED: Readonly<Record<Kind, string>> = { b: 'bin', m: 'man', s: 'src' };
const kindOf = (letter: 'B' | 'M' | 'S'): Kind => (letter === 'B' ? 'b' : letter === 'M' ? 'm' : 's');

async function usageError(io: Io, text: string): Promise<1> {
  await io.warn(text);
  await io.raw(`${helpHint(io)}\n`);
  return 1;
}

/** The words up to -f. */
function takeDirectories(rest: string[]): readonly string[] | undefined {
  const end = rest.findIndex((word) => word.startsWith('-'));
  return end < 0 ? undefined : rest.splice(0, end);
}

/** Those that are there, each once; a star stands for every directory in one. */
function directories(process: Process, patterns: readonly string[]): readonly string[] {
  const found: string[] = [];
  const seen = new Set<string>();
  for (const path of patterns.flatMap((pattern) => expanded(process, pattern))) {
    const stat = process.stat(path);
    const place =
      failed(stat) || stat.type !== 'directory' ? undefined : `${String(stat.device)}:${String(stat.inode)}`;
    if (place === undefined || seen.has(place)) continue;
    seen.add(place);
    const whole = process.realpath(path);
    found.push(failed(whole) ? path : whole);
  }
  return found;
}

function expanded(process: Process, pattern: string): readonly string[] {
  const [before = '', after] = pattern.split('/*');
  if (after === undefined) return [pattern];
  const entries = process.readdir(before);
  return failed(entries) ? [] : entries.map(({ name }) => `${before}/${name}${after}`);
}

function find(process: Process, io: Io, search: Search, word: string): void {
  const name = baseName(word);
  const hits = search.wanted.map((kind) => search.places[kind].flatMap((place) => within(process, place, name, kind)));
  if (search.unusual && hits.flat().length <= 1) return;
  io.line(
    `${name}:${hits
      .flat()
      .map((path) => ` ${path}`)
      .join('')}`,
  );
}

function within(process: Process, directory: string, name: string, kind: Kind): readonly string[] {
  const entries = process.readdir(directory);
  if (failed(entries)) return [];
  return entries.filter((entry) => fits(entry.name, name, kind)).map((entry) => `${directory}/${entry.name}`);
}

/** The name itself; of sources and manual pages also with one suffix, and a page's may be compressed. */
function fits(file: string, name: string, kind: Kind): boolean {
  if (file === name) return true;
  if (kind === 'b') return false;
  if (kind === 's' && file.startsWith('s.') && fits(file.slice(2), name, kind)) return true;
  const bare = kind === 'm' ? file.replace(/\.(Z|gz|xz|bz2|zst)$/, '') : file;
  if (!bare.startsWith(name)) return false;
  const suffix = bare.slice(name.length);
  return suffix === '' || /^\.[^.]*(\.C)?$/s.test(suffix);
}
