import { digestOf } from './digests.ts';
import { keyBits, keyTypeName, type SshPublicKey } from '../../../formats/keys/ssh-public.ts';

/** The picture of a key's fingerprint: a bishop walks over a board, two bits of the digest a step ("the drunken bishop"). */
const [WIDTH, HEIGHT] = [17, 9];
/** How often a field was visited; the last two mark start and end. */
const MARKS = ' .o+=*BOX@%&#/^SE';

/** The picture of a key. */
export function artOf(key: SshPublicKey, hash = 'sha256'): string {
  const title = `${keyTypeName(key.algorithm)} ${String(keyBits(key))}`;
  return randomart(digestOf(key.blob, hash), title, hash.toUpperCase());
}

/** The lines of the picture, framed by the key's kind and the digest's name. */
function randomart(digest: Uint8Array, title: string, digestName: string): string {
  const visits = Array.from({ length: WIDTH * HEIGHT }, () => 0);
  let [x, y] = [Math.floor(WIDTH / 2), Math.floor(HEIGHT / 2)];
  const start = y * WIDTH + x;
  for (const byte of digest)
    for (let shift = 0; shift < 8; shift += 2) {
      const step = (byte >> shift) & 3;
      x = Math.min(WIDTH - 1, Math.max(0, x + ((step & 1) === 1 ? 1 : -1)));
      y = Math.min(HEIGHT - 1, Math.max(0, y + ((step & 2) === 2 ? 1 : -1)));
      const at = y * WIDTH + x;
      visits[at] = Math.min(MARKS.length - 3, (visits[at] ?? 0) + 1);
    }
  const fields = visits.map((count) => MARKS.charAt(count));
  fields[start] = 'S';
  fields[y * WIDTH + x] = 'E';
  const rows = Array.from({ length: HEIGHT }, (_, row) => `|${fields.slice(row * WIDTH, (row + 1) * WIDTH).join('')}|`);
  return [border(`[${title}]`), ...rows, border(`[${digestName}]`)].join('\n');
}

function border(title: string): string {
  const left = Math.floor((WIDTH - title.length) / 2);
  return `+${'-'.repeat(left)}${title}${'-'.repeat(WIDTH - left - title.length)}+`;
}
