/** factor: prime factors, by trial division up to a bound and Pollard's rho with Miller and Rabin's test above it. */
import { LineReader } from '../../io.ts';
import { command, type Invocation } from '../command.ts';

const SMALL = 10_000n;
/** Enough witnesses for every number of 64 bits, and beyond it a proof that fails once in 4^12. */
const WITNESSES = [2n, 3n, 5n, 7n, 11n, 13n, 17n, 19n, 23n, 29n, 31n, 37n];
/** CPU time of a step of the search, µs. */
const STEP_US = 0.05;

export const factor = command({ name: 'factor', short: 'h', long: { exponents: 'h' } }, async (call) => {
  let status = 0;
  const print = async (word: string): Promise<void> => {
    if (!(await printFactors(call, word))) status = 1;
  };
  if (call.operands.length > 0) for (const word of call.operands) await print(word);
  else {
    const reader = new LineReader(call.process, 0);
    for (let line = await reader.nextText(); line !== undefined; line = await reader.nextText())
      for (const word of line.split(/\s+/).filter((each) => each !== '')) await print(word);
  }
  return await call.io.end(status);
});

async function printFactors(call: Invocation, word: string): Promise<boolean> {
  const { io, options } = call;
  if (!/^\s*\+?\d+$/.test(word)) {
    await io.warn(`\u2018${word}\u2019 is not a valid positive integer`);
    return false;
  }
  const value = BigInt(word.trim().replace('+', ''));
  const factors = factorsOf(value, (steps) => {
    call.process.account(steps * STEP_US);
  });
  const shown = options.has('h') ? withExponents(factors) : factors.map(String);
  io.line([`${String(value)}:`, ...shown].join(' '));
  return true;
}

function withExponents(factors: readonly bigint[]): readonly string[] {
  const counts = new Map<bigint, number>();
  for (const each of factors) counts.set(each, (counts.get(each) ?? 0) + 1);
  return [...counts].map(([prime, count]) => (count === 1 ? String(prime) : `${String(prime)}^${String(count)}`));
}

/** Ascending; none for 0 and 1. */
function factorsOf(value: bigint, spent: (steps: number) => void): readonly bigint[] {
  const found: bigint[] = [];
  let rest = value;
  for (let prime = 2n; prime <= SMALL && prime * prime <= rest; prime += prime === 2n ? 1n : 2n)
    while (rest % prime === 0n) {
      found.push(prime);
      rest /= prime;
    }
  spent(Number(SMALL) / 2);
  const split = (number: bigint): void => {
    if (number <= 1n) return;
    if (isPrime(number)) {
      found.push(number);
      return;
    }
    const divisor = divisorOf(number, spent);
    split(divisor);
    split(number / divisor);
  };
  if (rest > 1n) split(rest);
  return found.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  let square = base % modulus;
  for (let left = exponent; left > 0n; left >>= 1n) {
    if ((left & 1n) === 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

function isPrime(number: bigint): boolean {
  if (number < SMALL * SMALL && number > SMALL) return true;
  let odd = number - 1n;
  let twos = 0;
  for (; (odd & 1n) === 0n; odd >>= 1n) twos += 1;
  return WITNESSES.every((witness) => witness % number === 0n || passes(number, witness, odd, twos));
}

function passes(number: bigint, witness: bigint, odd: bigint, twos: number): boolean {
  let x = power(witness, odd, number);
  if (x === 1n || x === number - 1n) return true;
  for (let at = 1; at < twos; at += 1) {
    x = (x * x) % number;
    if (x === number - 1n) return true;
  }
  return false;
}

/** A divisor of a composite number other than 1 and itself. */
function divisorOf(number: bigint, spent: (steps: number) => void): bigint {
  for (let offset = 1n; ; offset += 1n) {
    const next = (x: bigint): bigint => (x * x + offset) % number;
    let [slow, fast, divisor] = [2n, 2n, 1n];
    let steps = 0;
    for (; divisor === 1n; steps += 1) {
      slow = next(slow);
      fast = next(next(fast));
      divisor = gcd(slow > fast ? slow - fast : fast - slow, number);
    }
    spent(steps);
    if (divisor !== number) return divisor;
  }
}

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y > 0n) [x, y] = [y, x % y];
  return x;
}
