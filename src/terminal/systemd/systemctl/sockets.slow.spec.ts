/** Sockets and paths as systemctl shows them. Layout: systemd 255, systemctl-show.c and systemctl-list-units.c. */
import { expect, test } from 'vitest';
import { LabTerminal } from '../../testing/lab-terminal.spec-support.ts';

test('dockerd is started by whom comes to its socket, until that is closed', async () => {
  const lab = await LabTerminal.open('docker-1', 'docker-1');
  expect(
    await lab.run('systemctl stop docker; systemctl is-active docker docker.socket; systemctl status docker.socket'),
  ).toEqual([
    'Warning: Stopping docker.service, but it can still be activated by:',
    '  docker.socket',
    'inactive',
    'active',
    '● docker.socket - Docker Socket for the API',
    '     Loaded: loaded (/usr/lib/systemd/system/docker.socket; enabled; preset: enabled)',
    '     Active: active (listening) since Mon 2026-03-02 00:00:00 UTC; 1s ago',
    '   Triggers: ○ docker.service',
    '     Listen: /run/docker.sock (Stream)',
    '      Tasks: 0 (limit: 9514)',
    '     Memory: 0B (peak: 0B)',
    '        CPU: 0',
    '     CGroup: /system.slice/docker.socket',
    '',
    'Mar 02 00:00:00 docker-1 systemd[1]: Starting docker.socket - Docker Socket for the API...',
    'Mar 02 00:00:00 docker-1 systemd[1]: Listening on docker.socket - Docker Socket for the API.',
  ]);
  expect(
    await lab.run(
      'docker ps -q; systemctl is-active docker; systemctl stop docker.socket; systemctl is-active docker docker.socket; docker ps',
    ),
  ).toEqual([
    'active',
    'inactive',
    'inactive',
    'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
  ]);
});

test('sshd is an alias of ssh.service; its socket cannot be had as long as the service runs', async () => {
  const lab = await LabTerminal.open('docker-1', 'docker-1');
  expect(
    await lab.run(
      'systemctl is-active sshd; systemctl status sshd | head -1; systemctl start ssh.socket; journalctl -u ssh.socket -o cat',
    ),
  ).toEqual([
    'active',
    '● ssh.service - OpenBSD Secure Shell server',
    'Job failed. See "journalctl -xe" for details.',
    'ssh.socket: Socket service ssh.service already active, refusing.',
    'Failed to listen on ssh.socket - OpenBSD Secure Shell server socket.',
  ]);
});

test('each connection has a service of its own', async () => {
  const lab = await LabTerminal.open('docker-1', 'docker-1');
  await lab.run(
    [
      'cd /etc/systemd/system',
      String.raw`printf '[Socket]\nListenStream=127.0.0.1:7777\nAccept=yes\n' > up.socket`,
      String.raw`printf '[Service]\nExecStart=/usr/bin/tr a-z A-Z\nStandardInput=socket\n' > up@.service`,
      'systemctl daemon-reload; systemctl start up.socket',
    ].join('; '),
  );
  expect(
    await lab.run(
      'echo hello | nc -N 127.0.0.1 7777; systemctl list-sockets up.socket; systemctl status up.socket | grep Accepted',
    ),
  ).toEqual([
    'HELLO',
    'LISTEN         UNIT      ACTIVATES',
    '127.0.0.1:7777 up.socket -',
    '',
    '1 sockets listed.',
    'Pass --all to see loaded but inactive sockets, too.',
    '   Accepted: 1; Connected: 0;',
  ]);
});

test('a path starts its unit when a file changes', async () => {
  const lab = await LabTerminal.open('docker-1', 'docker-1');
  await lab.run(
    [
      'cd /etc/systemd/system',
      String.raw`printf '[Path]\nPathModified=/srv/a.conf\n' > a.path`,
      String.raw`printf '[Service]\nType=oneshot\nExecStart=/usr/bin/wc -c /srv/a.conf\n' > a.service`,
      'systemctl daemon-reload; systemctl start a.path',
    ].join('; '),
  );
  expect(await lab.run('systemctl list-paths; echo one > /srv/a.conf; sleep 1; journalctl -u a -o cat')).toEqual([
    'PATH        CONDITION    UNIT   ACTIVATES',
    '/srv/a.conf PathModified a.path a.service',
    '',
    '1 paths listed.',
    'Pass --all to see loaded but inactive paths, too.',
    'Starting a.service...',
    '4 /srv/a.conf',
    'a.service: Deactivated successfully.',
    'Finished a.service.',
  ]);
});
