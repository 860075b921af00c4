/** service of init-system-helpers: hands over to systemctl; --status-all lists units. */
import type { Applet } from '../coreutils/command.ts';
import { runAndWait } from '../run-child.ts';
import { plainProgram } from '../system/plain-program.ts';
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

export const service: Applet = plainProgram('service', async ({ process, io, args }) => {
  const [name, action, ...more] = args;
  if (name === undefined) {
    await io.raw(USAGE);
    return 1;
  }
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
