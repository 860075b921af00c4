import { failed } from '../../protocol/errno.ts';
import type { Op } from './op.ts';
import type { Shell } from './shell.ts';

export function* startInteractive(shell: Shell, _rc: boolean): Op<void> {
  shell.options.add('monitor');
  if (failed(shell.process.processGroup())) return;
}
export function* interact(shell: Shell): Op<number> {
  return shell.status;
}
