/** pathchk: whether paths are valid or portable. */
import { failed } from '../../../protocol/errno.ts';
import { command, type Invocation, usageError } from '../command.ts';
import { quoteName } from '../quoting.ts';

const NAME_MAX = 255;
const PATH_MAX = 4096;
const POSIX_NAME_MAX = 14;
const POSIX_PATH_MAX = 256;

export const pathchk = command({ name: 'pathchk', short: 'pP', long: { portability: 'portability' } }, async (call) => {
  if (call.operands.length === 0) return await usageError(call, 'missing operand');
  let status = 0;
  for (const path of call.operands) {
    const problem = problemOf(call, path);
    if (problem === undefined) continue;
    await call.io.warn(problem);
    status = 1;
  }
  return status;
});

function problemOf({ options, process }: Invocation, path: string): string | undefined {
  const posix = options.has('p') || options.has('portability');
  if (path === '') return posix || options.has('P') ? 'empty file name' : "'': No such file or directory";
  const names = path.split('/').filter((name) => name !== '');
  if (options.has('P') || options.has('portability')) {
    const dashed = names.find((name) => name.startsWith('-'));
    if (dashed !== undefined) return `leading '-' in a component of file name ${quoteName(path)}`;
  }
  if (posix) {
    const odd = /[^A-Za-z0-9._\-/]/u.exec(path)?.[0];
    if (odd !== undefined) return `nonportable character \u2018${odd}\u2019 in file name ${quoteName(path)}`;
  }
  const [pathMax, nameMax] = posix ? [POSIX_PATH_MAX, POSIX_NAME_MAX] : [PATH_MAX, NAME_MAX];
  if (path.length >= pathMax)
    return `limit ${String(pathMax - 1)} exceeded by length ${String(path.length)} of file name ${path}`;
  const long = names.find((name) => name.length > nameMax);
  if (long !== undefined)
    return `limit ${String(nameMax)} exceeded by length ${String(long.length)} of file name component ${quoteName(long)}`;
  if (posix) return undefined;
  const found = process.lstat(path);
  return failed(found) && found.errno === 'ENOTDIR' ? `${path}: Not a directory` : undefined;
}
