/** Recorded: systemctl 252 --root=DIR on the same files, without the directory. Links are removed in the order of the units; upstream takes that of the directory. */
import { expect, test } from 'vitest';
import { LabScripts } from '../../testing/lab-script.spec-support.ts';

test('enable with Alias=, Also= and a default instance, link, add-wants, reenable', async () => {
  const lab = await LabScripts.open('docker-1');
  const { stdout } = await lab.run(`
    cd /usr/lib/systemd/system
    run='[Service]\\nExecStart=/bin/true\\n'; wanted='[Install]\\nWantedBy=multi-user.target\\n'
    printf "$run$wanted"'Alias=aa.service\\nAlso=b.service\\n' > a.service
    printf "$run$wanted" > b.service; printf "$run" > st.service
    printf "$run$wanted"'DefaultInstance=x\\n' > t@.service; printf "$run$wanted" > /opt/l.service
    systemctl daemon-reload
    for words in 'enable a' 'enable a' 'is-enabled a st t@ t@x' 'disable a' 'enable t@' 'enable t@y' 'disable t@y' \\
      'link /opt/l.service' 'enable l' 'disable l' 'add-wants multi-user.target st'; do systemctl $words 2>&1; done`);
  const wants = '/etc/systemd/system/multi-user.target.wants';
  const vendor = '/usr/lib/systemd/system';
  expect(stdout.split('\n')).toEqual([
    `Created symlink /etc/systemd/system/aa.service → ${vendor}/a.service.`,
    `Created symlink ${wants}/a.service → ${vendor}/a.service.`,
    `Created symlink ${wants}/b.service → ${vendor}/b.service.`,
    'enabled',
    'static',
    'disabled',
    'disabled',
    'Removed "/etc/systemd/system/aa.service".',
    `Removed "${wants}/a.service".`,
    `Removed "${wants}/b.service".`,
    `Created symlink ${wants}/t@x.service → ${vendor}/t@.service.`,
    `Created symlink ${wants}/t@y.service → ${vendor}/t@.service.`,
    `Removed "${wants}/t@y.service".`,
    'Created symlink /etc/systemd/system/l.service → /opt/l.service.',
    `Created symlink ${wants}/l.service → /opt/l.service.`,
    `Removed "${wants}/l.service".`,
    'Removed "/etc/systemd/system/l.service".',
    `Created symlink ${wants}/st.service → ${vendor}/st.service.`,
    '',
  ]);
});
