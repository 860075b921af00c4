/** Files as disks: losetup, mkfs.ext4, mount from a file; what mke2fs 1.47.0 and losetup of util-linux say is recorded. */
import { beforeAll, expect, test } from 'vitest';
import { LabScripts } from '../../testing/lab-script.spec-support.ts';
import { LabTerminal } from '../../testing/lab-terminal.spec-support.ts';
import { replayCommands, type RecordedCommand } from '../../testing/recorded-commands.spec-support.ts';

const UUID = '11111111-2222-4333-8444-555555555555';
const LOOP_TABLE = `NAME       SIZELIMIT OFFSET AUTOCLEAR RO BACK-FILE    DIO LOG-SEC
/dev/loop0         0      0         0  0 /root/disk.i   0     512
`;
const FORMATTED = `mke2fs 1.47.0 (5-Feb-2023)
Discarding device blocks:     0/10240\b\b\b\b\b\b\b\b\b\b\b           \b\b\b\b\b\b\b\b\b\b\bdone                            
Creating filesystem with 10240 1k blocks and 2560 inodes
Filesystem UUID: ${UUID}
Superblock backups stored on blocks: 
\t8193

Allocating group tables: 0/2\b\b\b   \b\b\bdone                            
Writing inode tables: 0/2\b\b\b   \b\b\bdone                            
Creating journal (1024 blocks): done
Writing superblocks and filesystem accounting information: 0/2\b\b\b   \b\b\bdone

`;
const HINT = '       dmesg(1) may have more information after failed mount system call.\n';

const SESSION: readonly RecordedCommand[] = [
  { command: 'truncate -s 10M disk.i' },
  { command: 'losetup -f', stdout: '/dev/loop0\n' },
  { command: 'losetup; losetup -a' },
  { command: 'losetup -f --show disk.i', stdout: '/dev/loop0\n' },
  { command: 'losetup', stdout: LOOP_TABLE },
  { command: 'losetup -n -O NAME,BACK-FILE -j disk.i', stdout: '/dev/loop0 /root/disk.i\n' },
  { command: 'mv disk.i d.i; losetup -n -O BACK-FILE; mv d.i disk.i', stdout: '/root/d.i\n' },
  { command: 'losetup -f', stdout: '/dev/loop1\n' },
  {
    command: 'losetup /dev/loop0 disk.i',
    stderr: 'losetup: disk.i: failed to set up loop device: Device or resource busy\n',
    code: 1,
  },
  {
    command: 'lsblk -l -o NAME,MAJ:MIN,SIZE,RO,TYPE /dev/loop0',
    stdout: 'NAME  MAJ:MIN SIZE RO TYPE\nloop0   7:0    10M  0 loop\n',
  },
  { command: 'cat /sys/block/loop0/loop/backing_file /sys/block/loop0/size', stdout: '/root/disk.i\n20480\n' },
  { command: 'grep loop /proc/partitions', stdout: '   7        0      10240 loop0\n' },
  { command: `mkfs.ext4 -L data -U ${UUID} /dev/loop0 2>&1`, stdout: FORMATTED },
  {
    command: 'blkid /dev/loop0 disk.i',
    stdout: ['/dev/loop0', 'disk.i']
      .map((name) => `${name}: LABEL="data" UUID="${UUID}" BLOCK_SIZE="1024" TYPE="ext4"\n`)
      .join(''),
  },
  { command: 'mount /dev/loop0 /mnt && grep loop /proc/mounts', stdout: '/dev/loop0 /mnt ext4 rw,relatime 0 0\n' },
  {
    command: 'df /mnt; df -i /mnt',
    stdout: `Filesystem     1K-blocks  Used Available Use% Mounted on
/dev/loop0          8409    14      7883   1% /mnt
Filesystem     Inodes IUsed IFree IUse% Mounted on
/dev/loop0       2560    11  2549    1% /mnt
`,
  },
  { command: 'stat -c "%n %i %s %a" /mnt /mnt/lost+found', stdout: '/mnt 2 1024 755\n/mnt/lost+found 11 12288 700\n' },
  { command: 'mkfs.ext4 -q /dev/loop0', stderr: '/dev/loop0 is mounted; will not make a filesystem here!\n', code: 1 },
  {
    command:
      'echo one > /mnt/a; mkdir /mnt/d; ln -s ../a /mnt/d/l; ln /mnt/a /mnt/b; mkfifo /mnt/p; truncate -s 1M /mnt/h',
  },
  {
    command: 'dd if=/dev/zero of=/mnt/full bs=1M 2>&1 | head -n 1',
    stdout: "dd: error writing '/mnt/full': No space left on device\n",
  },
  { command: 'df --output=avail,pcent /mnt; rm /mnt/full', stdout: 'Avail Use%\n    0 100%\n' },
  { command: 'cd /mnt; umount /mnt', stderr: 'umount: /mnt: target is busy.\n', code: 32 },
  { command: 'umount /mnt && losetup -d /dev/loop0 && losetup -a' },
  { command: 'grep -a -c one disk.i', stdout: '1\n' },
  {
    command: 'cp disk.i copy.i && rm disk.i && mount copy.i /mnt && findmnt -n -o SOURCE,FSTYPE /mnt',
    stdout: '/dev/loop0 ext4\n',
  },
  {
    command: 'cat /mnt/d/l; stat -c "%n %i %h %F %s %b" /mnt/[abdhp]',
    stdout: `one
/mnt/a 12 2 regular file 4 8
/mnt/b 12 2 regular file 4 8
/mnt/d 13 2 directory 1024 8
/mnt/h 16 1 regular file 1048576 0
/mnt/p 15 1 fifo 0 0
`,
  },
  { command: 'losetup -n -O AUTOCLEAR,RO,BACK-FILE', stdout: '        1  0 /root/copy.i\n' },
  { command: 'umount copy.i && losetup' },
  {
    command: 'mount -r copy.i /mnt; touch /mnt/x; umount /mnt',
    stderr: "touch: cannot touch '/mnt/x': Read-only file system\n",
  },
  {
    command: 'truncate -s 1M none; mount none /mnt',
    stderr: `mount: /mnt: wrong fs type, bad option, bad superblock on /dev/loop0, missing codepage or helper program, or other error.\n${HINT}`,
    code: 32,
  },
  { command: 'losetup' },
  { command: 'mount -t ext4 /root /mnt', stderr: `mount: /mnt: /root is not a block device.\n${HINT}`, code: 32 },
  {
    command: 'losetup -f nofile',
    stderr: 'losetup: nofile: failed to set up loop device: No such file or directory\n',
    code: 1,
  },
  {
    command: 'losetup -d /dev/loop77',
    stderr: 'losetup: /dev/loop77: failed to use device: No such device\n',
    code: 1,
  },
  { command: 'losetup -o x -f none', stderr: "losetup: failed to parse offset: 'x': Invalid argument\n", code: 1 },
  { command: 'losetup -l -O FOO', stderr: 'losetup: unknown column: FOO\n', code: 1 },
  {
    command: 'mkfs.ext4 nofile',
    stderr: 'mke2fs 1.47.0 (5-Feb-2023)\nThe file nofile does not exist and no size was specified.\n',
    code: 1,
  },
  { command: 'mkfs.ext4 -b 123 none', stderr: 'mkfs.ext4: invalid block size - 123\n', code: 1 },
  { command: 'mkfs.ext4 -m 60 none', stderr: 'mkfs.ext4: invalid reserved blocks percent - 60\n', code: 1 },
  { command: 'mkfs', stderr: "mkfs: no device specified\nTry 'mkfs --help' for more information.\n", code: 1 },
  { command: 'mkfs -t ext4 -q none && blkid -s TYPE none', stdout: 'none: TYPE="ext4"\n' },
  { command: 'mkfs -t foo none', stderr: 'mkfs: failed to execute mkfs.foo: No such file or directory\n', code: 1 },
];

let lab: LabScripts;
beforeAll(async () => {
  lab = await LabScripts.open('machines-3');
});

test('each command in turn', async () => {
  expect(await replayCommands(lab, SESSION)).toEqual(SESSION);
});

test.for([
  { command: 'losetup -P -f /etc/hosts', refused: 'losetup -P' },
  { command: 'mkfs.ext4 -O ^has_journal /root/none', refused: 'mkfs.ext4 -O' },
  { command: 'mount -t xfs /root/none /mnt', refused: 'mount -t xfs' },
  { command: 'mkfs.ext4 /dev/sda', refused: 'mke2fs /dev/sda' },
])('$command', async ({ command, refused }) => {
  expect((await lab.run(command)).stderr).toContain(`drydock: '${refused}' is not simulated`);
});

test('a reboot writes back what was mounted and leaves no loop device attached; fstab mounts the file again', async () => {
  const lab = await LabTerminal.open('docker-1', 'docker-1');
  await lab.run('truncate -s 10M /var/d; mkfs.ext4 -q /var/d; mkdir /data; mount /var/d /data; echo kept > /data/f');
  await lab.type('reboot\n', 60);
  await lab.reopen();
  expect(await lab.run('losetup -a; ls /data; mount /var/d /data; cat /data/f; umount /data')).toEqual(['kept']);
  await lab.run("echo '/var/d /data ext4 loop 0 0' >> /etc/fstab");
  await lab.type('reboot\n', 60);
  await lab.reopen();
  expect(await lab.run('findmnt -no SOURCE,FSTYPE /data; cat /data/f')).toEqual(['/dev/loop0 ext4', 'kept']);
});

test('a loop device over a loop device shows the file that stands behind both', async () => {
  const lab = await LabTerminal.open('docker-1', 'docker-1');
  const attach = 'truncate -s 4M d; losetup /dev/loop0 d; losetup -o 1M -f --show /dev/loop0';
  expect(
    await lab.run(`${attach}; mkfs.ext4 -q /dev/loop1; mount /dev/loop1 /mnt; echo in > /mnt/f; umount /mnt`),
  ).toEqual(['/dev/loop1']);
  expect(await lab.run('blkid -o value -s TYPE d; losetup -D; mount -o offset=1048576 d /mnt; cat /mnt/f')).toEqual([
    'in',
  ]);
});
