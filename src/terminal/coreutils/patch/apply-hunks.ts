/** Puts hunks into the lines of a file, one after the other. */
import { contextOf, firstLine, type Hunk, newLines, oldLines, reversed } from './hunk.ts';
import { locate, written } from './locate.ts';

export interface ApplySettings {
  /** Lines of context that may differ at most. */
  readonly maxFuzz: number;
  readonly same: (ours: string, theirs: string) => boolean;
  /** Asks about a patch that seems to be in already. */
  readonly onReversed: () => Promise<'reverse' | 'apply' | 'skip'>;
  /** Tells about a hunk where there is something to tell. */
  readonly tell: (text: string) => void;
  /** Whether a patch that seems to be in already is asked about. */
  readonly mayBeReversed: boolean;
}

export interface Applied {
  readonly lines: readonly string[];
  readonly failed: readonly Hunk[];
  /** Whether the user wants nothing of it. */
  readonly skipped: boolean;
  readonly isReversed: boolean;
  /** Some hunk did not fit exactly where it said. */
  readonly mismatch: boolean;
}

export async function applyHunks(
  input: readonly string[],
  hunks: readonly Hunk[],
  settings: ApplySettings,
): Promise<Applied> {
  const application = new Application(input, settings);
  for (const [index, hunk] of hunks.entries()) await application.apply(index + 1, hunk);
  return application.result();
}

class Application {
  readonly #lines: string[] = [];
  readonly #failed: Hunk[] = [];
  #frozen = 0;
  #offset = 0;
  /** How much longer the new file is than the old one so far. */
  #growth = 0;
  #isReversed = false;
  #applyAnyway = false;
  #skipped = false;
  #mismatch = false;

  constructor(
    private readonly input: readonly string[],
    private readonly settings: ApplySettings,
  ) {}

  async apply(number: number, given: Hunk): Promise<void> {
    let hunk = this.#isReversed ? reversed(given) : given;
    let found: { readonly at: number; readonly fuzz: number } | undefined;
    const { prefix, suffix } = contextOf(hunk);
    const most = Math.min(this.settings.maxFuzz, Math.max(prefix, suffix));
    for (let fuzz = 0; fuzz <= most && found === undefined && !this.#skipped; fuzz += 1) {
      const at = this.#locate(hunk, fuzz);
      if (at !== undefined) found = { at, fuzz };
      else if (number === 1 && this.settings.mayBeReversed && !this.#applyAnyway) {
        const back = this.#locate(reversed(hunk), fuzz);
        if (back === undefined) continue;
        const answer = await this.settings.onReversed();
        if (answer === 'reverse') {
          this.#isReversed = true;
          hunk = reversed(given);
          found = { at: back, fuzz };
        } else if (answer === 'skip') this.#skipped = true;
        else {
          this.#applyAnyway = true;
          fuzz -= 1;
        }
      }
    }
    if (found === undefined) this.#fail(number, hunk);
    else this.#put(number, hunk, found);
  }

  #locate(hunk: Hunk, fuzz: number): number | undefined {
    const { input, settings } = this;
    return locate({ hunk, input, fuzz, offset: this.#offset, frozen: this.#frozen, same: settings.same });
  }

  #fail(number: number, hunk: Hunk): void {
    this.#failed.push(hunk);
    this.#mismatch = true;
    if (!this.#skipped)
      this.settings.tell(`Hunk #${String(number)} FAILED at ${String(firstLine(hunk) + this.#growth)}.`);
  }

  #put(number: number, hunk: Hunk, { at, fuzz }: { readonly at: number; readonly fuzz: number }): void {
    this.#offset = at - firstLine(hunk);
    if (fuzz > 0 || this.#offset !== 0) this.#mismatch = true;
    if (fuzz > 0 || this.#offset !== 0) {
      const withFuzz = fuzz > 0 ? ` with fuzz ${String(fuzz)}` : '';
      const away = `(offset ${String(this.#offset)} line${this.#offset === 1 ? '' : 's'})`;
      const place = `Hunk #${String(number)} succeeded at ${String(at + this.#growth)}`;
      this.settings.tell(`${place}${withFuzz}${this.#offset === 0 ? '' : ` ${away}`}.`);
    }
    this.#lines.push(...this.input.slice(this.#frozen, at - 1));
    let line = at - 1;
    for (const each of hunk.lines) {
      // Of context the file's own lines stay, however they differ.
      if (each.sign === '+') this.#lines.push(written(each));
      else {
        if (each.sign === ' ') this.#lines.push(this.input[line] ?? written(each));
        line += 1;
      }
    }
    this.#frozen = line;
    this.#growth += newLines(hunk).length - oldLines(hunk).length;
  }

  result(): Applied {
    return {
      lines: [...this.#lines, ...this.input.slice(this.#frozen)],
      failed: this.#failed,
      skipped: this.#skipped,
      isReversed: this.#isReversed,
      mismatch: this.#mismatch,
    };
  }
}
