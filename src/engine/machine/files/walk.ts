import { fail, failed, type Result } from '../../../protocol/errno.ts';
import type { Credentials } from '../../../protocol/program.ts';
import type { MountNamespace, Place } from './mounts/mount-namespace.ts';
import { mayAccess } from './permissions.ts';
import type { Access } from './vnode.ts';
import { SyntheticNode, type Magic } from './file-systems/synthetic-fs.ts';

/** Who walks: where paths start, and what may be searched. */
export interface Walker {
  readonly namespace: MountNamespace;
  readonly root: Place;
  readonly cwd: Place;
  readonly credentials: Credentials;
}

export interface WalkOptions {
  /** Follow a link at the end; the default. */
  readonly follow?: boolean;
  /** Where links of /proc that name objects lead: nowhere for one that has no path. EACCES for another's process. */
  readonly magic?: (magic: Magic) => Result<Place | undefined>;
  /** Whether a link at the end may be followed, for what it and its directory are; without it, always. */
  readonly mayFollow?: (link: Access, directory: Access) => boolean;
  /** Where a directory on the way is missing, answer the place before it and the `rest` of the path. */
  readonly partial?: boolean;
}

/** The parent directory of a path's last name, and what is there. */
export interface Lookup {
  readonly directory: Place;
  /** Empty for `/`, `.` and `..` ends: those name the directory itself. */
  readonly name: string;
  readonly place: Place | undefined;
  /** The path ends in a slash: it has to be a directory. */
  readonly slash: boolean;
  /** What comes after `name`; only of a partial look-up. */
  readonly rest?: string;
}

const MAX_LINKS = 40;

/** The place that a path names. ENOENT, ENOTDIR, EACCES, ELOOP, ENAMETOOLONG. */
export function walk(walker: Walker, path: string, options: WalkOptions = {}): Result<Place> {
  const found = lookUp(walker, path, options);
  if (failed(found)) return found;
  if (found.place === undefined) return fail('ENOENT');
  if (found.slash && found.place.node.type !== 'directory') return fail('ENOTDIR');
  return found.place;
}

/** As walk, for calls that make or remove the last name. */
export function lookUp(walker: Walker, path: string, options: WalkOptions = {}): Result<Lookup> {
  if (path === '') return fail('ENOENT');
  if (path.length > 4096) return fail('ENAMETOOLONG');
  return step(walker, path.startsWith('/') ? walker.root : walker.cwd, path, options, { links: 0 });
}

function step(
  walker: Walker,
  start: Place,
  path: string,
  options: WalkOptions,
  budget: { links: number },
): Result<Lookup> {
  const slash = path.endsWith('/') || path === '.' || path.endsWith('/.');
  const { namespace, credentials } = walker;
  const mayAll = credentials.capabilities === 'all';
  // Kept apart: places on the way need not exist as objects, and this is the hottest loop of all file calls.
  let { mount, node: directory } = start;
  let from = nameStart(path, 0);
  while (from < path.length) {
    const end = nameEnd(path, from);
    const name = path.slice(from, end);
    const next = nameStart(path, end);
    const last = next >= path.length;
    from = next;
    if (directory.type !== 'directory') return fail('ENOTDIR');
    if (!mayAll && !mayAccess(credentials, directory.access, 'execute')) return fail('EACCES');
    if (name === '.') continue;
    if (name === '..') {
      ({ mount, node: directory } = parentOf(walker, { mount, node: directory }));
      continue;
    }
    if (name.length > 255) return fail('ENAMETOOLONG');
    const node = directory.lookup(name);
    if (node === undefined) {
      if (last) return { directory: { mount, node: directory }, name, place: undefined, slash };
      return options.partial === true
        ? { directory: { mount, node: directory }, name, place: undefined, slash, rest: path.slice(next) }
        : fail('ENOENT');
    }
    const over = namespace.over(mount, node);
    if (node.type === 'symlink' && (!last || slash || options.follow !== false)) {
      budget.links += 1;
      if (budget.links > MAX_LINKS) return fail('ELOOP');
      const magic = node instanceof SyntheticNode ? node.entry.magic : undefined;
      if (magic !== undefined) {
        const led = options.magic?.(magic);
        if (failed(led)) return led;
        if (led === undefined)
          return last ? { directory: { mount, node: directory }, name, place: { mount, node }, slash } : fail('ENOENT');
        if (last) return { directory: led, name: '', place: led, slash };
        ({ mount, node: directory } = led);
        continue;
      }
      if (last && options.mayFollow?.(node.access, directory.access) === false) return fail('EACCES');
      const target = node.target();
      const further = last ? `${target}${slash ? '/' : ''}` : `${target}/${path.slice(next)}`;
      const at = target.startsWith('/') ? walker.root : { mount, node: directory };
      return step(walker, at, further, options, budget);
    }
    const goesTo = over ?? mount;
    const target = over?.root ?? node;
    if (last) return { directory: { mount, node: directory }, name, place: { mount: goesTo, node: target }, slash };
    mount = goesTo;
    directory = target;
  }
  const place = { mount, node: directory };
  return { directory: place, name: '', place, slash };
}

const SLASH = 47;

/** Where the next name begins: slashes may be many. */
function nameStart(path: string, from: number): number {
  let at = from;
  while (path.charCodeAt(at) === SLASH) at += 1;
  return at;
}

function nameEnd(path: string, from: number): number {
  const slash = path.indexOf('/', from);
  return slash < 0 ? path.length : slash;
}

function parentOf(walker: Walker, place: Place): Place {
  let { mount, node } = place;
  for (;;) {
    if (mount === walker.root.mount && node.inode === walker.root.node.inode) return { mount, node };
    if (node.inode === mount.root.inode) {
      if (mount.parent === undefined || mount.at === undefined) return { mount, node };
      node = mount.at;
      mount = mount.parent;
      continue;
    }
    return walker.namespace.cross({ mount, node: node.parent ?? mount.root });
  }
}
