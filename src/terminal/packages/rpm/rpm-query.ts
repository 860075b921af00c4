/** rpm -q and rpm -V: what the database, or a package on the disk, says. */
import { fnmatchRegExp } from '../../../formats/glob.ts';
import { evr, readRpm, type InstalledRpm, type RpmHeader } from '../../../formats/rpm.ts';
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import type { Io } from '../../io.ts';
import { RpmDatabase, shownName } from './rpm-database.ts';
import { information, lastLine, provisions, queryFormat, requirements } from './rpm-format.ts';
import { isChanged } from './rpm-files.ts';

export interface QueryCall {
  readonly process: Process;
  readonly io: Io;
  readonly has: (option: string) => boolean;
  readonly value: (option: string) => string | undefined;
  readonly operands: readonly string[];
}

/** A package on the disk as the database would have it; a text says what is wrong. */
export function packageAt(process: Process, path: string): ReturnType<typeof readRpm> | string {
  const bytes = process.readFile(path);
  if (failed(bytes)) return `error: open of ${path} failed: ${strerror(bytes)}`;
  return readRpm(bytes) ?? `error: ${path}: not an rpm package (or package manifest)`;
}

/** rpm's warning about a package whose key nobody imported. */
export const unknownKey = (database: RpmDatabase, path: string, { key }: RpmHeader): string | undefined =>
  database.hasKey(key)
    ? undefined
    : `warning: ${path}: Header V${database.isOld ? '3' : '4'} RSA/SHA256 Signature, key ID ${key}: NOKEY`;

/** Exit status of -q. */
export async function query(call: QueryCall): Promise<number> {
  const { io } = call;
  const { found, problems, warnings } = select(call);
  for (const each of warnings) await io.raw(`${each}\n`);
  let status = problems.length;
  // --quiet leaves complaints on standard error.
  const said = problems.filter(({ isError }) => isError || !call.has('quiet'));
  const shown = call.has('last') ? found.toSorted((a, b) => b.installTime - a.installTime) : found;
  for (const [index, each] of shown.entries()) {
    await report(
      io,
      said.filter(({ at }) => at === index),
    );
    const text = describe(call, each);
    if (typeof text === 'string') {
      if (!call.has('quiet')) io.out(text);
    } else if (text.absent) {
      await io.raw(`drydock: 'rpm --queryformat %{${text.unknown}}' is not simulated\n`);
      return 1;
    } else {
      await io.raw(`error: incorrect format: unknown tag: "${text.unknown}"\n`);
      status = 1;
      break;
    }
  }
  await report(
    io,
    said.filter(({ at }) => at >= shown.length),
  );
  return Math.min(status, 255);
}

interface Selected {
  readonly found: readonly InstalledRpm[];
  /** What nobody has: some of it is said on standard output. */
  readonly problems: readonly Problem[];
  /** Packages on the disk whose keys are not in the database. */
  readonly warnings: readonly string[];
}
interface Problem {
  readonly text: string;
  readonly isError: boolean;
  /** How many packages were found before it. */
  readonly at: number;
}

async function report(io: Io, problems: readonly Problem[]): Promise<void> {
  for (const { text, isError } of problems) {
    if (isError) await io.raw(`${text}\n`);
    else io.line(text);
  }
}

export function select(call: QueryCall): Selected {
  const { process, has, operands } = call;
  const database = new RpmDatabase(process);
  const found: InstalledRpm[] = [];
  const problems: Problem[] = [];
  const warnings: string[] = [];
  const complain = (text: string, isError = false): void => {
    problems.push({ text, isError, at: found.length });
  };
  if (has('a')) {
    const patterns = operands.map(fnmatchRegExp);
    return {
      found: database.packages.filter(
        (each) =>
          patterns.length === 0 || patterns.some((pattern) => pattern.test(each.name) || pattern.test(shownName(each))),
      ),
      problems,
      warnings,
    };
  }
  for (const word of operands) {
    const add = (some: readonly InstalledRpm[], missing: string): void => {
      if (some.length === 0) complain(missing);
      found.push(...some);
    };
    if (has('p')) {
      const read = packageAt(process, word);
      if (typeof read === 'string') complain(read, true);
      else if (read !== undefined) {
        const warning = has('nosignature') ? undefined : unknownKey(database, word, read.header);
        if (warning !== undefined) warnings.push(warning);
        found.push({ ...read.header, installTime: 0, fromRepo: '', user: true });
      }
    } else if (has('f')) {
      const path = word.startsWith('/') ? word : `${process.cwd().replace(/\/$/, '')}/${word}`;
      if (failed(process.lstat(path))) complain(`error: file ${path}: No such file or directory`, true);
      else add(database.owners(path), `file ${path} is not owned by any package`);
    } else if (has('whatprovides')) {
      const some = word.startsWith('/')
        ? database.owners(word)
        : database.packages.filter((each) => provides(each, word));
      add(
        some,
        word.startsWith('/') ? `error: file ${word}: No such file or directory` : `no package provides ${word}`,
      );
    } else if (has('whatrequires'))
      add(
        database.packages.filter(({ requires }) => requires.includes(word)),
        `no package requires ${word}`,
      );
    else {
      const some = /[*?[]/.test(word)
        ? database.packages.filter((each) => fnmatchRegExp(word).test(each.name))
        : database.find(word);
      add(some, `package ${word} is not installed`);
    }
  }
  return { found, problems, warnings };
}

const provides = (each: InstalledRpm, word: string): boolean =>
  provisions(each).some((text) => text.split(' ')[0] === word) || word === `${each.name} = ${evr(each)}`;

function describe(
  { has, value }: QueryCall,
  each: InstalledRpm,
): string | { readonly unknown: string; readonly absent: boolean } {
  const format = value('queryformat');
  if (format !== undefined) {
    const made = queryFormat(format, each);
    if ('text' in made) return made.text;
    return { unknown: made.unknown, absent: REAL_TAGS.test(made.unknown.toUpperCase()) };
  }
  const lines = (some: readonly string[]): string => some.map((line) => `${line}\n`).join('');
  const parts: string[] = [];
  if (has('i')) parts.push(information(each));
  if (has('R')) parts.push(lines(requirements(each)));
  if (has('provides')) parts.push(lines(provisions(each)));
  if (has('recommends')) parts.push(lines(each.recommends));
  if (has('l'))
    parts.push(each.files.length === 0 ? '(contains no files)\n' : lines(each.files.map(({ path }) => path)));
  if (has('c')) parts.push(lines(each.files.filter(({ config }) => config === true).map(({ path }) => path)));
  if (has('last')) return lastLine(each);
  return parts.length > 0 ? parts.join('') : `${shownName(each)}\n`;
}

/** Tags that rpm has and this model does not. */
const REAL_TAGS =
  /^(BUILDTIME|BUILDHOST|PACKAGER|URL|SIG\w*|PAYLOAD\w*|FILE\w*|CHANGELOG\w*|OBSOLETE\w*|CONFLICT\w*|REQUIRE\w+|PROVIDE\w+|INSTALLTID|RPMVERSION|OS|PLATFORM|OPTFLAGS|DB\w+|HEADER\w*|RSAHEADER|DSAHEADER|SHA\w+|.*:\w+)$/;

/** Exit status of -V: what is no longer as the package had it. */
export async function verify(call: QueryCall): Promise<number> {
  const { process, io } = call;
  const { found, problems, warnings } = select(call);
  for (const each of warnings) await io.raw(`${each}\n`);
  const database = new RpmDatabase(process);
  let bad = problems.length;
  for (const each of found) {
    const missing = call.has('nodeps') ? [] : each.requires.filter((name) => database.get(name) === undefined);
    if (missing.length > 0) {
      bad += 1;
      io.line(`Unsatisfied dependencies for ${shownName(each)}:`);
      for (const name of missing) io.line(`\t${name} is needed by (installed) ${shownName(each)}`);
    }
    for (const file of each.files) {
      const stat = process.lstat(file.path);
      const mark = file.config === true ? 'c' : ' ';
      if (failed(stat)) {
        bad += 1;
        io.line(`missing   ${mark} ${file.path}`);
        continue;
      }
      if (file.type !== 'file') continue;
      const size = stat.size === file.sizeBytes ? '.' : 'S';
      const mode = stat.mode === file.mode ? '.' : 'M';
      const changed = isChanged(process, file);
      // What is written anew has another time than the package's file.
      const flags = `${size}${mode}${changed ? '5' : '.'}..${stat.uid === 0 ? '.' : 'U'}${stat.gid === 0 ? '.' : 'G'}${changed ? 'T' : '.'}.`;
      if (flags === '.........') continue;
      bad += 1;
      io.line(`${flags}  ${mark} ${file.path}`);
    }
  }
  await report(io, problems);
  return bad > 0 ? 1 : 0;
}
