import { failed, strerror } from '../../protocol/errno.ts';
import type { Invocation } from './command.ts';
import { quoteName } from './quoting.ts';
import { joinPath } from './paths/paths.ts';

/** Visits paths and, where asked, all that lies below them; answers the status. `use` answers what went wrong. */
export async function eachPath(
  call: Invocation,
  paths: readonly string[],
  recursive: boolean,
  use: (path: string, directory: boolean) => string | undefined,
): Promise<number> {
  let status = 0;
  const visit = async (path: string): Promise<void> => {
    const found = call.process.lstat(path);
    if (failed(found)) {
      status = 1;
      const why = strerror(found);
      await call.io.warn(call.flavour === 'busybox' ? `${path}: ${why}` : `cannot access ${quoteName(path)}: ${why}`);
      return;
    }
    const problem = use(path, found.type === 'directory');
    if (problem !== undefined) {
      status = 1;
      await call.io.warn(problem);
    }
    const entries = recursive && found.type === 'directory' ? call.process.readdir(path) : [];
    if (!failed(entries)) for (const { name } of entries) await visit(joinPath(path, name));
  };
  for (const path of paths) await visit(path);
  return status;
}
