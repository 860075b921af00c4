/** Open files and sockets. Source: lsof 4.95 on Debian 12. */
import { expect, test } from 'vitest';
import { LabScripts } from '../../testing/lab-script.spec-support.ts';

test('lsof: sockets, descriptors of a process, who has a file open', async () => {
  const lab = await LabScripts.open('docker-1');
  const { stdout, stderr } = await lab.run(`
    number() { sed 's/IPv4 *[0-9]*/IPv4 N/'; }
    lsof -i :22 | number; lsof -t -i:ssh; lsof -iTCP -sTCP:LISTEN -P -n | tail -1 | number; lsof -i :2 || echo none
    cd /tmp; exec 7>open; lsof -a -p $$ +d /tmp | awk '{print $1, $4, $5, $7, $9}'; ls -l /proc/$$/fd/7 | cut -c1-10
    lsof -u nosuch 2>&1 | head -n 1 >&2; lsof /nosuch; lsof -p 1 -F pcf | head -n 3`);
  expect(stdout.split('\n')).toEqual([
    'COMMAND PID USER   FD   TYPE DEVICE SIZE/OFF NODE NAME',
    'sshd     11 root    3u  IPv4 N      0t0  TCP *:ssh (LISTEN)',
    '11',
    'sshd     11 root    3u  IPv4 N      0t0  TCP *:22 (LISTEN)',
    'none',
    'COMMAND FD TYPE SIZE/OFF NAME',
    'bash cwd DIR 4096 /tmp',
    'bash 7w REG 0 /tmp/open',
    'l-wx------',
    'p1',
    'csystemd',
    'fcwd',
    '',
  ]);
  expect(stderr).toBe("lsof: can't get UID for nosuch\nlsof: status error on /nosuch: No such file or directory\n");
});
