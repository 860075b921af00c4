/** Applets with a look of their own, in a container of Alpine; layouts as busybox 1.35 prints them. */
import { expect, test } from 'vitest';
import { LabTerminal } from '../testing/lab-terminal.spec-support.ts';

async function inAlpine(script: string): Promise<readonly string[]> {
  const lab = await LabTerminal.open('docker-1', 'docker-1');
  await lab.runPiped('docker pull -q alpine:3.20', 20);
  return await lab.runPiped(`docker run --rm --name apps -h apps alpine:3.20 sh -c '${script}'`, 30);
}

test('free, df, du and stat', async () => {
  expect(
    await inAlpine(
      'free -m | grep -v Mem; df -h /; df -T /dev/shm; df -P /dev/shm; df -i / | head -n 1; df /none; df | grep -c mqueue; du -sh /etc; stat /etc/passwd | head -n 2',
    ),
  ).toEqual([
    '              total        used        free      shared  buff/cache   available',
    'Swap:          2047           0        2047',
    'Filesystem                Size      Used Available Use% Mounted on',
    'overlay                  40.0G      2.0G     38.0G   5% /',
    'Filesystem           Type       1K-blocks      Used Available Use% Mounted on',
    'shm                  tmpfs          65536         0     65536   0% /dev/shm',
    'Filesystem           1024-blocks    Used Available Capacity Mounted on',
    'shm                      65536         0     65536   0% /dev/shm',
    'Filesystem              Inodes      Used Available Use% Mounted on',
    'Filesystem           1K-blocks      Used Available Use% Mounted on',
    "df: /none: can't find mount point",
    '0',
    '64.0K\t/etc',
    '  File: /etc/passwd',
    '  Size: 702       \tBlocks: 8          IO Block: 4096   regular file',
  ]);
});

test('top and ps', async () => {
  expect(await inAlpine('sleep 9 & top -bn1 | tail -n +2; ps -o pid,args')).toEqual([
    'CPU:   0% usr   0% sys   0% nic 100% idle   0% io   0% irq   0% sirq',
    expect.stringMatching(/^Load average: 0.00 0.00 0.00 1\/\d+ \d+$/),
    '  PID  PPID USER     STAT   VSZ %VSZ CPU %CPU COMMAND',
    '    4     1 root     S     1952   0%   0   0% tail -n +2',
    '    3     1 root     R     1952   0%   0   0% top -bn1',
    '    2     1 root     S     1952   0%   0   0% sleep 9',
    '    1     0 root     S     1952   0%   0   0% sh -c sleep 9 & top -bn1 | tail -',
    'PID   COMMAND',
    '    1 sh -c sleep 9 & top -bn1 | tail -n +2; ps -o pid,args',
    '    2 sleep 9',
    '    5 ps -o pid,args',
  ]);
});

test('users and groups', async () => {
  expect(
    await inAlpine(
      'adduser -D -g "" bob; id bob; tail -n 1 /etc/passwd; ls -ld /home/bob; addgroup dev; addgroup bob dev; id bob; adduser -D bob; adduser -S -G dev svc; tail -n 1 /etc/passwd; su bob -c whoami; deluser bob dev; deluser --remove-home bob; id bob; ls /home; delgroup dev; deluser svc; delgroup dev; grep -c ^dev: /etc/group',
    ),
  ).toEqual([
    'uid=1000(bob) gid=1000(bob) groups=1000(bob)',
    'bob:x:1000:1000::/home/bob:/bin/sh',
    'drwxr-sr-x    1 bob      bob           4096 Mar  2 00:00 /home/bob',
    'uid=1000(bob) gid=1000(bob) groups=1000(bob),1001(dev)',
    "adduser: user 'bob' in use",
    'svc:x:100:1001::/home/svc:/bin/false',
    'bob',
    'id: unknown user bob',
    'svc',
    "delgroup: 'svc' still has 'dev' as their primary group!",
    '0',
  ]);
});

test('names, usages and what there is not', async () => {
  expect(
    await inAlpine(
      'busybox nope; busybox curl; busybox bash; fuser; df --help; ip -s link; vi --version; /bin/kill -l 9; /bin/kill -l KILL; /bin/kill -l | head -n 2; time -p true; time true 2>&1 | cut -c1-7; usleep x; nologin; lsmod | head -n 1; uptime; lsof | head -n 1; watch -n 9 date & sleep 1; kill $!',
    ),
  ).toEqual([
    'nope: applet not found',
    'curl: applet not found',
    'bash: applet not found',
    "drydock: 'busybox fuser' is not simulated",
    'BusyBox v1.37.0 multi-call binary.',
    '',
    'Usage: df [-PkmhTai] [-B SIZE] [-t TYPE] [FILESYSTEM]...',
    'BusyBox v1.37.0 multi-call binary.',
    '',
    'Usage: ip [OPTIONS] address|route|link|tunnel|neigh|rule [ARGS]',
    '',
    'OPTIONS := -f[amily] inet|inet6|link | -o[neline]',
    'vi: unrecognized option: version',
    'BusyBox v1.37.0 multi-call binary.',
    '',
    'Usage: vi [-c CMD] [-R] [-H] [FILE]...',
    'KILL',
    '9',
    ' 1) HUP',
    ' 2) INT',
    'real 0.00',
    'user 0.00',
    'sys 0.00',
    'real\t0m',
    'user\t0m',
    'sys\t0m ',
    "usleep: invalid number 'x'",
    'This account is not available',
    'Module                  Size  Used by    Not tainted',
    ' 00:00:26 up 0 min,  0 users,  load average: 0.00, 0.00, 0.00',
    '1\t/bin/busybox\t/dev/null',
    'Every 9.0s: date                                             2026-03-02 00:00:26',
    '',
    'Mon Mar  2 00:00:26 UTC 2026',
  ]);
});
