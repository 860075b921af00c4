/** Contents that are told by their first bytes. */
import { bytesToText } from '../../text.ts';
import { strftime } from '../../strftime.ts';
import type { Kind } from './kind.ts';

const binary = (text: string, mime: string): Kind => ({ text, mime, charset: 'binary' });

/** The kinds that know the bytes, in the order in which they are asked. */
const KINDS: readonly ((bytes: Uint8Array) => Kind | undefined)[] = [elf, gzip, zip, tar, png, gif, jpeg, packed, pdf];

export function binaryKind(bytes: Uint8Array): Kind | undefined {
  for (const kind of KINDS) {
    const found = kind(bytes);
    if (found !== undefined) return found;
  }
  return undefined;
}

const begins = (bytes: Uint8Array, text: string, at = 0): boolean =>
  [...text].every((char, index) => bytes[at + index] === char.charCodeAt(0));
const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);

/**
 * Executables of this world hold the name of their program where others have code: they say nothing of how they were linked,
 * so neither does this.
 */
function elf(bytes: Uint8Array): Kind | undefined {
  if (!begins(bytes, '\x7fELF')) return undefined;
  const id = bytesToText(bytes.subarray(4, 300)).split('\n', 1)[0] ?? '';
  if (!/^[\w.+[-]+$/.test(id)) return binary('ELF', 'application/octet-stream');
  return binary('ELF 64-bit LSB executable, x86-64, version 1 (SYSV)', 'application/x-executable');
}

const NAMED = 8;
const BEST = 2;
const FASTEST = 4;

function gzip(bytes: Uint8Array): Kind | undefined {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b || bytes.length < 10) return undefined;
  const isNamed = ((bytes[3] ?? 0) & NAMED) !== 0;
  const name = isNamed ? bytesToText(bytes.subarray(10, bytes.indexOf(0, 10))) : undefined;
  const seconds = view(bytes).getUint32(4, true);
  const size = bytes.length >= 18 ? view(bytes).getUint32(bytes.length - 4, true) : undefined;
  return binary(
    [
      'gzip compressed data',
      ...(name === undefined ? [] : [`was "${name}"`]),
      ...(seconds === 0 ? [] : [`last modified: ${strftime('%a %b %e %H:%M:%S %Y', seconds * 1_000_000)}`]),
      ...(bytes[8] === BEST ? ['max compression'] : bytes[8] === FASTEST ? ['max speed'] : []),
      ...(bytes[9] === 3 ? ['from Unix'] : []),
      ...(size === undefined ? [] : [`original size modulo 2^32 ${String(size)}`]),
    ].join(', '),
    'application/gzip',
  );
}

function zip(bytes: Uint8Array): Kind | undefined {
  if (begins(bytes, 'PK\x05\x06')) return binary('Zip archive data (empty)', 'application/zip');
  if (!begins(bytes, 'PK\x03\x04')) return undefined;
  const version = ((bytes[4] ?? 0) / 10).toFixed(1);
  const method = bytes[8] === 0 ? 'store' : 'deflate';
  return binary(`Zip archive data, at least v${version} to extract, compression method=${method}`, 'application/zip');
}

function tar(bytes: Uint8Array): Kind | undefined {
  if (begins(bytes, 'ustar  \0', 257)) return binary('POSIX tar archive (GNU)', 'application/x-tar');
  return begins(bytes, 'ustar\0', 257) ? binary('POSIX tar archive', 'application/x-tar') : undefined;
}

const COLOURS: Readonly<Record<number, string>> = {
  0: 'grayscale',
  2: 'RGB',
  3: 'colormap',
  4: 'gray+alpha',
  6: 'RGBA',
};

function png(bytes: Uint8Array): Kind | undefined {
  if (!begins(bytes, '\x89PNG\r\n\x1a\n') || bytes.length < 29) return undefined;
  const data = view(bytes);
  const size = `${String(data.getUint32(16))} x ${String(data.getUint32(20))}`;
  const colour = bytes[25] ?? 0;
  const depth = `${String(bytes[24] ?? 0)}-bit${colour === 3 || colour === 0 || colour === 4 ? ' ' : '/color '}`;
  const laced = bytes[28] === 1 ? 'interlaced' : 'non-interlaced';
  return binary(`PNG image data, ${size}, ${depth}${COLOURS[colour] ?? ''}, ${laced}`, 'image/png');
}

function gif(bytes: Uint8Array): Kind | undefined {
  if (!begins(bytes, 'GIF8') || bytes.length < 10) return undefined;
  const data = view(bytes);
  const size = `${String(data.getUint16(6, true))} x ${String(data.getUint16(8, true))}`;
  return binary(`GIF image data, version ${bytesToText(bytes.subarray(3, 6))}, ${size}`, 'image/gif');
}

function jpeg(bytes: Uint8Array): Kind | undefined {
  return begins(bytes, '\xff\xd8\xff') ? binary('JPEG image data', 'image/jpeg') : undefined;
}

function packed(bytes: Uint8Array): Kind | undefined {
  if (begins(bytes, 'BZh'))
    return binary(
      `bzip2 compressed data, block size = ${String.fromCharCode(bytes[3] ?? 0)}00k`,
      'application/x-bzip2',
    );
  return begins(bytes, '\xfd7zXZ\0') ? binary('XZ compressed data, checksum CRC64', 'application/x-xz') : undefined;
}

function pdf(bytes: Uint8Array): Kind | undefined {
  const [, version] = /^%PDF-(\d\.\d)/.exec(bytesToText(bytes.subarray(0, 16))) ?? [];
  return version === undefined
    ? undefined
    : { text: `PDF document, version ${version}`, mime: 'application/pdf', charset: 'us-ascii' };
}
