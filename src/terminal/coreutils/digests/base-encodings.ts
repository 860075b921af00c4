/** The encodings of basenc: alphabets, how many digits make how many bytes, and GNU's decoders. */

export interface Encoding {
  readonly alphabet: string;
  /** Bits of one digit. */
  readonly bits: number;
  /** Digits of a full group; shorter ones are padded with `=`, where there is padding. */
  readonly group: number;
  readonly padded: boolean;
  /** The first digit stands for the low bits. */
  readonly lowFirst?: boolean;
  /** Small letters are digits too. */
  readonly foldsCase?: boolean;
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const DIGITS = '0123456789';
const BASE64: Encoding = { alphabet: `${LETTERS}${LETTERS.toLowerCase()}${DIGITS}+/`, bits: 6, group: 4, padded: true };

export const ENCODINGS = {
  base64: BASE64,
  base64url: { ...BASE64, alphabet: BASE64.alphabet.replace('+/', '-_') },
  base32: { alphabet: `${LETTERS}234567`, bits: 5, group: 8, padded: true },
  base32hex: { alphabet: `${DIGITS}${LETTERS.slice(0, 22)}`, bits: 5, group: 8, padded: true },
  base16: { alphabet: `${DIGITS}ABCDEF`, bits: 4, group: 2, padded: false, foldsCase: false },
  base2msbf: { alphabet: '01', bits: 1, group: 8, padded: false },
  base2lsbf: { alphabet: '01', bits: 1, group: 8, padded: false, lowFirst: true },
} as const satisfies Readonly<Record<string, Encoding>>;

export function encode(bytes: Uint8Array, { alphabet, bits, group, padded, lowFirst }: Encoding): string {
  let out = '';
  let have = 0;
  let held = 0;
  const mask = (1 << bits) - 1;
  for (const byte of bytes) {
    if (lowFirst === true) {
      for (let at = 0; at < 8; at += bits) out += alphabet.charAt((byte >> at) & mask);
      continue;
    }
    held = ((held << 8) | byte) & 0xffff;
    have += 8;
    while (have >= bits) {
      have -= bits;
      out += alphabet.charAt((held >> have) & mask);
    }
  }
  if (have > 0) out += alphabet.charAt((held << (bits - have)) & mask);
  return padded ? out.padEnd(Math.ceil(out.length / group) * group, '=') : out;
}

export interface Decoded {
  /** Up to the first fault. */
  readonly bytes: Uint8Array;
  readonly isValid: boolean;
}

/** Line ends are passed over, all else has to be digits in whole groups; padded groups may be followed by others. */
export function decode(text: string, encoding: Encoding): Decoded {
  const clean = text.replace(/\n/g, '');
  const out: number[] = [];
  for (let at = 0; at < clean.length; at += encoding.group) {
    const group = clean.slice(at, at + encoding.group);
    if (!decodeGroup(group, encoding, out)) return { bytes: Uint8Array.from(out), isValid: false };
  }
  return { bytes: Uint8Array.from(out), isValid: true };
}

/** Adds the bytes of a group as far as it is right; whether it was. */
function decodeGroup(text: string, { alphabet, bits, group, padded, lowFirst }: Encoding, out: number[]): boolean {
  // As GNU's decoder of base32, which asks for eight digits first.
  if (bits === 5 && text.length < group) return false;
  let held = 0;
  let have = 0;
  let at = 0;
  for (; at < text.length; at += 1) {
    const digit = alphabet.indexOf(text.charAt(at));
    if (digit < 0) break;
    held = lowFirst === true ? held | (digit << have) : ((held << bits) | digit) & 0xffff;
    have += bits;
    if (have < 8) continue;
    have -= 8;
    out.push(lowFirst === true ? held : (held >> have) & 255);
    if (lowFirst === true) held = 0;
  }
  if (at === group) return true;
  const endsWhole = padded && have < bits && at > 0 && Math.floor((at * bits) / 8) > 0;
  return endsWhole && text.slice(at) === '='.repeat(group - at);
}
