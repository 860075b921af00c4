import { failed } from '../../../../protocol/errno.ts';
import type { UnitView } from '../interface.ts';
import { PATH_CONDITIONS } from '../triggers/path-settings.ts';
import { serviceSettings } from '../services/service-settings.ts';
import { timerSettings } from '../triggers/timer-settings.ts';
import { isYes, lastValue, listValue, parseUnit, type UnitFile } from './unit-file.ts';
import type { UnitFiles, UnitPaths } from './unit-paths.ts';

export interface LoadedUnit {
  readonly load: 'loaded' | 'not-found' | 'masked' | 'bad-setting' | 'error';
  readonly path: string | undefined;
  readonly dropIns: readonly string[];
  /** What is wrong with its settings. */
  readonly problem?: string;
  readonly file: UnitFile;
  /** Units that it names as required, in its settings and by links beside it. */
  readonly requires: readonly string[];
  /** These and those that it wants: all that it pulls in. */
  readonly pulls: readonly string[];
  /** What was read, to see whether files have changed since. */
  readonly text: string;
}

const NOTHING = { dropIns: [], file: { sections: new Map() }, requires: [], pulls: [], text: '' } as const;

/** Reads a unit with its drop-ins, as systemd would find it now. */
export function loadUnit(unitFiles: UnitFiles, name: string): LoadedUnit {
  const { root: files, paths } = unitFiles;
  const path = namesOf(name)
    .flatMap((each) => paths.search.map((directory) => `${directory}/${each}`))
    .find((candidate) => !failed(files.lstat(candidate)));
  // A slice or a device is there as soon as somebody names it.
  if (path === undefined && !/\.(slice|device)$/.test(name)) return { ...NOTHING, load: 'not-found', path };
  if (path !== undefined && files.readlink(path) === '/dev/null') return { ...NOTHING, load: 'masked', path };
  const dropIns = dropInPaths(unitFiles, name);
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
    ...pulledIn(unitFiles, name, file),
    text: texts.join('\0'),
  };
}

/** Why systemd refuses the unit, in its words. Source: systemd src/core/service.c, timer.c. */
function problemOf(name: string, file: UnitFile): string | undefined {
  if (name.endsWith('.timer') && timerSettings(name, file).triggers.length === 0)
    return 'Timer unit lacks value setting. Refusing.';
  if (name.endsWith('.path') && PATH_CONDITIONS.every((key) => listOf(file, 'Path', key).length === 0))
    return 'Path unit lacks path setting. Refusing.';
  if (name.endsWith('.socket')) return socketProblem(file);
  return name.endsWith('.service') ? serviceProblem(file) : undefined;
}

function socketProblem(file: UnitFile): string | undefined {
  const keys = [...(file.sections.get('Socket') ?? [])].flatMap(([key, values]) => (values.length > 0 ? [key] : []));
  if (!keys.some((key) => key.startsWith('Listen')))
    return 'Unit has no Listen setting (ListenStream=, ListenDatagram=, ListenFIFO=, ...). Refusing.';
  if (!isYes(lastValue(file, 'Socket', 'Accept'))) return undefined;
  if (keys.some((key) => key.startsWith('Listen') && key !== 'ListenStream'))
    return 'Unit configured for accepting sockets, but sockets are non-accepting. Refusing.';
  return keys.includes('Service')
    ? 'Explicit service configuration for accepting socket units not supported. Refusing.'
    : undefined;
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

/** What the unit is really called: an alias is a link to the file of another name. */
export function realName({ root: files, paths }: UnitFiles, name: string): string {
  const path = paths.search.map((directory) => `${directory}/${name}`).find((each) => !failed(files.lstat(each)));
  const target = path === undefined ? undefined : files.readlink(path);
  if (target === undefined || failed(target) || target === '/dev/null') return name;
  const other = target.slice(target.lastIndexOf('/') + 1);
  // A link to another instance of the same template is none.
  return other === name || other.includes('@') || typeOf(other) !== typeOf(name) ? name : other;
}

const typeOf = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

/** The unit's own name, and that of the template that it is an instance of. */
const namesOf = (name: string): readonly string[] => {
  const template = /^(.+@).+(\.\w+)$/.exec(name);
  return template === null ? [name] : [name, `${template[1] ?? ''}${template[2] ?? ''}`];
};

/** Configuration files of all its drop-in directories by their names; of two of a name the first directory's counts. */
function dropInPaths({ root: files, paths }: UnitFiles, name: string): readonly string[] {
  const found = new Map<string, string>();
  for (const owner of [...namesOf(name), ...prefixesOf(name)]) {
    for (const directory of paths.search) {
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

/** Links that enabling a unit makes in a directory: `{path, target}`. A template is enabled as its default instance. */
export function installLinks(
  paths: UnitPaths,
  name: string,
  { file, path }: LoadedUnit,
  directory = paths.config,
): readonly { readonly path: string; readonly target: string }[] {
  const target = path ?? `${paths.vendor}/${name}`;
  const isTemplate = /@\.\w+$/.test(name);
  const instance = lastValue(file, 'Install', 'DefaultInstance');
  const linked = isTemplate && instance !== undefined ? name.replace('@.', `@${instance}.`) : name;
  const beside = (key: string, kind: string): ReturnType<typeof installLinks> =>
    isTemplate && instance === undefined
      ? []
      : listValue(file, 'Install', key).map((each) => ({
          path: `${directory}/${each}.${kind}/${linked}`,
          target,
        }));
  return [
    ...listValue(file, 'Install', 'Alias').map((each) => ({ path: `${directory}/${each}`, target })),
    ...beside('WantedBy', 'wants'),
    ...beside('RequiredBy', 'requires'),
  ];
}

/** Whether a unit's links are there. */
export function enablement({ root: files, paths }: UnitFiles, name: string, unit: LoadedUnit): UnitView['enabled'] {
  const { path } = unit;
  if (path?.startsWith(`${paths.transient}/`) === true) return 'transient';
  if (path?.startsWith(`${paths.generator}/`) === true) return 'generated';
  if (unit.load === 'masked') return path?.startsWith('/run/') === true ? 'masked-runtime' : 'masked';
  if (unit.load === 'not-found') return 'not-found';
  if (path === undefined) return '';
  const target = files.readlink(path);
  if (!failed(target) && !target.endsWith(`/${name}`) && !path.includes('@')) return 'alias';
  const links = installLinks(paths, name, unit);
  const areIn = (directory: string): boolean =>
    installLinks(paths, name, unit, directory).some((link) => !failed(files.lstat(link.path)));
  if (areIn(paths.config)) return 'enabled';
  if (areIn(paths.runtime)) return 'enabled-runtime';
  if (!failed(target) && !path.startsWith('/usr/')) return 'linked';
  if (links.length > 0 || isTemplateWithInstall(name, unit)) return 'disabled';
  return listValue(unit.file, 'Install', 'Also').length > 0 ? 'indirect' : 'static';
}

const isTemplateWithInstall = (name: string, { file }: LoadedUnit): boolean =>
  /@\.\w+$/.test(name) && listValue(file, 'Install', 'WantedBy').length > 0;

/** Units that it pulls in: by its own settings and the links beside it. */
function pulledIn(
  { root: files, paths }: UnitFiles,
  name: string,
  file: UnitFile,
): Pick<LoadedUnit, 'requires' | 'pulls'> {
  const requires = listValue(file, 'Unit', 'Requires');
  const pulls = [...requires, ...listValue(file, 'Unit', 'Wants')];
  const required: string[] = [];
  for (const directory of paths.search) {
    for (const kind of ['wants', 'requires']) {
      const entries = files.list(`${directory}/${name}.${kind}`);
      const linked = failed(entries) ? [] : entries.map((entry) => entry.name).toSorted();
      pulls.push(...linked);
      if (kind === 'requires') required.push(...linked);
    }
  }
  return { requires: [...new Set([...requires, ...required])], pulls: [...new Set(pulls)] };
}

/** Every unit that has a file. */
export function unitNames({ root: files, paths }: UnitFiles): readonly string[] {
  const names = new Set<string>();
  for (const directory of paths.search) {
    const entries = files.list(directory);
    if (failed(entries)) continue;
    for (const { name } of entries) if (/\.(service|target|socket|timer|slice|mount|path)$/.test(name)) names.add(name);
  }
  return [...names].toSorted();
}
