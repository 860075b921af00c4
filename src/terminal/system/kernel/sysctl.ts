/** sysctl (procps-ng 4.0.4): values are files under /proc/sys, settings files are read as `sysctl --system` orders them. */
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import type { Invocation } from '../../coreutils/command.ts';
import { usageError } from '../../coreutils/command.ts';
import { fileText } from '../../io.ts';
import { localeOf, posixRegExp } from '../../posix-regex.ts';
import { procpsCommand, procpsUsage, type ProcpsSpec } from '../../processes/procps-command.ts';
import { textToBytes } from '../../text.ts';

/** In the order of sysctl.d(5); a name in an earlier directory hides later ones. */
const DIRECTORIES = ['/etc/sysctl.d', '/run/sysctl.d', '/usr/local/lib/sysctl.d', '/usr/lib/sysctl.d', '/lib/sysctl.d'];

const pathOf = (name: string): string => `/proc/sys/${name.replace(/\./g, '/')}`;

const SPEC: ProcpsSpec = {
  name: 'sysctl',
  // -o and -x are without effect in the real one, too.
  short: 'nwabp::qeNAXr:f::oxhV',
  helpOption: '-h',
  usage: '[options] [variable[=value] ...]',
  section: 8,
  long: {
    system: 'system',
    load: 'p',
    values: 'n',
    names: 'N',
    all: 'a',
    write: 'w',
    ignore: 'e',
    quiet: 'q',
    binary: 'b',
    pattern: 'r',
    deprecated: 'deprecated',
    'dry-run': 'dry',
  },
};

export const sysctl = procpsCommand(SPEC, async (call) => {
  const { io, options, operands } = call;
  const none = async (): Promise<number> => {
    await io.warn('no variables specified');
    await io.raw("Try `sysctl --help' for more information.\n");
    return 1;
  };
  const gnu = call.flavour === 'gnu';
  if (operands.length === 0 && options.order.length === 0) {
    if (!gnu) return await usageError(call, 'no variables specified');
    return await procpsUsage(io, SPEC);
  }
  if (options.has('a') || options.has('A') || options.has('X')) return await showAll(call);
  if (options.has('system')) return await loadSystem(call);
  const file = options.value('p') ?? options.value('f');
  if (file !== undefined)
    return await loadFiles(
      call,
      file !== '' ? [file, ...operands] : operands.length === 0 ? ['/etc/sysctl.conf'] : operands,
    );
  if (operands.length === 0) return await none();
  let status = 0;
  for (const text of operands) {
    const isSetting = text.includes('=');
    if (options.has('w') && !isSetting && gnu) {
      await io.flush();
      await io.warn('command line(0): invalid syntax, continuing...');
      status = 1;
    } else status = Math.max(status, isSetting ? await set(call, text) : await show(call, text));
  }
  return await io.end(status);
});

async function show(call: Invocation, name: string): Promise<number> {
  const { io, options, process } = call;
  const path = pathOf(name);
  const found = process.stat(path);
  if (failed(found)) {
    if (!options.has('e'))
      await io.warn(
        call.flavour === 'busybox' ? `error: '${name}' is an unknown key` : `cannot stat ${path}: ${strerror(found)}`,
      );
    return options.has('e') ? 0 : 1;
  }
  if (found.type === 'directory') {
    for (const each of namesBelow(process, path)) printValue(call, each);
    return 0;
  }
  printValue(call, name.replace(/\//g, '.'));
  return 0;
}

function printValue({ io, options, process }: Invocation, name: string): void {
  const value = (fileText(process, pathOf(name)) ?? '').replace(/\n$/, '');
  if (options.has('N')) io.line(name);
  else if (options.has('b')) io.out(value);
  else io.line(options.has('n') ? value : `${name} = ${value}`);
}

async function set(call: Invocation, text: string, file?: string): Promise<number> {
  const { io, options, process } = call;
  const at = text.indexOf('=');
  const ignore = options.has('e') || text.startsWith('-');
  const name = text.slice(0, at).trim().replace(/^-/, '').replace(/\//g, '.');
  const value = text.slice(at + 1).trim();
  const path = pathOf(name);
  if (name === '' && call.flavour === 'gnu') {
    await io.warn('Path is not under /proc/sys/: /proc/sys/');
    return 1;
  }
  const found = process.stat(path);
  if (failed(found)) {
    if (!ignore) await io.warn(`cannot stat ${path}: ${strerror(found)}`);
    return ignore ? 0 : 1;
  }
  const done = options.has('dry') ? undefined : process.writeFile(path, textToBytes(`${value}\n`));
  if (failed(done)) {
    if (call.flavour === 'busybox') await io.warn(`error setting key '${name}': ${strerror(done)}`);
    else if (done.errno === 'EACCES' && file === undefined) await io.warn(`permission denied on key "${name}"`);
    else await io.warn(`setting key "${name}"${file === undefined ? '' : ', ignoring'}: ${strerror(done)}`);
    return ignore ? 0 : 1;
  }
  if (!options.has('q')) io.line(options.has('n') ? value : options.has('N') ? name : `${name} = ${value}`);
  return 0;
}

function namesBelow(process: Process, directory: string): readonly string[] {
  const entries = process.readdir(directory);
  if (failed(entries)) return [];
  return entries
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(({ name, type }) =>
      type === 'directory'
        ? namesBelow(process, `${directory}/${name}`)
        : [`${directory}/${name}`.slice('/proc/sys/'.length).replace(/\//g, '.')],
    );
}

async function showAll(call: Invocation): Promise<number> {
  const pattern = call.options.value('r');
  const regex =
    pattern === undefined ? undefined : posixRegExp(pattern, { extended: true, locale: localeOf(call.process.env) });
  for (const name of namesBelow(call.process, '/proc/sys')) {
    if (regex !== undefined) regex.lastIndex = 0;
    if (pattern === undefined || regex?.test(name) === true) printValue(call, name);
  }
  return await call.io.end(0);
}

const settings = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^[#;]/.test(line));

async function loadFiles(call: Invocation, files: readonly string[]): Promise<number> {
  let status = 0;
  for (const file of files) {
    const text = fileText(call.process, file);
    if (text === undefined) {
      await call.io.warn(`cannot open "${file}": No such file or directory`);
      status = 1;
      continue;
    }
    for (const line of settings(text)) {
      if (line.includes('=')) status = Math.max(status, await set(call, line, file));
      else await call.io.warn(`${file}(1): invalid syntax, continuing...`);
    }
  }
  return await call.io.end(status);
}

async function loadSystem(call: Invocation): Promise<number> {
  const chosen = new Map<string, string>();
  for (const directory of DIRECTORIES) {
    const entries = call.process.readdir(directory);
    if (failed(entries)) continue;
    for (const { name } of entries)
      if (name.endsWith('.conf') && !chosen.has(name)) chosen.set(name, `${directory}/${name}`);
  }
  const files = [...chosen].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, path]) => path);
  if (fileText(call.process, '/etc/sysctl.conf') !== undefined) files.push('/etc/sysctl.conf');
  if (!call.options.has('q')) for (const file of files) call.io.line(`* Applying ${file} ...`);
  return await loadFiles(call, files);
}
