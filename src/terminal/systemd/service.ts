/** service of init-system-helpers: hands over to systemctl, without systemd to scripts of /etc/init.d; --status-all lists units. */
import { failed } from '../../protocol/errno.ts';
import type { Applet } from '../coreutils/command.ts';
import { runAndWait } from '../run-child.ts';
import { plainProgram, type PlainCall } from '../system/plain-program.ts';
import { ask, sayUnreachable } from './client.ts';

const USAGE = 'Usage: service < option > | --status-all | [ service_name [ command | --full-restart ] ]\n';
const ACTIONS: Readonly<Record<string, readonly string[]>> = {
  start: ['start'],
  stop: ['stop'],
  restart: ['restart'],
  status: ['status'],
  reload: ['reload'],
  'force-reload': ['reload-or-restart'],
  'try-restart': ['try-restart'],
};

export const service: Applet = plainProgram('service', async (call) => {
  const { process, io, args } = call;
  const [name, action, ...more] = args;
  if (name === undefined) {
    await io.raw(USAGE);
    return 1;
  }
  if (failed(process.stat('/run/systemd/system'))) return await runInitScript(call);
  if (name === '--status-all') {
    const reply = await ask(process, { method: 'list-unit-files' });
    if (reply.type === 'unreachable') return await sayUnreachable(io, reply);
    for (const unit of reply.type === 'units' ? reply.units : [])
      if (unit.name.endsWith('.service'))
        io.line(` [ ${unit.active === 'active' ? '+' : '-'} ]  ${unit.name.replace(/\.service$/, '')}`);
    return await io.end(0);
  }
  const words = action === '--full-restart' ? ['restart'] : ACTIONS[action ?? ''];
  if (words === undefined || more.length > 0) {
    await io.raw(USAGE);
    return 1;
  }
  const ended = await runAndWait(process, [
    '/usr/bin/systemctl',
    ...words,
    `${name.replace(/\.service$/, '')}.service`,
  ]);
  return ended.code;
});

/** Where systemd does not run, as in a container: a script of /etc/init.d. */
async function runInitScript({ process, io, args: [name = '', ...words] }: PlainCall): Promise<number> {
  // Images have no such scripts, so there is no status to tell.
  if (name === '--status-all') return await io.end(0);
  const script = `/etc/init.d/${name}`;
  if (failed(process.access(script, { execute: true }))) {
    await io.raw(`${name}: unrecognized service\n`);
    return 1;
  }
  return (await runAndWait(process, [script, ...words])).code;
}
