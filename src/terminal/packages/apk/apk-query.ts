/** What apk tells of packages: info, search, list. */
import type { Invocation } from '../../coreutils/command.ts';
import { ApkDatabase, type ApkPackage } from './apk-database.ts';
import { nameMatcher } from '../dpkg/dpkg-query.ts';

type Call = Pick<Invocation, 'process' | 'io' | 'options'> & { readonly names: readonly string[] };

const byName = (a: ApkPackage, b: ApkPackage): number => (a.name < b.name ? -1 : 1);

/** `apk info`: names, or what was asked about each. */
export async function apkInfo({ process, io, options, names }: Call): Promise<number> {
  const database = new ApkDatabase(process);
  if (names.length === 0) {
    for (const { name, version, summary } of [...database.installed.values()].sort(byName))
      io.line(options.has('v') ? `${name}-${version} - ${summary}` : name);
    return 0;
  }
  let code = 0;
  for (const name of names) {
    const found = database.installed.get(name);
    if (options.has('W')) {
      const owner = [...database.installed.values()].find(({ files }) => files.includes(name.replace(/^\//, '')));
      if (owner === undefined) await io.raw(`ERROR: ${name}: Could not find owner package\n`);
      else io.line(`${name} is owned by ${owner.name}-${owner.version}`);
      if (owner === undefined) code = 1;
    } else if (options.has('e')) {
      if (found === undefined) code += 1;
      else io.line(found.name);
    } else if (found === undefined) {
      await io.raw(`ERROR: info: ${name}: No such package\n`);
      code = 1;
    } else for (const part of parts(found, database, options)) io.out(`${found.name}-${found.version} ${part}\n`);
  }
  return code;
}

function parts(each: ApkPackage, database: ApkDatabase, options: Call['options']): readonly string[] {
  const all = options.has('a');
  const plain = !['L', 'R', 's', 'd', 'w'].some((letter) => options.has(letter));
  const requiredBy = [...database.installed.values()].filter(({ depends }) => depends.includes(each.name));
  return [
    ...(all || plain || options.has('d') ? [`description:\n${each.summary}\n`] : []),
    ...(all || plain || options.has('s')
      ? [`installed size:\n${String(Math.round(each.installedBytes / 1024))} KiB\n`]
      : []),
    ...(all || options.has('R') ? [`depends on:\n${each.depends.map((name) => `${name}\n`).join('')}`] : []),
    ...(all || options.has('L') ? [`contains:\n${each.files.map((path) => `${path}\n`).join('')}`] : []),
    ...(all ? [`is required by:\n${requiredBy.map(({ name, version }) => `${name}-${version}\n`).join('')}`] : []),
  ];
}

/** `apk search`: names that contain the text or match the pattern. */
export async function apkSearch(
  { io, options, names }: Call,
  packages: ReadonlyMap<string, ApkPackage>,
): Promise<number> {
  const matches = names.map((pattern) =>
    nameMatcher(/[*?[]/.test(pattern) || options.has('e') ? pattern : `*${pattern}*`),
  );
  for (const { name, version, summary } of [...packages.values()].sort(byName)) {
    const isWanted =
      names.length === 0 ||
      matches.some((match) => match(name)) ||
      (options.has('d') && names.some((text) => summary.toLowerCase().includes(text.toLowerCase())));
    if (isWanted) io.line(options.has('v') ? `${name}-${version} - ${summary}` : `${name}-${version}`);
  }
  return await io.end(0);
}

/** `apk list`: with -I what is installed. */
export async function apkList(
  { process, io, options, names }: Call,
  packages: ReadonlyMap<string, ApkPackage>,
): Promise<number> {
  const { installed } = new ApkDatabase(process);
  const all = options.has('I') ? [...installed.values()] : [...new Map([...packages, ...installed]).values()];
  for (const { name, version } of all.sort(byName)) {
    if (names.length > 0 && !names.some((pattern) => nameMatcher(pattern)(name))) continue;
    io.line(`${name}-${version} x86_64 {${name}}${installed.has(name) ? ' [installed]' : ''}`);
  }
  return await io.end(0);
}
