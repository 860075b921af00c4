/** Services of users, as their users see them. Source: the journal and systemctl of Ubuntu 24.04. */
import { expect, test } from 'vitest';
import { LabScripts } from '../../testing/lab-script.spec-support.ts';

const SERVICE =
  '[Unit]\\nDescription=Mine\\n[Service]\\nExecStart=/bin/sleep 1000\\n[Install]\\nWantedBy=default.target\\n';

test('a user has a manager with a socket, units and a runtime directory of its own, as long as it is needed', async () => {
  const lab = await LabScripts.open('docker-1');
  const lines = async (script: string): Promise<readonly string[]> => {
    const { stdout, stderr } = await lab.run(script);
    return `${stdout}${stderr}`.trimEnd().split('\n');
  };
  expect(await lines('stat -c "%A %U" /run/user/0; findmnt -no FSTYPE /run/user/0; echo $XDG_RUNTIME_DIR')).toEqual([
    'drwx------ root',
    'tmpfs',
    '/run/user/0',
  ]);
  expect(
    await lines(`mkdir -p ~/.config/systemd/user; printf '${SERVICE}' > ~/.config/systemd/user/mine.service
      systemctl --user enable --now mine; systemctl --user is-active mine; systemctl is-active mine
      systemctl --user show mine -p ControlGroup --value; journalctl -o cat USER_UNIT=mine.service`),
  ).toEqual([
    'active',
    'inactive',
    '/user.slice/user-0.slice/user@0.service/app.slice/mine.service',
    'Started mine.service - Mine.',
    'Created symlink /root/.config/systemd/user/default.target.wants/mine.service → /root/.config/systemd/user/mine.service.',
  ]);
  expect(await lines('su - ubuntu -c "systemctl --user status"; systemd-run -q --user --wait true; echo $?')).toEqual([
    '0',
    'Failed to connect to bus: No medium found',
  ]);
  expect(
    await lines('loginctl enable-linger ubuntu; sleep 1; ps -o args= -u ubuntu; loginctl list-users | head -3'),
  ).toEqual([
    '/usr/lib/systemd/systemd --user',
    '(sd-pam)',
    ' UID USER   LINGER STATE',
    '   0 root   no     active',
    '1000 ubuntu yes    lingering',
  ]);
  expect(await lines('loginctl disable-linger ubuntu; sleep 20; ls /run/user; journalctl -o cat -n 6')).toEqual([
    '0',
    'user@1000.service: Deactivated successfully.',
    'Stopped user@1000.service - User Manager for UID 1000.',
    'Stopping user-runtime-dir@1000.service - User Runtime Directory /run/user/1000...',
    'user-runtime-dir@1000.service: Deactivated successfully.',
    'Stopped user-runtime-dir@1000.service - User Runtime Directory /run/user/1000.',
    'Removed slice user-1000.slice - User Slice of UID 1000.',
  ]);
  expect(
    await lines('loginctl enable-linger ubuntu; sleep 1; ps -o args= -u ubuntu; systemctl is-active user@1000'),
  ).toEqual(['/usr/lib/systemd/systemd --user', '(sd-pam)', 'active']);
});
