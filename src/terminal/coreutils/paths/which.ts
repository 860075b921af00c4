import { lookupPath } from '../../run-child.ts';
import { command } from '../command.ts';

export const which = command({ name: 'which', short: 'as' }, async (call) => {
  let status = call.operands.length === 0 ? 1 : 0;
  for (const name of call.operands) {
    const path = lookupPath(call.process, name);
    if (path === undefined) status = 1;
    else call.io.line(path);
  }
  return await call.io.end(status);
});
