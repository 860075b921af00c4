/** Colours of grep's output, as $GREP_COLORS names them. */
const DEFAULTS: Readonly<Record<string, string>> = {
  ms: '01;31',
  mc: '01;31',
  fn: '35',
  ln: '32',
  bn: '32',
  se: '36',
  sl: '',
  cx: '',
};

export class Palette {
  readonly #colors: Readonly<Record<string, string>>;
  readonly #erase: string;
  readonly #reverse: boolean;

  constructor(
    readonly active: boolean,
    spec: string,
    private readonly invert: boolean,
  ) {
    const colors: Record<string, string> = { ...DEFAULTS };
    let erase = '\x1b[K';
    let reverse = false;
    for (const part of spec.split(':')) {
      const [name = '', value] = part.split('=');
      if (name === 'ne') erase = '';
      else if (name === 'rv') reverse = true;
      else if (value === undefined || !/^[\d;]*$/.test(value)) continue;
      else if (name === 'mt') Object.assign(colors, { ms: value, mc: value });
      else if (name in colors) colors[name] = value;
    }
    this.#colors = colors;
    this.#erase = erase;
    this.#reverse = reverse;
  }

  /** `fn` a file's name, `ln` a line's number, `bn` an offset, `se` what stands between. */
  part(kind: 'fn' | 'ln' | 'bn' | 'se', text: string): string {
    return this.#paint(this.#colors[kind] ?? '', text);
  }

  /** What matches in a selected line, or in one of context. */
  match(text: string, selected: boolean): string {
    return this.#paint(this.#colors[selected ? 'ms' : 'mc'] ?? '', text);
  }

  /** What stands before a match in a line: the match ends its colour. */
  before(text: string, selected: boolean): string {
    return text === '' ? '' : this.#begin(this.#line(selected)) + text;
  }
  /** What stands after all matches of a line. */
  after(text: string, selected: boolean): string {
    return text === '' ? '' : this.#paint(this.#line(selected), text);
  }

  #line(selected: boolean): string {
    const swapped = this.#reverse && this.invert;
    return this.#colors[selected !== swapped ? 'sl' : 'cx'] ?? '';
  }
  #begin(color: string): string {
    return !this.active || color === '' ? '' : `\x1b[${color}m${this.#erase}`;
  }
  #paint(color: string, text: string): string {
    const begin = this.#begin(color);
    return begin === '' ? text : `${begin}${text}\x1b[m${this.#erase}`;
  }
}
