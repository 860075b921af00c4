/**
 * The simulator's own bound on file contents: a host's disk of tens of GiB would not fit in a page. Whoever writes more finds
 * the disk full, as on a real one, and the kernel says which bound it was.
 */
export const STORED_BYTES_BOUND = 67_108_864;

export class ContentBudget {
  /** Bytes that contents hold. */
  held = 0;
  #refused = false;

  /** Takes so many bytes where there is room. */
  take(bytes: number): boolean {
    if (this.held + bytes > STORED_BYTES_BOUND) return this.refuse();
    this.held += bytes;
    return true;
  }

  /** There is no room, whatever is asked for. */
  refuse(): false {
    this.#refused = true;
    return false;
  }

  /** Whether something has been refused since this was last asked. */
  takeRefusal(): boolean {
    const refused = this.#refused;
    this.#refused = false;
    return refused;
  }
}
