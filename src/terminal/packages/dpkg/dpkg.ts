/**
 * dpkg and dpkg-query (1.22).
 * Models: -i, --unpack, --configure, -r, -P, -l, -s, -L, -S, --get-selections, --set-selections, --print-architecture,
 * --compare-versions, -W with formats; services of packages are enabled and started.
 * Leaves out: other maintainer scripts, triggers, diversions, alternatives, -I and -c.
 */
import { bytesToText } from '../../text.ts';
import { failed } from '../../../protocol/errno.ts';
import type { Applet } from '../../coreutils/command.ts';
import { readAll, type Io } from '../../io.ts';
import { notSimulated, plainProgram, type PlainCall } from '../../system/plain-program.ts';
import { compareVersions, dependencies } from './deb-control.ts';
import { DpkgDatabase, withStatus, type Want } from './dpkg-database.ts';
import { DpkgInstaller } from './dpkg-install.ts';
import { list, listFiles, search, selections, show, status } from './dpkg-query.ts';

const HELP = `
Type dpkg --help for help about installing and deinstalling packages [*];
Use 'apt' or 'aptitude' for user-friendly package management;
Type dpkg -Dhelp for a list of dpkg debug flag values;
Type dpkg --force-help for a list of forcing options;
Type dpkg-deb --help for help about manipulating *.deb files;

Options marked [*] produce a lot of output - pipe it through 'less' or 'more' !
`;
const LONG: Readonly<Record<string, string>> = {
  '-i': '--install',
  '-r': '--remove',
  '-P': '--purge',
  '-l': '--list',
  '-s': '--status',
  '-L': '--listfiles',
  '-S': '--search',
  '-W': '--show',
  '-a': '--pending',
  '--pending': '--pending',
};
const CHANGING = ['--install', '--unpack', '--configure', '--remove', '--purge', '--set-selections'];
const ACTIONS = [
  ...CHANGING,
  ...['--list', '--status', '--listfiles', '--search', '--show', '--get-selections', '--print-architecture'],
  ...['--compare-versions', '--version', '--print-foreign-architectures'],
];
const ABSENT = [
  '--info',
  '-I',
  '--contents',
  '-c',
  '--extract',
  '-x',
  '--audit',
  '-C',
  '--verify',
  '-V',
  '--help',
  '-b',
];

export const dpkg: Applet = plainProgram('dpkg', (call) => run(call, 'dpkg'));
export const dpkgQuery: Applet = plainProgram('dpkg-query', (call) => run(call, 'dpkg-query'));

async function run({ process, io, args }: PlainCall, name: string): Promise<number> {
  const words = args.map((arg) => LONG[arg] ?? arg);
  const action = words.find((word) => ACTIONS.includes(word));
  const absent = words.find((word) => ABSENT.includes(word));
  if (absent !== undefined) return await notSimulated(io, `${name} ${absent}`);
  const format = words.find((word) => /^(-f|--showformat)=/.test(word)) ?? '';
  const formatAt = words.indexOf('-f');
  const unknown = words.find((word) => word.startsWith('-') && !isKnown(word));
  if (unknown !== undefined) return await usage(io, `unknown option ${unknown}`);
  if (action === undefined) return await usage(io, 'need an action option');
  const operands = words.filter((word, at) => !word.startsWith('-') && (formatAt < 0 || at !== formatAt + 1));
  const database = new DpkgDatabase(process);
  if (CHANGING.includes(action)) {
    if (process.credentials().uid !== 0) {
      await io.raw('dpkg: error: requested operation requires superuser privilege\n');
      return 2;
    }
    return await io.end(await change({ process, io, args: words, flavour: 'gnu' }, database, action, operands));
  }
  const shape = formatAt < 0 ? format.replace(/^[^=]*=/, '') : (words[formatAt + 1] ?? '');
  return await io.end(await tell({ process, io, args: words, flavour: 'gnu' }, database, action, operands, shape));
}

const isKnown = (word: string): boolean =>
  ACTIONS.includes(word) ||
  ['--pending', '-f', '--no-triggers', '--no-pager'].includes(word) ||
  /^(-f|--showformat|--force-\w+|--status-fd)(=|$)/.test(word) ||
  word.startsWith('--force-');

async function usage(io: Io, problem: string): Promise<number> {
  await io.raw(`dpkg: error: ${problem}\n${HELP}`);
  return 2;
}

async function tell(
  { process, io }: PlainCall,
  database: DpkgDatabase,
  action: string,
  operands: readonly string[],
  format: string,
): Promise<number> {
  switch (action) {
    case '--list':
      return await list(process, io, database, operands);
    case '--get-selections':
      return await selections(io, database, operands);
    case '--show':
      return await show(io, database, operands, format === '' ? '${binary:Package}\\t${Version}\\n' : format);
    case '--print-architecture':
      io.line('amd64');
      return 0;
    case '--print-foreign-architectures':
      return 0;
    case '--version':
      io.out(
        "Debian 'dpkg' package management program version 1.22.6 (amd64).\nThis is free software; see the GNU General Public License version 2 or\nlater for copying conditions. There is NO warranty.\n",
      );
      return 0;
    case '--compare-versions':
      return holds(operands) ? 0 : 1;
    default:
      if (operands.length === 0)
        return await usage(
          io,
          `${action} needs at least one ${action === '--search' ? 'file name pattern' : 'package name'} argument`,
        );
      if (action === '--status') return await status(io, database, operands);
      if (action === '--listfiles') return await listFiles(io, database, operands);
      return await search(io, database, operands);
  }
}

function holds([left = '', relation = '', right = '']: readonly string[]): boolean {
  const order = compareVersions(left, right);
  const relations: Readonly<Record<string, boolean>> = {
    lt: order < 0,
    le: order <= 0,
    eq: order === 0,
    ne: order !== 0,
    ge: order >= 0,
    gt: order > 0,
  };
  return relations[relation] ?? false;
}

async function change(
  { process, io, args }: PlainCall,
  database: DpkgDatabase,
  action: string,
  operands: readonly string[],
): Promise<number> {
  if (action === '--set-selections') return await setSelections({ process, io, args, flavour: 'gnu' }, database);
  const installer = new DpkgInstaller(process, io, database);
  if (operands.length === 0 && !args.includes('--pending')) {
    const what = action === '--install' || action === '--unpack' ? 'package archive file' : 'package name';
    return await usage(io, `${action} needs at least one ${what} argument`);
  }
  const names: string[] = [];
  if (action === '--install' || action === '--unpack') {
    for (const path of operands) {
      const name = await installer.unpack(path, action.slice(2));
      if (name !== undefined) names.push(name);
    }
  } else if (action === '--configure') {
    const pending = [...database.packages.values()].filter(({ state }) => state === 'unpacked').map(({ name }) => name);
    names.push(...(args.includes('--pending') ? pending : operands));
  } else for (const name of operands) await installer.remove(name, action === '--purge');
  if (action === '--install' || action === '--configure')
    for (const name of names)
      if (await canConfigure(io, database, name)) await installer.configure(name);
      else installer.failures.push(name);
  return await outcome(io, installer.failures);
}

/** A package without what it depends on stays unpacked. */
async function canConfigure(io: Io, database: DpkgDatabase, name: string): Promise<boolean> {
  const record = database.get(name);
  const missing = dependencies(record?.fields['Depends']).filter(
    (alternatives) => !alternatives.some((each) => ['installed', 'unpacked'].includes(database.get(each)?.state ?? '')),
  );
  if (missing.length === 0) return true;
  await io.raw(
    `dpkg: dependency problems prevent configuration of ${name}:\n${missing.map((each) => ` ${name} depends on ${each.join(' | ')}; however:\n  Package ${each[0] ?? ''} is not installed.\n`).join('')}\ndpkg: error processing package ${name} (--configure):\n dependency problems - leaving unconfigured\n`,
  );
  return false;
}

async function outcome(io: Io, failures: readonly string[]): Promise<number> {
  if (failures.length === 0) return 0;
  await io.raw(`Errors were encountered while processing:\n${failures.map((each) => ` ${each}\n`).join('')}`);
  return 1;
}

/** `kubelet hold` on each line of standard input. */
async function setSelections({ process }: PlainCall, database: DpkgDatabase): Promise<number> {
  const bytes = await readAll(process, 0);
  for (const line of failed(bytes) ? [] : bytesToText(bytes).split('\n')) {
    const [name = '', want] = line.trim().split(/\s+/);
    const record = database.get(name);
    const known = (['install', 'hold', 'deinstall', 'purge'] satisfies Want[]).find((each) => each === want);
    if (record !== undefined && known !== undefined) database.put(withStatus(record, known, record.state));
  }
  database.save();
  return 0;
}
