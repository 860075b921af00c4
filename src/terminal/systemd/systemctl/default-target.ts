/** `systemctl get-default` and `set-default`. */
import type { Invocation } from '../../coreutils/command.ts';
import { askManager, sayUnreachable } from '../client.ts';
import { changeLines } from './install-changes.ts';

export async function getDefault({ process, io, options }: Invocation): Promise<number> {
  const reply = await askManager({ process, options }, { method: 'get-default' });
  if (reply.type === 'unreachable') return await sayUnreachable(io, reply);
  if (reply.type === 'default-target') io.line(reply.name);
  else if (reply.type === 'error') {
    await io.raw(`Failed to get default target: ${reply.message}\n`);
    return 1;
  }
  return await io.end(0);
}

export async function setDefault({ process, io, options }: Invocation, names: readonly string[]): Promise<number> {
  const [name] = names;
  if (name === undefined || names.length > 1) {
    await io.raw(name === undefined ? 'Too few arguments.\n' : 'Too many arguments.\n');
    return 1;
  }
  const reply = await askManager(
    { process, options },
    { method: 'set-default', unit: /\.[a-z]+$/.test(name) ? name : `${name}.target` },
  );
  if (reply.type === 'unreachable') return await sayUnreachable(io, reply);
  if (reply.type === 'error') {
    await io.raw(`Failed to set default target: ${reply.message}\n`);
    return reply.code === 'access-denied' ? 4 : 1;
  }
  for (const line of changeLines(reply, options.has('q'))) await io.raw(line);
  return 0;
}
