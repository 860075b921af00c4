/** Who wants to know when a directory changes (inotify): told once for all changes of one instant. */
import type { EventLoop } from '../../sim/event-loop.ts';
import { tell, type Notify } from '../../sim/notify.ts';
import { nodeKey, type Vnode } from './vnode.ts';

interface Watch {
  readonly id: number;
  readonly path: string;
  readonly notify: Notify;
  /** Of the directory that was there when it was looked for. */
  key: string | undefined;
  due: boolean;
}

export interface SavedWatches {
  readonly nextWatch: number;
  readonly watches: readonly Watch[];
}

export class DirectoryWatches {
  #watches: Watch[] = [];
  #nextWatch = 1;

  constructor(
    /** `target` is the kernel's component name: gets `files.changed`. */
    private readonly options: { readonly loop: EventLoop; readonly target: string },
    private readonly find: (path: string) => Vnode | undefined,
  ) {}

  add(path: string, notify: Notify): number {
    const id = this.#nextWatch;
    this.#nextWatch += 1;
    this.#watches.push({ id, path, notify, key: this.#keyOf(path), due: false });
    return id;
  }

  remove(id: number): void {
    this.#watches = this.#watches.filter((watch) => watch.id !== id);
  }

  changed(directory: Vnode): void {
    if (this.#watches.length === 0) return;
    const key = nodeKey(directory);
    for (const watch of this.#watches) {
      if (watch.due) continue;
      if (watch.key === undefined) watch.key = this.#keyOf(watch.path);
      if (watch.key !== key) continue;
      watch.due = true;
      this.options.loop.schedule(0, this.options.target, 'files.changed', { watch: watch.id });
    }
  }

  /** The kernel's event `files.changed`. */
  tell(id: number): void {
    const watch = this.#watches.find((each) => each.id === id);
    if (watch === undefined) return;
    watch.due = false;
    tell(this.options.loop, watch.notify, { path: watch.path });
  }

  snapshot(): SavedWatches {
    return { nextWatch: this.#nextWatch, watches: this.#watches };
  }

  restore({ nextWatch, watches }: SavedWatches): void {
    this.#nextWatch = nextWatch;
    this.#watches = watches.map((watch) => ({ ...watch }));
  }

  #keyOf(path: string): string | undefined {
    const node = this.find(path);
    return node === undefined ? undefined : nodeKey(node);
  }
}
