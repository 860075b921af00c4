import { concatBytes } from '../../../protocol/bytes.ts';
import { failed } from '../../../protocol/errno.ts';
import { bytesToText } from '../../text.ts';
import { findCommand } from '../commands/command-path.ts';
import { environmentOf } from '../commands/external-command.ts';
import type { Op } from '../machine/op.ts';
import { wait } from '../machine/op.ts';
import type { Shell } from '../shell.ts';

/** What a program prints, with nothing to read and its messages unseen. */
export function* outputOf(shell: Shell, argv: readonly string[]): Op<string | undefined> {
  const { process } = shell;
  const [name = ''] = argv;
  const hits = shell.hashHits.get(name);
  const found = findCommand(shell, name);
  // What completion runs is not among the commands that a person has run.
  if (hits === undefined) shell.hashed.delete(name);
  else shell.hashHits.set(name, hits);
  const pipe = process.pipe();
  if (found.type !== 'found' || failed(pipe)) return undefined;
  const [reader, writer] = pipe;
  const empty = process.open('/dev/null', { read: true, write: true });
  if (failed(empty)) return undefined;
  const pid = process.spawn(found.path, argv, {
    env: environmentOf(shell, found.path),
    fds: [
      [0, empty],
      [1, writer],
      [2, empty],
    ],
  });
  process.close(writer);
  process.close(empty);
  const parts: Uint8Array[] = [];
  while (!failed(pid)) {
    const bytes = yield* wait(process.read(reader, 65_536));
    if (failed(bytes) || bytes.length === 0) break;
    parts.push(bytes);
  }
  process.close(reader);
  if (failed(pid)) return undefined;
  yield* wait(process.wait(pid));
  return bytesToText(concatBytes(parts));
}
