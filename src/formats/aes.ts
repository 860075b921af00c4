/** AES (FIPS 197) on blocks of 16 bytes, in the modes that `openssl enc` is asked for. */

/** Powers and logarithms of 3 in the field of AES, and the substitution made of them. */
const EXP = new Uint8Array(256);
const LOG = new Uint8Array(256);
const SUBSTITUTE = new Uint8Array(256);
const RESTORE = new Uint8Array(256);
for (let power = 0, value = 1; power < 255; power += 1) {
  EXP[power] = value;
  LOG[value] = power;
  value ^= ((value << 1) ^ (value & 0x80 ? 0x11b : 0)) & 0xff;
}
for (let byte = 0; byte < 256; byte += 1) {
  const inverse = byte === 0 ? 0 : (EXP[(255 - (LOG[byte] ?? 0)) % 255] ?? 0);
  let out = inverse;
  for (let turn = 1; turn < 5; turn += 1) out ^= ((inverse << turn) | (inverse >> (8 - turn))) & 0xff;
  SUBSTITUTE[byte] = out ^ 0x63;
  RESTORE[out ^ 0x63] = byte;
}

const times = (a: number, b: number): number =>
  a === 0 || b === 0 ? 0 : (EXP[((LOG[a] ?? 0) + (LOG[b] ?? 0)) % 255] ?? 0);

const BLOCK = 16;
const MIX = [2, 3, 1, 1] as const;
const UNMIX = [14, 11, 13, 9] as const;

/** One block to another under a key of 16, 24 or 32 bytes. */
export class Aes {
  readonly #keys: Uint8Array;
  readonly #rounds: number;

  constructor(key: Uint8Array) {
    const words = key.length / 4;
    this.#rounds = words + 6;
    this.#keys = new Uint8Array(BLOCK * (this.#rounds + 1));
    this.#keys.set(key);
    for (let word = words, constant = 1; word < 4 * (this.#rounds + 1); word += 1) {
      let last = [...this.#keys.subarray(word * 4 - 4, word * 4)];
      if (word % words === 0) {
        last = [...last.slice(1), last[0] ?? 0].map((byte) => SUBSTITUTE[byte] ?? 0);
        last[0] = (last[0] ?? 0) ^ constant;
        constant = times(constant, 2);
      } else if (words > 6 && word % words === 4) last = last.map((byte) => SUBSTITUTE[byte] ?? 0);
      for (let at = 0; at < 4; at += 1)
        this.#keys[word * 4 + at] = (this.#keys[(word - words) * 4 + at] ?? 0) ^ (last[at] ?? 0);
    }
  }

  encrypt(block: Uint8Array): Uint8Array {
    let state = this.#withKey(block, 0);
    for (let round = 1; round <= this.#rounds; round += 1) {
      // Row r of the square moves r columns to the left.
      state = Uint8Array.from(state, (_, at) => SUBSTITUTE[state[(at + 4 * (at % 4)) % BLOCK] ?? 0] ?? 0);
      if (round < this.#rounds) state = mixColumns(state, MIX);
      state = this.#withKey(state, round);
    }
    return state;
  }

  decrypt(block: Uint8Array): Uint8Array {
    let state = this.#withKey(block, this.#rounds);
    for (let round = this.#rounds - 1; round >= 0; round -= 1) {
      state = Uint8Array.from(state, (_, at) => RESTORE[state[(at + 12 * (at % 4)) % BLOCK] ?? 0] ?? 0);
      state = this.#withKey(state, round);
      if (round > 0) state = mixColumns(state, UNMIX);
    }
    return state;
  }

  #withKey(state: Uint8Array, round: number): Uint8Array {
    return state.map((byte, at) => byte ^ (this.#keys[round * BLOCK + at] ?? 0));
  }
}

function mixColumns(state: Uint8Array, factors: readonly number[]): Uint8Array {
  return state.map((_, at) => {
    const column = at - (at % 4);
    return factors.reduce((sum, factor, row) => sum ^ times(factor, state[column + ((row + at) % 4)] ?? 0), 0);
  });
}

export type AesMode = 'cbc' | 'ecb' | 'ctr';

const blocksOf = (bytes: Uint8Array): readonly Uint8Array[] =>
  Array.from({ length: Math.ceil(bytes.length / BLOCK) }, (_, at) => bytes.subarray(at * BLOCK, (at + 1) * BLOCK));

const xor = (bytes: Uint8Array, mask: Uint8Array): Uint8Array => bytes.map((byte, at) => byte ^ (mask[at] ?? 0));

/** Whole bytes, padded as PKCS #7 has it where the mode works on blocks. */
export function encryptAes(mode: AesMode, key: Uint8Array, iv: Uint8Array, bytes: Uint8Array): Uint8Array {
  const aes = new Aes(key);
  if (mode === 'ctr') return counted(aes, iv, bytes);
  const padding = BLOCK - (bytes.length % BLOCK);
  const padded = new Uint8Array(bytes.length + padding).fill(padding);
  padded.set(bytes);
  const out = new Uint8Array(padded.length);
  let before = iv;
  for (const [at, block] of blocksOf(padded).entries()) {
    before = aes.encrypt(mode === 'cbc' ? xor(block, before) : block);
    out.set(before, at * BLOCK);
  }
  return out;
}

/** The bytes again; undefined where they are no whole blocks or the padding is wrong. */
export function decryptAes(mode: AesMode, key: Uint8Array, iv: Uint8Array, bytes: Uint8Array): Uint8Array | undefined {
  const aes = new Aes(key);
  if (mode === 'ctr') return counted(aes, iv, bytes);
  if (bytes.length === 0 || bytes.length % BLOCK !== 0) return undefined;
  const out = new Uint8Array(bytes.length);
  let before = iv;
  for (const [at, block] of blocksOf(bytes).entries()) {
    const plain = aes.decrypt(block);
    out.set(mode === 'cbc' ? xor(plain, before) : plain, at * BLOCK);
    before = block;
  }
  const padding = out.at(-1) ?? 0;
  const tail = out.subarray(out.length - padding);
  if (padding === 0 || padding > BLOCK || tail.some((byte) => byte !== padding)) return undefined;
  return out.subarray(0, out.length - padding);
}

/** Bytes under the stream that an encrypted counter makes. */
function counted(aes: Aes, iv: Uint8Array, bytes: Uint8Array): Uint8Array {
  const counter = Uint8Array.from(iv);
  const out = new Uint8Array(bytes.length);
  for (const [at, block] of blocksOf(bytes).entries()) {
    out.set(xor(block, aes.encrypt(counter)), at * BLOCK);
    for (let digit = BLOCK - 1; digit >= 0; digit -= 1) {
      counter[digit] = ((counter[digit] ?? 0) + 1) & 0xff;
      if (counter[digit] !== 0) break;
    }
  }
  return out;
}
