/** Amounts of memory on the command line. */
import { refuseArgument } from './fatal.ts';

/** `64m`, `1g`, bytes: go-units RAMInBytes. */
export function ramInBytes(text: string, flag: string): number {
  const match = /^(\d+(?:\.\d+)?) ?([kmgtp]?)i?b?$/i.exec(text);
  if (match === null) return refuseArgument(text, flag, `invalid size: '${text}'`);
  let bytes = Number(match[1]);
  for (let unit = ['', 'k', 'm', 'g', 't', 'p'].indexOf((match[2] ?? '').toLowerCase()); unit > 0; unit -= 1)
    bytes *= 1024;
  return Math.floor(bytes);
}
