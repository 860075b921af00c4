/** docker cp: archives out of and into a container's files. */
import { encodeBase64, encodeUtf8 } from '../../protocol/bytes.ts';
import { failed } from '../../protocol/errno.ts';
import { readTar, writeTar, type TarEntry } from '../../formats/tar.ts';
import type { FileView } from '../machine/files/interface.ts';
import { apiError, type ApiError, type DockerContainer, type Engine } from './model.ts';
import { time } from './views.ts';

/** The container's files as the host sees them, mounted for the time of `work` if it does not run. */
export function withFiles<T>(engine: Engine, container: DockerContainer, work: (view: FileView) => T): T {
  return engine.runtime.withFiles(container.id, work, engine.host.files.root);
}

const GO_DIRECTORY = 0x8000_0000;
const GO_SYMLINK = 0x0800_0000;

function missing(container: DockerContainer, path: string): ApiError {
  return apiError(404, `Could not find the file ${path} in container ${container.id}`);
}

/** X-Docker-Container-Path-Stat: base64 of a JSON object. */
export function pathStat(engine: Engine, container: DockerContainer, path: string): string | ApiError {
  return withFiles(engine, container, (view) => {
    const stat = view.lstat(path);
    if (failed(stat)) return missing(container, path);
    const target = stat.type === 'symlink' ? view.realpath(path) : '';
    const mode = stat.mode + (stat.type === 'directory' ? GO_DIRECTORY : stat.type === 'symlink' ? GO_SYMLINK : 0);
    const name = path.replace(/\/+$/, '').split('/').at(-1) ?? '';
    return encodeBase64(
      encodeUtf8(
        JSON.stringify({
          name: name === '' ? '/' : name,
          size: stat.size,
          mode,
          mtime: time(stat.modifiedMs * 1000),
          linkTarget: typeof target === 'string' ? target : '',
        }),
      ),
    );
  });
}

export function readArchive(engine: Engine, container: DockerContainer, path: string): Uint8Array | ApiError {
  return withFiles(engine, container, (view) => {
    const entries: TarEntry[] = [];
    const full = path.replace(/\/+$/, '') === '' ? '/' : path.replace(/\/+$/, '');
    const name = full.split('/').at(-1) ?? '';
    if (!collect(view, full, name === '' ? '.' : name, entries)) return missing(container, path);
    return writeTar(entries);
  });
}

/** Every file of the container, by its path from the root. */
export function readWholeArchive(engine: Engine, container: DockerContainer): Uint8Array {
  return withFiles(engine, container, (view) => {
    const entries: TarEntry[] = [];
    collect(view, '/', '.', entries);
    return writeTar(entries.slice(1).map((entry) => ({ ...entry, name: entry.name.slice('./'.length) })));
  });
}

function collect(view: FileView, path: string, name: string, into: TarEntry[]): boolean {
  const stat = view.lstat(path);
  if (failed(stat)) return false;
  const base = { name, mode: stat.mode, uid: stat.uid, gid: stat.gid, modifiedMs: stat.modifiedMs };
  if (stat.type === 'directory') {
    into.push({ ...base, type: 'directory' });
    const entries = view.list(path);
    if (!failed(entries))
      for (const entry of entries)
        collect(view, `${path === '/' ? '' : path}/${entry.name}`, `${name}/${entry.name}`, into);
  } else if (stat.type === 'symlink') {
    const target = view.readlink(path);
    into.push({ ...base, type: 'symlink', target: failed(target) ? '' : target });
  } else if (stat.type === 'file') {
    const bytes = view.read(path);
    if (!failed(bytes)) into.push({ ...base, type: 'file', bytes });
  }
  return true;
}

export function writeArchive(
  engine: Engine,
  container: DockerContainer,
  path: string,
  archive: Uint8Array,
): ApiError | undefined {
  const entries = readTar(archive);
  if (entries === undefined) return apiError(400, 'archive/tar: invalid tar header');
  return withFiles(engine, container, (view) => {
    const into = view.stat(path);
    if (failed(into)) return missing(container, path);
    if (into.type !== 'directory') return apiError(400, 'extraction point is not a directory');
    for (const entry of entries) {
      const target = `${path.replace(/\/+$/, '')}/${entry.name}`;
      if (entry.name.split('/').includes('..')) return apiError(400, `invalid path ${entry.name} in archive`);
      if (entry.type === 'directory') view.mkdirp(target, { mode: entry.mode });
      else if (entry.type === 'symlink') {
        view.remove(target, { recursive: true });
        view.symlink(entry.target ?? '', target);
      } else if (entry.bytes !== undefined) {
        const written = view.write(target, entry.bytes, {
          mode: entry.mode,
          uid: entry.uid,
          gid: entry.gid,
          parents: true,
        });
        if (failed(written))
          return apiError(500, `Error processing tar file(exit status 1): open ${target}: ${written.errno}`);
      }
    }
    return undefined;
  });
}
