import type { Shell } from '../shell.ts';
import { undoRedirects } from '../commands/redirect.ts';

/** Removes the topmost frame and undoes what it stands for. */
export function popFrame(shell: Shell): void {
  const frame = shell.stack.pop();
  if (frame === undefined) return;
  switch (frame.type) {
    case 'fds':
      undoRedirects(shell, frame.undo);
      return;
    case 'scope':
      shell.vars.pop();
      return;
    case 'function':
      shell.vars.pop();
      shell.positional = frame.positional;
      if (frame.returnTrap !== undefined && !shell.traps.has('RETURN')) shell.traps.set('RETURN', frame.returnTrap);
      if (frame.options !== undefined) shell.options = new Set(frame.options);
      return;
    case 'source':
      if (frame.positional !== undefined) shell.positional = frame.positional;
      return;
    case 'trap':
      shell.command = frame.command;
      shell.status = frame.status;
      shell.pipeStatus = frame.pipeStatus;
      return;
    default:
  }
}
