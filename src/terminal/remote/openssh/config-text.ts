import { failed } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { fileText } from '../../io.ts';

/** The text of a configuration; the null device is an empty one. Undefined where it cannot be read. */
export function configText(process: Process, path: string): string | undefined {
  const stat = process.stat(path);
  return !failed(stat) && stat.rdev?.join(':') === '1:3' ? '' : fileText(process, path);
}
