/** `systemctl show-environment` and what changes it: variables that process 1 gives to each service (systemctl-set-environment.c). */
import type { Invocation } from '../../coreutils/command.ts';
import { askManager, sayUnreachable } from '../client.ts';

export async function showEnvironment({ io, process, options }: Invocation): Promise<number> {
  const reply = await askManager({ process, options }, { method: 'show-environment' });
  if (reply.type === 'unreachable') return await sayUnreachable(io, reply);
  for (const [name, value] of reply.type === 'environment' ? reply.variables : []) io.line(`${name}=${quoted(value)}`);
  return await io.end(0);
}

export async function changeEnvironment(call: Invocation, words: readonly string[], verb: string): Promise<number> {
  const { io } = call;
  const request =
    verb === 'set-environment'
      ? { set: words }
      : verb === 'unset-environment'
        ? { unset: words }
        : { set: await imported(call, words) };
  const reply = await askManager(call, { method: 'change-environment', ...request });
  if (reply.type === 'unreachable') return await sayUnreachable(io, reply);
  if (reply.type !== 'error') return 0;
  const doing = verb === 'import-environment' ? 'import' : verb === 'set-environment' ? 'set' : 'unset';
  await io.raw(`Failed to ${doing} environment: ${reply.message}\n`);
  return reply.code === 'access-denied' ? 4 : 1;
}

/** What the caller's own environment has of the names; all of it where none is named. */
async function imported({ io, process }: Invocation, names: readonly string[]): Promise<readonly string[]> {
  if (names.length === 0) await io.raw('Calling import-environment without a list of variable names is deprecated.\n');
  const found: string[] = [];
  for (const name of names.length === 0 ? Object.keys(process.env) : names) {
    const value = process.env[name];
    if (value === undefined) await io.raw(`Environment variable $${name} not set, ignoring.\n`);
    else found.push(`${name}=${value}`);
  }
  return found;
}

/** As a POSIX shell could read it again. */
const quoted = (value: string): string =>
  /[\s"'\\`$*?[\](){}<>|&;!#~]/.test(value) ? `$'${value.replace(/['\\]/g, '\\$&').replaceAll('\n', '\\n')}'` : value;
