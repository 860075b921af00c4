/** What descriptors stand for: a real file under Node, or one end of a pipe that lives in memory. */
export interface OpenFile {
  readonly kind: 'file' | 'pipe-read' | 'pipe-write';
  /** Node's own descriptor. */
  readonly real?: number;
  readonly pipe?: Pipe;
  position: number;
  readonly append: boolean;
  /** Descriptors that share it. */
  count: number;
}

export class Pipe {
  chunks: Uint8Array[] = [];
  size = 0;
  readers = 1;
  writers = 1;
  #waiters: (() => void)[] = [];

  /** Calls back once, at the next change. */
  watch(run: () => void): void {
    this.#waiters.push(run);
  }
  wake(): void {
    const list = this.#waiters;
    this.#waiters = [];
    for (const run of list) run();
  }
  end(kind: 'pipe-read' | 'pipe-write'): OpenFile {
    return { kind, pipe: this, position: 0, append: false, count: 0 };
  }
}
