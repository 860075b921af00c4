/**
 * Runs of changed lines moved along equal lines: back to melt with the run before, then on as far as they go, and back
 * again to where the other side has a run as well.
 */
export function shiftBoundaries(classes: readonly number[], changed: boolean[], others: readonly boolean[]): void {
  const run = new Run(classes, changed, others);
  while (run.toNext()) run.settle();
}

class Run {
  /** The run is start…end; `other` is the place on the other side that its end corresponds to. */
  #start = 0;
  #end = 0;
  #other = 0;

  constructor(
    private readonly classes: readonly number[],
    private readonly changed: boolean[],
    private readonly others: readonly boolean[],
  ) {}

  toNext(): boolean {
    while (this.#end < this.classes.length && this.changed[this.#end] !== true) {
      while (this.others[this.#other] === true) this.#other += 1;
      this.#other += 1;
      this.#end += 1;
    }
    if (this.#end === this.classes.length) return false;
    this.#start = this.#end;
    while (this.changed[this.#end] === true) this.#end += 1;
    while (this.others[this.#other] === true) this.#other += 1;
    return true;
  }

  settle(): void {
    let corresponding: number;
    let length: number;
    do {
      length = this.#end - this.#start;
      while (this.#start > 0 && this.classes[this.#start - 1] === this.classes[this.#end - 1]) {
        this.#back();
        while (this.changed[this.#start - 1] === true) this.#start -= 1;
      }
      corresponding = this.others[this.#other - 1] === true ? this.#end : this.classes.length;
      while (this.#end < this.classes.length && this.classes[this.#start] === this.classes[this.#end])
        if (this.#forward()) corresponding = this.#end;
    } while (length !== this.#end - this.#start);
    while (corresponding < this.#end) this.#back();
  }

  #back(): void {
    this.#start -= 1;
    this.#end -= 1;
    this.changed[this.#start] = true;
    this.changed[this.#end] = false;
    this.#other -= 1;
    while (this.others[this.#other] === true) this.#other -= 1;
  }

  /** Answers whether the end has met a run of the other side. */
  #forward(): boolean {
    this.changed[this.#start] = false;
    this.changed[this.#end] = true;
    this.#start += 1;
    this.#end += 1;
    while (this.changed[this.#end] === true) this.#end += 1;
    this.#other += 1;
    const before = this.#other;
    while (this.others[this.#other] === true) this.#other += 1;
    return this.#other > before;
  }
}
