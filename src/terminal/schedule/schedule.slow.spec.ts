/** cron on a host: jobs run in their minute, as their user, and the journal tells. */
import { expect, test } from 'vitest';
import { LabTerminal } from '../testing/lab-terminal.spec-support.ts';

test('crontab installs, lists and removes; cron runs the jobs of users and of the system', async () => {
  const lab = await LabTerminal.open('docker-1', 'docker-1');
  expect(
    await lab.runPiped('crontab -l; echo "* * * * * date +%H:%M" | crontab -; echo "99 * * * * x" | crontab -', 2),
  ).toEqual(['no crontab for root', '"-":1: bad minute', "errors in crontab file, can't install."]);
  await lab.runPiped(`echo '*/2 * * * * id -un >> /tmp/u' > /tmp/c; su ubuntu -c 'crontab /tmp/c'`, 2);
  await lab.runPiped(`echo '* * * * * daemon id -un >> /tmp/n; touch /tmp/n' > /etc/cron.d/lab; chmod 777 /tmp`, 2);
  await lab.pass(130);
  expect(await lab.runPiped('crontab -l; cat /tmp/u /tmp/n; stat -c %U /tmp/n', 2)).toEqual([
    '* * * * * date +%H:%M',
    'ubuntu',
    'daemon',
    'daemon',
    'daemon',
  ]);
  const journal = await lab.runPiped(
    'journalctl -t CRON -o cat | head -7 | sort; journalctl -u cron -o cat | grep RELOAD',
    2,
  );
  expect(journal).toEqual([
    '(CRON) info (No MTA installed, discarding output)',
    '(daemon) CMD (id -un >> /tmp/n; touch /tmp/n)',
    '(root) CMD (date +%H:%M)',
    'pam_unix(cron:session): session closed for user daemon',
    'pam_unix(cron:session): session closed for user root',
    'pam_unix(cron:session): session opened for user daemon(uid=1) by daemon(uid=0)',
    'pam_unix(cron:session): session opened for user root(uid=0) by root(uid=0)',
    '(root) RELOAD (crontabs/root)',
    '(ubuntu) RELOAD (crontabs/ubuntu)',
    '(*system*lab) RELOAD (/etc/cron.d/lab)',
  ]);
  expect(await lab.runPiped('crontab -r; crontab -l; systemctl stop cron; rm /tmp/u', 2)).toEqual([
    'no crontab for root',
  ]);
  await lab.pass(180);
  expect(await lab.runPiped('ls /tmp/u', 2)).toEqual(["ls: cannot access '/tmp/u': No such file or directory"]);
});

test('crontab -e opens the editor and installs what it leaves', async () => {
  const lab = await LabTerminal.open('docker-1', 'docker-1');
  await lab.runPiped(`printf '#!/bin/sh\\necho "0 5 * * * backup" > $1\\n' > /tmp/ed; chmod +x /tmp/ed`, 2);
  expect(await lab.runPiped('EDITOR=/tmp/ed crontab -e; EDITOR=true crontab -e; crontab -l', 2)).toEqual([
    'no crontab for root - using an empty one',
    'crontab: installing new crontab',
    'No modification made',
    '0 5 * * * backup',
  ]);
});

test('run-parts runs what may be run and has a plain name', async () => {
  const lab = await LabTerminal.open('docker-1', 'docker-1');
  await lab.runPiped(
    `for n in b a c.bak; do printf '#!/bin/sh\\necho $0\\n' > /etc/cron.hourly/$n; done; chmod +x /etc/cron.hourly/[ac]*`,
    2,
  );
  expect(
    await lab.runPiped('run-parts /etc/cron.hourly; run-parts --test /etc/cron.hourly; run-parts /nowhere', 2),
  ).toEqual([
    '/etc/cron.hourly/a',
    '/etc/cron.hourly/a',
    'run-parts: failed to open directory /nowhere: No such file or directory',
  ]);
});
