/** mount and umount beside what those of util-linux wrote in a mount namespace of their own. */
import { beforeAll, expect, test } from 'vitest';
import { LabScripts } from '../../testing/lab-script.spec-support.ts';
import { replayCommands, type RecordedCommand } from '../../testing/recorded-commands.spec-support.ts';

const RECORDED: readonly RecordedCommand[] = [
  { command: 'mkdir -p /tmp/m1 /tmp/m2 /tmp/m3' },
  { command: 'mount -v -t tmpfs tm /tmp/m1', stdout: 'mount: tm mounted on /tmp/m1.\n' },
  { command: 'mount -v --bind /tmp/m1 /tmp/m2', stdout: 'mount: /tmp/m1 bound on /tmp/m2.\n' },
  { command: 'umount /tmp/m2' },
  { command: 'mount -o remount,ro /tmp/m1' },
  { command: 'touch /tmp/m1/x', stderr: "touch: cannot touch '/tmp/m1/x': Read-only file system\n", code: 1 },
  { command: 'mount -v -o remount,rw,nosuid /tmp/m1', stdout: 'mount: tm mounted on /tmp/m1.\n' },
  { command: 'grep /tmp/m /proc/mounts', stdout: 'tm /tmp/m1 tmpfs rw,nosuid,relatime 0 0\n' },
  {
    command: 'mount -o remount /nope',
    stderr:
      'mount: /nope: mount point does not exist.\n       dmesg(1) may have more information after failed mount system call.\n',
    code: 32,
  },
  {
    command: 'mount -o remount,ro /tmp/m3',
    stderr:
      'mount: /tmp/m3: mount point not mounted or bad option.\n       dmesg(1) may have more information after failed mount system call.\n',
    code: 32,
  },
  { command: 'mount -f -v -t tmpfs x /tmp/m3', stdout: 'mount: x mounted on /tmp/m3.\n' },
  { command: 'mount -m -t tmpfs t /tmp/m3/new/y' },
  { command: 'umount -v /tmp/m3/new/y', stderr: 'umount: /tmp/m3/new/y unmounted\n' },
  { command: 'umount', stderr: "umount: bad usage\nTry 'umount --help' for more information.\n", code: 1 },
  { command: 'umount /nope', stderr: 'umount: /nope: no mount point specified.\n', code: 32 },
  { command: 'umount /tmp/m2', stderr: 'umount: /tmp/m2: not mounted.\n', code: 32 },
  { command: 'umount -q /tmp/m2', code: 32 },
  { command: 'mkdir /tmp/m1/sub' },
  { command: 'mount -t tmpfs b /tmp/m1/sub' },
  { command: 'umount /tmp/m1', stderr: 'umount: /tmp/m1: target is busy.\n', code: 32 },
  { command: 'umount -v -R /tmp/m1', stderr: 'umount: /tmp/m1/sub unmounted\numount: /tmp/m1 unmounted\n' },
  { command: 'mount -t tmpfs tm /tmp/m1' },
  { command: 'umount -v tm', stderr: 'umount: /tmp/m1 (tm) unmounted\n' },
  { command: 'mount -t tmpfs a /tmp/m1' },
  { command: 'mount --bind /tmp/m1 /tmp/m2' },
  { command: 'umount -v -A /tmp/m1', stderr: 'umount: /tmp/m2 unmounted\numount: /tmp/m1 unmounted\n' },
  {
    command: 'umount -x',
    stderr: "umount: invalid option -- 'x'\nTry 'umount --help' for more information.\n",
    code: 1,
  },
  { command: 'mount -x', stderr: "mount: invalid option -- 'x'\nTry 'mount --help' for more information.\n", code: 1 },
  { command: 'mount a', stderr: "mount: a: can't find in /etc/fstab.\n", code: 1 },
  { command: 'mount a b c', stderr: "mount: bad usage\nTry 'mount --help' for more information.\n", code: 1 },
  {
    command: 'mount -t tmpfs a /nope',
    stderr:
      'mount: /nope: mount point does not exist.\n       dmesg(1) may have more information after failed mount system call.\n',
    code: 32,
  },
];

let lab: LabScripts;
beforeAll(async () => {
  lab = await LabScripts.open('machines-3');
});

test('each command in turn', async () => {
  expect(await replayCommands(lab, RECORDED)).toEqual(RECORDED);
});

test.for([
  { command: 'mount --make-rslave /', refused: 'mount --make-rslave' },
  { command: 'mount -L root /mnt', refused: 'mount -L' },
  { command: 'umount -a', refused: 'umount -a' },
])('$command', async ({ command, refused }) => {
  expect((await lab.run(command)).stderr).toContain(`drydock: '${refused}' is not simulated`);
});

test('mount -a tells of each row of /etc/fstab', async () => {
  const script = 'mkdir -p /tmp/f; echo "tm /tmp/f tmpfs size=1m 0 0" >> /etc/fstab; mount -av; mount -av | tail -1';
  expect((await lab.run(script)).stdout.split('\n').slice(-3)).toEqual([
    '/tmp/f                   : successfully mounted',
    '/tmp/f                   : already mounted',
    '',
  ]);
});
