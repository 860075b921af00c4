/** systemd-sulogin-shell (systemd 255): the shell of emergency and rescue mode; when that is left the boot goes on. */
import type { Process } from '../../../protocol/program.ts';
import { plainProgram } from '../../system/plain-program.ts';
import type { Io } from '../../io.ts';
import { runAndWait } from '../../run-child.ts';
import { ask } from '../client.ts';

const SULOGIN = '/usr/sbin/sulogin';
const DEFAULT = 'default.target';

export const suloginShell = plainProgram('systemd-sulogin-shell', async ({ io, process, args }) => {
  io.line(`You are in ${args[0] ?? ''} mode. After logging in, type "journalctl -xb" to view`);
  io.line('system logs, "systemctl reboot" to reboot, or "exit"');
  io.line('to continue bootup.');
  for (;;) {
    await io.flush();
    const login = await runAndWait(process, [SULOGIN]);
    if (login.type === 'missing') await io.raw(`Failed to execute ${SULOGIN}: ${login.message}\n`);
    if (await startDefault(process, io)) return 0;
    await io.raw('Fallback to the single-user shell.\n\n');
  }
});

/** Reads all units again and goes on with the boot; false where it cannot. */
async function startDefault(process: Process, io: Io): Promise<boolean> {
  await io.raw('Reloading system manager configuration\n');
  const reload = await ask(process, { method: 'daemon-reload' });
  if (reload.type === 'unreachable' || reload.type === 'error') {
    await io.raw(`Failed to reload daemon: ${reload.message}\n`);
    return false;
  }
  const shown = await ask(process, { method: 'show', units: [DEFAULT] });
  if (shown.type !== 'units' || shown.units[0]?.active !== 'inactive') {
    await io.raw(`${DEFAULT} is not inactive. Please review the ${DEFAULT} setting.\n\n`);
    return false;
  }
  await io.raw(`Starting ${DEFAULT}\n`);
  const started = await ask(process, { method: 'isolate', unit: DEFAULT });
  if (started.type === 'done') return true;
  await io.raw(`Failed to start ${DEFAULT}: ${'message' in started ? started.message : ''}\n`);
  return false;
}
