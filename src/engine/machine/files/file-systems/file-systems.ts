import type { Plain } from '../../../../protocol/plain.ts';
import type { EventLoop } from '../../../sim/event-loop.ts';
import { ContentBudget } from '../content/content-budget.ts';
import type { FileTree, FileTreeTable } from '../trees/file-tree.ts';
import { InodeFs } from './inode-fs.ts';
import { OverlayFs, type OverlayHost } from './overlay-fs.ts';
import { SyntheticFs, type SyntheticFactory } from './synthetic-fs.ts';
import type { FileSystem, Vnode } from '../vnode.ts';

export interface SavedFileSystems {
  readonly next: number;
  readonly systems: readonly {
    readonly kind: 'inode' | 'overlay' | 'synthetic';
    readonly id: number;
    readonly state: Plain;
  }[];
}

export interface NewInodeFs {
  readonly type: string;
  readonly totalBytes: number;
  readonly tree?: FileTree;
  readonly rootMode?: number;
}

/** Every file system of a host, by number. */
export class FileSystems {
  readonly #systems = new Map<number, FileSystem>();
  /** Those without storage, by type and what they show: one serves every mount of it. */
  readonly #shared = new Map<string, Map<Plain, SyntheticFs>>();
  readonly #factories = new Map<string, SyntheticFactory>();
  readonly #host: OverlayHost;
  readonly contents = new ContentBudget();
  #next = 1;

  constructor(
    private readonly options: { readonly loop: EventLoop; readonly trees: FileTreeTable },
    changed: (directory: Vnode) => void,
  ) {
    const { clock } = options.loop;
    this.#host = {
      nowMs: () => clock.unixMs,
      contents: this.contents,
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

  /** A number for a file system that is made later. */
  reserve(): number {
    return this.#number();
  }

  /** A file system with storage; under a number that was reserved, as it was at that time, where `reserved` is given. */
  inodes(spec: NewInodeFs, reserved?: { readonly id: number; readonly madeMs: number }): InodeFs {
    const id = reserved?.id ?? this.#number();
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
          madeMs: reserved?.madeMs,
        },
        this.#host,
        this.options.trees,
      ),
    );
  }

  /** A file system from what was saved of one, under a number of its own. */
  adopt(state: (id: number) => Plain): InodeFs {
    return this.#keep(InodeFs.restore(state(this.#number()), this.#host, this.options.trees));
  }

  find(id: number): FileSystem | undefined {
    return this.#systems.get(id);
  }

  overlay(upper: Vnode | undefined, lowers: readonly Vnode[]): OverlayFs {
    const id = this.#number();
    return this.#keep(new OverlayFs(id, 0x100 + id, this.#host, upper, lowers));
  }

  synthetic(type: string, parameters: { readonly [key: string]: Plain }): SyntheticFs | undefined {
    const known = this.#shared.get(type)?.get(shownBy(parameters));
    if (known !== undefined) return known;
    const id = this.#number();
    const made = this.#synthetic(id, type, 0x100 + id, parameters);
    return made === undefined ? undefined : this.#keep(made);
  }

  forget(fs: FileSystem): void {
    this.#systems.delete(fs.id);
    if (fs instanceof InodeFs) fs.discard();
    if (fs instanceof SyntheticFs) this.#shared.get(fs.type)?.delete(shownBy(fs.parameters));
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
      systems: [...this.#systems.values()]
        .toSorted((a, b) => a.id - b.id)
        .map((fs) => ({ kind: kindOf(fs), id: fs.id, state: fs.snapshot() })),
    };
  }

  restore(saved: SavedFileSystems): void {
    this.#systems.clear();
    this.#shared.clear();
    this.contents.held = 0;
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
    return factory === undefined ? undefined : new SyntheticFs(id, type, device, factory, this.#host.nowMs, parameters);
  }

  #number(): number {
    const id = this.#next;
    this.#next += 1;
    return id;
  }

  #keep<T extends FileSystem>(fs: T): T {
    this.#systems.set(fs.id, fs);
    if (fs instanceof SyntheticFs) {
      const ofType = this.#shared.get(fs.type);
      if (ofType === undefined) this.#shared.set(fs.type, new Map([[shownBy(fs.parameters), fs]]));
      else ofType.set(shownBy(fs.parameters), fs);
    }
    return fs;
  }
}

/** Each type has at most one parameter, a number or a path: the namespace or cgroup that it shows. */
function shownBy(parameters: { readonly [key: string]: Plain }): Plain {
  for (const name in parameters) return parameters[name];
  return undefined;
}
