import { failed } from '../../../protocol/errno.ts';
import type { FileView } from '../files/interface.ts';
import { serviceSettings } from './service-settings.ts';
import { timerSettings } from './timer-settings.ts';
import { lastValue, listValue, parseUnit, type UnitFile } from './unit-file.ts';

/** What comes first hides what comes later. */
const DIRECTORIES = [
  '/etc/systemd/system.control',
  '/run/systemd/system.control',
  '/run/systemd/transient',
  '/etc/systemd/system',
  '/run/systemd/system',
  '/usr/lib/systemd/system',
] as const;

export interface LoadedUnit {
  readonly load: 'loaded' | 'not-found' | 'masked' | 'bad-setting' | 'error';
  readonly path: string | undefined;
  readonly dropIns: readonly string[];
  /** What is wrong with its settings. */
  readonly problem?: string;
  readonly file: UnitFile;
  /** What was read, to see whether files have changed since. */
  readonly text: string;
}

/** Reads a unit with its drop-ins, as systemd would find it now. */
export function loadUnit(files: FileView, name: string): LoadedUnit {
  const path = namesOf(name)
    .flatMap((each) => DIRECTORIES.map((directory) => `${directory}/${each}`))
    .find((candidate) => !failed(files.lstat(candidate)));
  const nothing: UnitFile = { sections: new Map() };
  // A slice is there as soon as somebody names it.
  if (path === undefined && !name.endsWith('.slice'))
    return { load: 'not-found', path, dropIns: [], file: nothing, text: '' };
  if (path !== undefined && files.readlink(path) === '/dev/null')
    return { load: 'masked', path, dropIns: [], file: nothing, text: '' };
  const dropIns = dropInPaths(files, name);
  const texts = [...(path === undefined ? [] : [path]), ...dropIns].map((each) => {
    const text = files.readText(each);
    return failed(text) ? '' : text;
  });
  const { file } = parseUnit(texts);
  const problem = problemOf(name, file);
  return {
    load: problem === undefined ? 'loaded' : 'bad-setting',
    path,
    dropIns,
    ...(problem === undefined ? {} : { problem }),
    file,
    text: texts.join('\0'),
  };
}

/** Why systemd refuses the unit, in its words. Source: systemd src/core/service.c, timer.c. */
function problemOf(name: string, file: UnitFile): string | undefined {
  if (name.endsWith('.timer') && timerSettings(name, file).triggers.length === 0)
    return 'Timer unit lacks value setting. Refusing.';
  return name.endsWith('.service') ? serviceProblem(file) : undefined;
}

function serviceProblem(file: UnitFile): string | undefined {
  const { type, restart, remainsAfterExit, alwaysRestart } = serviceSettings(file);
  const starts = listOf(file, 'Service', 'ExecStart').length;
  const hasAction = (lastValue(file, 'Unit', 'SuccessAction') ?? 'none') !== 'none';
  if (starts === 0 && listOf(file, 'Service', 'ExecStop').length === 0 && !hasAction)
    return 'Service has no ExecStart=, ExecStop=, or SuccessAction=. Refusing.';
  if (type !== 'oneshot' && starts === 0)
    return 'Service has no ExecStart= setting, which is only allowed for Type=oneshot services. Refusing.';
  if (!remainsAfterExit && starts === 0 && !hasAction)
    return 'Service has no ExecStart= and no SuccessAction= settings and does not have RemainAfterExit=yes set. Refusing.';
  if (type !== 'oneshot' && starts > 1)
    return 'Service has more than one ExecStart= setting, which is only allowed for Type=oneshot services. Refusing.';
  if (type === 'oneshot' && (restart === 'always' || restart === 'on-success'))
    return "Service has Restart= set to either always or on-success, which isn't allowed for Type=oneshot services. Refusing.";
  if (type === 'oneshot' && alwaysRestart.statuses.length + alwaysRestart.signals.length > 0)
    return "Service has RestartForceExitStatus= set, which isn't allowed for Type=oneshot services. Refusing.";
  return type === 'dbus' && lastValue(file, 'Service', 'BusName') === undefined
    ? 'Service is of type D-Bus but no D-Bus service name has been specified. Refusing.'
    : undefined;
}

/** The unit's own name, and that of the template that it is an instance of. */
const namesOf = (name: string): readonly string[] => {
  const template = /^(.+@).+(\.\w+)$/.exec(name);
  return template === null ? [name] : [name, `${template[1] ?? ''}${template[2] ?? ''}`];
};

/** Configuration files of all its drop-in directories by their names; of two of a name the first directory's counts. */
function dropInPaths(files: FileView, name: string): readonly string[] {
  const found = new Map<string, string>();
  for (const owner of [...namesOf(name), ...prefixesOf(name)]) {
    for (const directory of DIRECTORIES) {
      const entries = files.list(`${directory}/${owner}.d`);
      if (failed(entries)) continue;
      for (const entry of entries)
        if (entry.name.endsWith('.conf') && !found.has(entry.name))
          found.set(entry.name, `${directory}/${owner}.d/${entry.name}`);
    }
  }
  return [...found].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, path]) => path);
}

/** Drop-ins for all units of a kind: `user-.slice` and `slice` for user-0.slice. */
function prefixesOf(name: string): readonly string[] {
  const dot = name.lastIndexOf('.');
  const parts = name.slice(0, dot).split('-');
  const type = name.slice(dot);
  const prefixes = parts.slice(1).map((_, at) => `${parts.slice(0, parts.length - 1 - at).join('-')}-${type}`);
  return [...prefixes, type.slice(1)];
}

const listOf = (file: UnitFile, section: string, key: string): readonly string[] =>
  file.sections.get(section)?.get(key) ?? [];

/** Links that enabling a unit makes: `{path, target}`. */
export function installLinks(
  name: string,
  { file, path }: LoadedUnit,
): readonly { readonly path: string; readonly target: string }[] {
  const target = path ?? `/usr/lib/systemd/system/${name}`;
  return [
    ...listValue(file, 'Install', 'WantedBy').map((each) => ({
      path: `/etc/systemd/system/${each}.wants/${name}`,
      target,
    })),
    ...listValue(file, 'Install', 'RequiredBy').map((each) => ({
      path: `/etc/systemd/system/${each}.requires/${name}`,
      target,
    })),
    ...listValue(file, 'Install', 'Alias').map((each) => ({ path: `/etc/systemd/system/${each}`, target })),
  ];
}

/** Whether a unit's links are there. */
export function enablement(
  files: FileView,
  name: string,
  unit: LoadedUnit,
): 'enabled' | 'disabled' | 'static' | 'alias' | 'masked' | 'not-found' | 'transient' | '' {
  if (unit.path?.startsWith('/run/systemd/transient/') === true) return 'transient';
  if (unit.load === 'not-found' || unit.load === 'masked') return unit.load;
  if (unit.path === undefined) return '';
  const target = files.readlink(unit.path);
  if (!failed(target) && !target.endsWith(`/${name}`)) return 'alias';
  const links = installLinks(name, unit);
  if (links.length === 0) return 'static';
  return links.some(({ path }) => !failed(files.lstat(path))) ? 'enabled' : 'disabled';
}

/** Units that a target pulls in: its own settings and the links beside it. */
export function wantedBy(files: FileView, target: string, unit: LoadedUnit): readonly string[] {
  const linked: string[] = [];
  for (const directory of DIRECTORIES) {
    for (const kind of ['wants', 'requires']) {
      const entries = files.list(`${directory}/${target}.${kind}`);
      if (!failed(entries)) linked.push(...entries.map(({ name }) => name).toSorted());
    }
  }
  return [
    ...new Set([...listValue(unit.file, 'Unit', 'Requires'), ...listValue(unit.file, 'Unit', 'Wants'), ...linked]),
  ];
}

/** Every unit that has a file. */
export function unitNames(files: FileView): readonly string[] {
  const names = new Set<string>();
  for (const directory of DIRECTORIES) {
    const entries = files.list(directory);
    if (failed(entries)) continue;
    for (const { name } of entries) if (/\.(service|target|socket|timer|slice|mount|path)$/.test(name)) names.add(name);
  }
  return [...names].toSorted();
}
