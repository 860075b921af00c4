/** Packages on hosts and in containers, as somebody at a terminal installs and removes them. */
import { expect, test } from 'vitest';
import { LabTerminal } from '../testing/lab-terminal.spec-support.ts';

const STEPS = ['Reading package lists...', 'Building dependency tree...', 'Reading state information...'];

test('apt-get: a server is installed, listens, and goes again', async () => {
  const lab = await LabTerminal.open('docker-1', 'docker-1');
  const installed = await lab.runPiped('apt-get install -y nginx', 20);
  expect(installed.filter((line) => !line.startsWith('Fetched') && !line.startsWith('(Reading'))).toEqual([
    ...STEPS,
    'The following additional packages will be installed:',
    '  nginx-common',
    'The following NEW packages will be installed:',
    '  nginx nginx-common',
    '0 upgraded, 2 newly installed, 0 to remove and 0 not upgraded.',
    'Need to get 646 kB of archives.',
    'After this operation, 1707 kB of additional disk space will be used.',
    'Get:1 http://archive.ubuntu.com/ubuntu noble-updates/main amd64 nginx-common all 1.24.0-2ubuntu7.5 [115 kB]',
    'Get:2 http://archive.ubuntu.com/ubuntu noble-updates/main amd64 nginx amd64 1.24.0-2ubuntu7.5 [531 kB]',
    'Selecting previously unselected package nginx-common.',
    'Preparing to unpack .../nginx-common_1.24.0-2ubuntu7.5_all.deb ...',
    'Unpacking nginx-common (1.24.0-2ubuntu7.5) ...',
    'Selecting previously unselected package nginx.',
    'Preparing to unpack .../nginx_1.24.0-2ubuntu7.5_amd64.deb ...',
    'Unpacking nginx (1.24.0-2ubuntu7.5) ...',
    'Setting up nginx-common (1.24.0-2ubuntu7.5) ...',
    'Setting up nginx (1.24.0-2ubuntu7.5) ...',
    'Created symlink /etc/systemd/system/multi-user.target.wants/nginx.service → /usr/lib/systemd/system/nginx.service.',
  ]);
  expect(
    await lab.runPiped('curl -s localhost | grep title; systemctl is-active nginx; dpkg -S /usr/sbin/nginx', 20),
  ).toEqual(['<title>Welcome to nginx!</title>', 'active', 'nginx: /usr/sbin/nginx']);
  await lab.runPiped('apt-get remove -y nginx && apt-get autoremove -y --purge', 20);
  expect(await lab.runPiped('systemctl is-active nginx; ls /etc/nginx /usr/sbin/nginx; dpkg -l nginx', 20)).toEqual([
    'inactive',
    "ls: cannot access '/etc/nginx': No such file or directory",
    "ls: cannot access '/usr/sbin/nginx': No such file or directory",
    'dpkg-query: no packages found matching nginx',
  ]);
});

test('apt: what it refuses, and why', async () => {
  const lab = await LabTerminal.open('docker-1', 'docker-1');
  expect(await lab.runPiped('apt-get install nosuch; echo $?', 20)).toEqual([
    ...STEPS,
    'E: Unable to locate package nosuch',
    '100',
  ]);
  expect(await lab.runPiped("su ubuntu -c 'apt-get install tree'", 20)).toEqual([
    'E: Could not open lock file /var/lib/dpkg/lock-frontend - open (13: Permission denied)',
    'E: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), are you root?',
  ]);
  await lab.runPiped('apt-mark hold kubelet kubectl', 20);
  expect(await lab.runPiped('apt-mark showhold; apt-get remove -y kubelet | tail -1', 20)).toEqual([
    'kubectl',
    'kubelet',
    'E: Held packages were changed and -y was used without --allow-change-held-packages.',
    'After this operation, 60.4 MB disk space will be freed.',
  ]);
  expect(
    await lab.runPiped('rm /etc/apt/keyrings/*; apt-get update | grep -A1 pkgs.k8s; echo ${PIPESTATUS[0]}', 30),
  ).toEqual([
    'Err:2 https://pkgs.k8s.io/core:/stable:/v1.36/deb  InRelease',
    "  The following signatures couldn't be verified because the public key is not available: NO_PUBKEY 234654DA9A296436",
    "W: GPG error: https://download.docker.com/linux/ubuntu noble InRelease: The following signatures couldn't be verified because the public key is not available: NO_PUBKEY 7EA0A9C3F273FCD8",
    "W: GPG error: https://pkgs.k8s.io/core:/stable:/v1.36/deb  InRelease: The following signatures couldn't be verified because the public key is not available: NO_PUBKEY 234654DA9A296436",
    "E: The repository 'https://download.docker.com/linux/ubuntu noble InRelease' is not signed.",
    "N: Updating from such a repository can't be done securely, and is therefore disabled by default.",
    'N: See apt-secure(8) manpage for repository creation and user configuration details.',
    "E: The repository 'https://pkgs.k8s.io/core:/stable:/v1.36/deb  InRelease' is not signed.",
    "N: Updating from such a repository can't be done securely, and is therefore disabled by default.",
    'N: See apt-secure(8) manpage for repository creation and user configuration details.',
    '100',
  ]);
});

test('the key of a repository is fetched and put where its source says', async () => {
  const lab = await LabTerminal.open('docker-1', 'docker-1');
  await lab.runPiped('rm /etc/apt/keyrings/*.gpg', 20);
  expect(
    await lab.runPiped(
      'curl -fsSL https://pkgs.k8s.io/core:/stable:/v1.36/deb/Release.key | gpg --dearmor -o /etc/apt/keyrings/kubernetes-apt-keyring.gpg; apt-get update -qq && apt-get install -y kubeadm | tail -2; kubeadm',
      60,
    ),
  ).toEqual([
    expect.stringMatching(/^Setting up cri-tools|^Unpacking kubeadm/),
    'Setting up kubeadm (1.36.1-1.1) ...',
    "drydock: 'kubeadm' is not simulated",
  ]);
});

test('containers start without lists, and without a network there is nothing to fetch', async () => {
  const lab = await LabTerminal.open('docker-1', 'docker-1');
  const tail = await lab.runPiped(
    "docker run --rm ubuntu sh -c 'apt-get install -y jq | tail -1; which jq; apt-get update -qq; apt-get install -y jq | tail -1; which jq'",
    60,
  );
  expect(tail.slice(8)).toEqual([
    'E: Unable to locate package jq',
    'Reading state information...',
    'Setting up jq (1.7.1-3ubuntu0.24.04.1) ...',
    '/usr/bin/jq',
  ]);
  expect(
    (
      await lab.runPiped("docker run --rm --network none debian sh -c 'apt-get update 2> /dev/null | grep -v Ign'", 120)
    ).slice(-6),
  ).toEqual([
    "  Temporary failure resolving 'deb.debian.org'",
    'Err:2 http://deb.debian.org/debian trixie-updates InRelease',
    "  Temporary failure resolving 'deb.debian.org'",
    'Err:3 http://deb.debian.org/debian-security trixie-security InRelease',
    "  Temporary failure resolving 'deb.debian.org'",
    'Reading package lists...',
  ]);
});

test('apk: adds with what is needed, and takes away what nothing needs', async () => {
  const lab = await LabTerminal.open('docker-1', 'docker-1');
  const lines = await lab.runPiped(
    "docker run --rm alpine sh -c 'apk add --no-cache jq; echo [1] | jq .[0]; apk info -e jq; apk del jq; jq'",
    60,
  );
  expect(lines.slice(8)).toEqual([
    'fetch https://dl-cdn.alpinelinux.org/alpine/v3.22/main/x86_64/APKINDEX.tar.gz',
    'fetch https://dl-cdn.alpinelinux.org/alpine/v3.22/community/x86_64/APKINDEX.tar.gz',
    '(1/2) Installing oniguruma (6.9.10-r0)',
    '(2/2) Installing jq (1.8.0-r0)',
    'Executing busybox-1.37.0-r18.trigger',
    'OK: 9 MiB in 18 packages',
    '1',
    'jq',
    '(1/2) Purging oniguruma (6.9.10-r0)',
    '(2/2) Purging jq (1.8.0-r0)',
    'Executing busybox-1.37.0-r18.trigger',
    'OK: 8 MiB in 16 packages',
    'sh: jq: not found',
  ]);
});
