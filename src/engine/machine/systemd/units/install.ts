/** What enabling, disabling, masking, linking and reverting units does to /etc (systemd src/shared/install.c). */
import { failed } from '../../../../protocol/errno.ts';
import type { FileView } from '../../files/interface.ts';
import type { HostSystemd } from '../host-systemd.ts';
import type { InstallAction, SystemdReply } from '../interface.ts';
import { isPreset } from './presets.ts';
import { listValue } from './unit-file.ts';
import { installLinks, unitNames, type LoadedUnit } from './unit-loader.ts';
import type { UnitFiles } from './unit-paths.ts';

export type InstallChange = NonNullable<Extract<SystemdReply, { readonly type: 'done' }>['changes']>[number];

export interface InstallRequest {
  readonly action: InstallAction;
  /** Names; paths for `link`. */
  readonly units: readonly string[];
  /** Until the boot ends. */
  readonly runtime?: boolean;
  /** Links that are in the way are replaced. */
  readonly force?: boolean;
  /** Of add-wants and add-requires. */
  readonly target?: string;
}

const directoryOf = ({ unitFiles }: HostSystemd, { runtime = false }: InstallRequest): string =>
  runtime ? unitFiles.paths.runtime : unitFiles.paths.config;

/** Does it, reads all units anew as systemctl has it done, and answers what was done. */
export function install(systemd: HostSystemd, request: InstallRequest): SystemdReply {
  const reply = changeLinks(systemd, request);
  if (reply.type === 'done') systemd.daemonReload();
  return reply;
}

export function changeLinks(systemd: HostSystemd, request: InstallRequest): SystemdReply {
  const { target } = request;
  if (target !== undefined && systemd.loaded(target).load === 'not-found')
    return { type: 'error', code: 'not-found', message: `Unit file ${target} does not exist.` };
  const names = request.action === 'preset-all' ? unitNames(systemd.unitFiles) : request.units;
  const changes: InstallChange[] = [];
  let hasInstallInfo = false;
  for (const name of names) {
    changes.push(...changesOf(systemd, request, name));
    hasInstallInfo ||= !needsInstallInfo(request) || carriesInstallInfo(systemd.loaded(name));
  }
  return { type: 'done', changes, ...(hasInstallInfo || names.length === 0 ? {} : { lacksInstallInfo: true }) };
}

const needsInstallInfo = ({ action }: InstallRequest): boolean =>
  action === 'enable' || action === 'disable' || action === 'reenable' || action === 'preset';

export const carriesInstallInfo = ({ file }: LoadedUnit): boolean =>
  ['WantedBy', 'RequiredBy', 'Alias', 'Also'].some((key) => listValue(file, 'Install', key).length > 0);

function changesOf(systemd: HostSystemd, request: InstallRequest, name: string): readonly InstallChange[] {
  const files = systemd.files.root;
  const directory = directoryOf(systemd, request);
  switch (request.action) {
    case 'enable':
      return enable(systemd, request, name);
    case 'disable':
      return disable(systemd, request, name);
    case 'reenable':
      return [...disable(systemd, request, name), ...enable(systemd, request, name)];
    case 'preset':
    case 'preset-all':
      return isPreset(systemd.unitFiles, name) ? enable(systemd, request, name) : disable(systemd, request, name);
    case 'mask':
      return symlink(files, `${directory}/${name}`, '/dev/null', request.force);
    case 'unmask': {
      const path = `${directory}/${name}`;
      return files.readlink(path) === '/dev/null' ? unlink(files, path) : [];
    }
    case 'link':
      return symlink(files, `${directory}/${name.slice(name.lastIndexOf('/') + 1)}`, name, request.force);
    case 'add-wants':
    case 'add-requires': {
      const kind = request.action === 'add-wants' ? 'wants' : 'requires';
      const path = `${directory}/${request.target ?? ''}.${kind}/${name}`;
      return symlink(files, path, systemd.loaded(name).path ?? '', request.force);
    }
    case 'revert':
      return revert(systemd.unitFiles, name);
  }
}

/** Its links, and those of the units that Also= names. */
function enable(systemd: HostSystemd, request: InstallRequest, name: string): readonly InstallChange[] {
  const files = systemd.files.root;
  return family(systemd, name).flatMap((each) => {
    const unit = systemd.loaded(each);
    const links = installLinks(systemd.unitFiles.paths, each, unit, directoryOf(systemd, request));
    return [
      ...links.flatMap(({ path, target }) => symlink(files, path, linkedFrom(files, target), request.force)),
      ...missingTargets(systemd, unit, each),
    ];
  });
}

/** Where a unit file that was linked into the search path really is. */
const linkedFrom = (files: FileView, path: string): string => {
  const target = files.readlink(path);
  return !failed(target) && target.startsWith('/') && !target.startsWith('/dev/') ? target : path;
};

function disable(systemd: HostSystemd, request: InstallRequest, name: string): readonly InstallChange[] {
  const files = systemd.files.root;
  return family(systemd, name).flatMap((each) => {
    const unit = systemd.loaded(each);
    const own = `${directoryOf(systemd, request)}/${each}`;
    const isLinked = unit.path === own && !failed(files.readlink(own));
    return [
      ...installLinks(systemd.unitFiles.paths, each, unit, directoryOf(systemd, request)).flatMap(({ path }) =>
        unlink(files, path),
      ),
      ...(isLinked ? unlink(files, own) : []),
    ];
  });
}

const family = (systemd: HostSystemd, name: string): readonly string[] => [
  ...new Set([
    name,
    ...listValue(systemd.loaded(name).file, 'Install', 'Also').filter((each) => systemd.loaded(each).load === 'loaded'),
  ]),
];

/** Targets of WantedBy= that nobody has written a unit for. */
const missingTargets = (
  systemd: HostSystemd,
  { file, path = '' }: LoadedUnit,
  name: string,
): readonly InstallChange[] =>
  ['WantedBy', 'RequiredBy']
    .flatMap((key) => listValue(file, 'Install', key))
    .filter((target) => systemd.loaded(target).load === 'not-found')
    .map((target) => ({ kind: 'missing-target', path: path === '' ? name : path, target }));

function symlink(files: FileView, path: string, target: string, force = false): readonly InstallChange[] {
  const isThere = !failed(files.lstat(path));
  if (isThere && (!force || files.readlink(path) === target)) return [];
  const removed = isThere ? unlink(files, path) : [];
  files.mkdirp(path.slice(0, path.lastIndexOf('/')));
  return failed(files.symlink(target, path)) ? removed : [...removed, { kind: 'symlink', path, target }];
}

const unlink = (files: FileView, path: string): readonly InstallChange[] =>
  failed(files.lstat(path)) || failed(files.remove(path)) ? [] : [{ kind: 'unlink', path }];

/** Drop-ins and the copy of a unit that has a vendor's file go; a mask goes too. */
function revert({ root: files, paths }: UnitFiles, name: string): readonly InstallChange[] {
  const hasVendor = !failed(files.lstat(`${paths.vendor}/${name}`));
  return [paths.control, paths.config, paths.runtime].flatMap((directory) => {
    const dropIns = `${directory}/${name}.d`;
    const entries = files.list(dropIns);
    const own = `${directory}/${name}`;
    return [
      ...(failed(entries) ? [] : entries.flatMap((entry) => unlink(files, `${dropIns}/${entry.name}`))),
      ...unlink(files, dropIns),
      ...(hasVendor || files.readlink(own) === '/dev/null' ? unlink(files, own) : []),
    ];
  });
}
