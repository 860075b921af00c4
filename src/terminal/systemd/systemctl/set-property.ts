/** `systemctl set-property UNIT NAME=VALUE…`: resource settings of a unit that take effect at once. */
import type { Invocation } from '../../coreutils/command.ts';
import { askManager, sayUnreachable, unitName } from '../client.ts';

export async function setProperty({ process, io, options }: Invocation, words: readonly string[]): Promise<number> {
  const [name, ...assignments] = words;
  if (name === undefined || assignments.length === 0) {
    await io.raw('Too few arguments.\n');
    return 1;
  }
  const unit = unitName(name);
  const settings: (readonly [string, string])[] = [];
  for (const text of assignments) {
    const equals = text.indexOf('=');
    if (equals < 0) {
      await io.raw('Not an assignment: ' + text + '\n');
      return 1;
    }
    settings.push([text.slice(0, equals), text.slice(equals + 1)]);
  }
  const reply = await askManager(
    { process, options },
    { method: 'set-property', unit, settings, runtime: options.has('runtime') },
  );
  if (reply.type === 'unreachable') return await sayUnreachable(io, reply);
  if (reply.type !== 'error') return 0;
  await io.raw(`Failed to set unit properties on ${unit}: ${reply.message}\n`);
  return reply.code === 'access-denied' ? 4 : 1;
}
