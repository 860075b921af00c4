/** What characters a text is written in, and how its lines end; undefined where it is no text. */
export interface Encoding {
  /** `ASCII`, `Unicode text, UTF-8`. */
  readonly name: string;
  readonly charset: string;
  /** `, with CRLF line terminators` and the like. */
  readonly remarks: string;
}

const CONTROLS = new Set([7, 8, 9, 10, 12, 13, 27]);
const NEXT_LINE = 0x85;
const LONG_LINE = 300;

export function encodingOf(bytes: Uint8Array): Encoding | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return wide(bytes, 'little');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return wide(bytes, 'big');
  const found = narrow(bytes);
  return found === undefined ? undefined : { name: found[0], charset: found[1], remarks: remarksOf([...bytes]) };
}

function narrow(bytes: Uint8Array): readonly [name: string, charset: string] | undefined {
  const isText = (byte: number): boolean => (byte >= 32 && byte < 127) || CONTROLS.has(byte);
  if (bytes.every(isText)) return ['ASCII', 'us-ascii'];
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  if (isUtf8(bytes, isText)) return [`Unicode text, UTF-8${hasMark ? ' (with BOM)' : ''}`, 'utf-8'];
  if (bytes.every((byte) => isText(byte) || byte === NEXT_LINE || byte >= 0xa0)) return ['ISO-8859', 'iso-8859-1'];
  if (bytes.every((byte) => isText(byte) || byte >= 0x80)) return ['Non-ISO extended-ASCII', 'unknown-8bit'];
  return undefined;
}

function isUtf8(bytes: Uint8Array, isText: (byte: number) => boolean): boolean {
  for (let at = 0; at < bytes.length; at += 1) {
    const lead = bytes[at] ?? 0;
    if (lead < 0x80) {
      if (!isText(lead)) return false;
      continue;
    }
    const more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : lead >= 0xc2 ? 1 : 0;
    if (more === 0 || lead > 0xf4) return false;
    for (let left = more; left > 0; left -= 1) {
      at += 1;
      if (((bytes[at] ?? 0) & 0xc0) !== 0x80) return false;
    }
  }
  return true;
}

function wide(bytes: Uint8Array, order: 'little' | 'big'): Encoding {
  const codes: number[] = [];
  const [low, high] = order === 'little' ? [0, 1] : [1, 0];
  for (let at = 2; at + 1 < bytes.length; at += 2) codes.push((bytes[at + low] ?? 0) | ((bytes[at + high] ?? 0) << 8));
  const name = `Unicode text, UTF-16, ${order}-endian`;
  return { name, charset: order === 'little' ? 'utf-16le' : 'utf-16be', remarks: remarksOf(codes) };
}

function remarksOf(codes: readonly number[]): string {
  const ends = { crlf: 0, cr: 0, lf: 0, nel: 0 };
  let [longest, start] = [0, 0];
  codes.forEach((code, at) => {
    if (code === 10) ends[codes[at - 1] === 13 ? 'crlf' : 'lf'] += 1;
    else if (code === 13 && at + 1 < codes.length && codes[at + 1] !== 10) ends.cr += 1;
    else if (code === NEXT_LINE) ends.nel += 1;
    if (code !== 10 && code !== 13 && code !== NEXT_LINE) return;
    longest = Math.max(longest, at - start);
    start = at + 1;
  });
  longest = Math.max(longest, codes.length - start);
  if (codes.at(-1) === 13 && ends.cr > 0) ends.cr += 1;
  const out = longest >= LONG_LINE ? [`, with very long lines (${String(longest)})`] : [];
  const others = [
    ...(ends.crlf > 0 ? ['CRLF'] : []),
    ...(ends.cr > 0 ? ['CR'] : []),
    ...(ends.lf > 0 ? ['LF'] : []),
    ...(ends.nel > 0 ? ['NEL'] : []),
  ];
  if (others.length === 0) out.push(', with no line terminators');
  else if (others.join() !== 'LF') out.push(`, with ${others.join(', ')} line terminators`);
  if (codes.includes(27)) out.push(', with escape sequences');
  if (codes.includes(8)) out.push(', with overstriking');
  return out.join('');
}
