import type { Plain } from '../../../protocol/plain.ts';
import type { EventLoop } from '../../sim/event-loop.ts';
import type { FileTree, FileTreeTable } from './file-tree.ts';
import { InodeFs } from './inode-fs.ts';
import { OverlayFs, type OverlayHost } from './overlay-fs.ts';
import { SyntheticFs, type SyntheticEntry } from './synthetic-fs.ts';
import type { FileSystem, Vnode } from './vnode.ts';

/** Makes the root entry of a proc, sysfs, cgroup2 or devpts from what the mount was given. */
export type SyntheticFactory = (parameters: { readonly [key: string]: Plain }) => SyntheticEntry;

export interface SavedFileSystems {
  readonly next: number;
  readonly systems: readonly {
    readonly kind: 'inode' | 'overlay' | 'synthetic';
    readonly id: number;
    readonly state: Plain;
  }[];
}

/** Every file system of a host, by number. */
export class FileSystems {
  readonly #systems = new Map<number, FileSystem>();
  /** Those without storage, by type and parameters: one serves every mount of it. */
  readonly #shared = new Map<string, SyntheticFs>();
  readonly #factories = new Map<string, SyntheticFactory>();
  readonly #host: OverlayHost;
  #next = 1;

  constructor(
    private readonly options: { readonly loop: EventLoop; readonly trees: FileTreeTable },
    changed: (directory: Vnode) => void,
  ) {
    const { clock } = options.loop;
    this.#host = {
      nowMs: () => clock.unixMs,
      changed,
      refer: (node) => this.refer(node),
      recall: (reference) => this.recall(reference),
    };
  }

  /** Says how a type without storage is made; the kernel registers proc, sysfs, cgroup2 and devpts. */
  register(type: string, factory: SyntheticFactory): void {
    this.#factories.set(type, factory);
  }

  isSynthetic(type: string): boolean {
    return this.#factories.has(type);
  }

  inodes(spec: {
    readonly type: string;
    readonly totalBytes: number;
    readonly tree?: FileTree;
    readonly rootMode?: number;
  }): InodeFs {
    const id = this.#number();
    const device = spec.type === 'ext4' ? 0x801 : 0x100 + id;
    const totalInodes = Math.max(1024, Math.floor(spec.totalBytes / 16_384));
    const { tree } = spec;
    return this.#keep(
      new InodeFs(
        {
          id,
          device,
          type: spec.type,
          totalBytes: spec.totalBytes,
          totalInodes,
          tree,
          rootMode: spec.rootMode ?? 0o755,
        },
        this.#host,
        this.options.trees,
      ),
    );
  }

  overlay(upper: Vnode | undefined, lowers: readonly Vnode[]): OverlayFs {
    const id = this.#number();
    return this.#keep(new OverlayFs(id, 0x100 + id, this.#host, upper, lowers));
  }

  synthetic(type: string, parameters: { readonly [key: string]: Plain }): SyntheticFs | undefined {
    const known = this.#shared.get(sharedKey(type, parameters));
    if (known !== undefined) return known;
    const id = this.#number();
    const made = this.#synthetic(id, type, 0x100 + id, parameters);
    return made === undefined ? undefined : this.#keep(made);
  }

  forget(fs: FileSystem): void {
    this.#systems.delete(fs.id);
    if (fs instanceof SyntheticFs) this.#shared.delete(sharedKey(fs.type, fs.parameters));
  }

  refer(node: Vnode): Plain {
    return { fs: node.fs.id, node: node.fs.refer(node) };
  }

  recall(reference: Plain): Vnode | undefined {
    const { fs, node } = reference as { fs: number; node: Plain };
    return this.#systems.get(fs)?.recall(node);
  }

  snapshot(): SavedFileSystems {
    const kindOf = (fs: FileSystem): 'inode' | 'overlay' | 'synthetic' =>
      fs instanceof InodeFs ? 'inode' : fs instanceof OverlayFs ? 'overlay' : 'synthetic';
    return {
      next: this.#next,
      systems: [...this.#systems.values()].map((fs) => ({ kind: kindOf(fs), id: fs.id, state: fs.snapshot() })),
    };
  }

  restore(saved: SavedFileSystems): void {
    this.#systems.clear();
    this.#shared.clear();
    this.#next = saved.next;
    for (const { kind, id, state } of saved.systems) {
      if (kind === 'inode') this.#systems.set(id, InodeFs.restore(state, this.#host, this.options.trees));
      else if (kind === 'overlay') this.#systems.set(id, OverlayFs.restore(state, this.#host));
      else {
        const { type, device, parameters } = state as {
          type: string;
          device: number;
          parameters: { readonly [key: string]: Plain };
        };
        const made = this.#synthetic(id, type, device, parameters);
        if (made !== undefined) this.#keep(made);
      }
    }
  }

  #synthetic(
    id: number,
    type: string,
    device: number,
    parameters: { readonly [key: string]: Plain },
  ): SyntheticFs | undefined {
    const factory = this.#factories.get(type);
    return factory === undefined
      ? undefined
      : new SyntheticFs(id, type, device, factory(parameters), this.#host.nowMs, parameters);
  }

  #number(): number {
    const id = this.#next;
    this.#next += 1;
    return id;
  }

  #keep<T extends FileSystem>(fs: T): T {
    this.#systems.set(fs.id, fs);
    if (fs instanceof SyntheticFs) this.#shared.set(sharedKey(fs.type, fs.parameters), fs);
    return fs;
  }
}

/** Parameters are a number or a path each. */
function sharedKey(type: string, parameters: { readonly [key: string]: Plain }): string {
  let key = type;
  for (const name of Object.keys(parameters)) key += ` ${name}=${String(parameters[name])}`;
  return key;
}
