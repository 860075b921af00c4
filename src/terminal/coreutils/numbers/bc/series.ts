/** The functions of `bc -l` by their series, with more digits than asked for. */
import type { Decimal } from './number.ts';
import { add, divide, negate, rescale, squareRoot, whole } from './number.ts';

const GUARD_DIGITS = 12;

/** e, l, s, c or a of a number; undefined where it has none or the name is no function's. */
export function series(name: string, x: Decimal, scale: number): Decimal | undefined {
  const functions = new Series(scale + GUARD_DIGITS);
  const value = rescale(x, scale + GUARD_DIGITS);
  const result =
    name === 'e'
      ? functions.exponential(value)
      : name === 's'
        ? functions.sine(value)
        : name === 'c'
          ? functions.cosine(value)
          : name === 'a'
            ? functions.arctangent(value)
            : name === 'l'
              ? functions.logarithm(value)
              : undefined;
  return result === undefined ? undefined : rescale(result, scale);
}

class Series {
  readonly #scale: number;
  readonly #one: Decimal;

  constructor(scale: number) {
    this.#scale = scale;
    this.#one = rescale(whole(1), scale);
  }

  #divide(a: Decimal, b: Decimal): Decimal {
    return divide(a, b, this.#scale);
  }
  #multiply(a: Decimal, b: Decimal): Decimal {
    return rescale({ digits: a.digits * b.digits, scale: a.scale + b.scale }, this.#scale);
  }

  /** Adds terms, each made from the one before, until they vanish. */
  #sum(first: Decimal, term: (before: Decimal, n: number) => Decimal, part = (t: Decimal, _n: number) => t): Decimal {
    let total = part(first, 0);
    let current = first;
    for (let n = 1; current.digits !== 0n && n < 10_000; n += 1) {
      current = term(current, n);
      total = add(total, part(current, n));
    }
    return total;
  }

  exponential(value: Decimal): Decimal {
    const one = this.#one.digits;
    let halvings = 0;
    let small = value;
    while (small.digits > one || small.digits < -one) {
      small = { digits: small.digits / 2n, scale: this.#scale };
      halvings += 1;
    }
    let result = this.#sum(this.#one, (before, n) => this.#divide(this.#multiply(before, small), whole(n)));
    for (; halvings > 0; halvings -= 1) result = this.#multiply(result, result);
    return result;
  }

  sine(value: Decimal): Decimal {
    const square = this.#multiply(value, value);
    const term = (before: Decimal, n: number): Decimal =>
      negate(this.#divide(this.#multiply(before, square), whole(2 * n * (2 * n + 1))));
    return this.#sum(value, term);
  }

  cosine(value: Decimal): Decimal {
    const square = this.#multiply(value, value);
    const term = (before: Decimal, n: number): Decimal =>
      negate(this.#divide(this.#multiply(before, square), whole(2 * n * (2 * n - 1))));
    return this.#sum(this.#one, term);
  }

  /** Halves the angle until the series converges fast. */
  arctangent(value: Decimal): Decimal {
    const one = this.#one;
    let small = value;
    let doublings = 1n;
    while (small.digits * 5n > one.digits || small.digits * 5n < -one.digits) {
      const root = squareRoot(add(one, this.#multiply(small, small)), this.#scale);
      small = this.#divide(small, add(one, root));
      doublings *= 2n;
    }
    const step = negate(this.#multiply(small, small));
    const result = this.#sum(small, (before) => this.#multiply(before, step), oddParts(this.#scale));
    return { digits: result.digits * doublings, scale: this.#scale };
  }

  /** Takes roots until the number is near one. */
  logarithm(value: Decimal): Decimal | undefined {
    if (value.digits <= 0n) return undefined;
    const one = this.#one;
    const limit = one.digits / 10n;
    let near = value;
    let doublings = 2n;
    while (near.digits - one.digits > limit || one.digits - near.digits > limit) {
      near = squareRoot(near, this.#scale);
      doublings *= 2n;
    }
    const ratio = this.#divide(add(near, negate(one)), add(near, one));
    const step = this.#multiply(ratio, ratio);
    const result = this.#sum(ratio, (before) => this.#multiply(before, step), oddParts(this.#scale));
    return { digits: result.digits * doublings, scale: this.#scale };
  }
}

const oddParts =
  (scale: number) =>
  (term: Decimal, n: number): Decimal =>
    divide(term, whole(2 * n + 1), scale);
