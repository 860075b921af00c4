/**
 * What an image answers about a program: what the real image lacks is not found, in the words of whoever looked for it; what it has
 * and nothing here stands for says so. Which programs an image has is what its packages have (dpkg -L of Debian 12, Alpine's busybox).
 */
import { beforeAll, expect, test } from 'vitest';
import { LabScripts } from '../../testing/lab-script.spec-support.ts';

let lab: LabScripts;
beforeAll(async () => {
  lab = await LabScripts.open('docker-1');
  await lab.run('for image in ubuntu:24.04 debian:12 nginx busybox alpine; do docker pull -q $image; done');
});

const told = async (command: string): Promise<string> => (await lab.run(`docker run --rm ${command} 2>&1`)).stdout;

const notFound = (name: string): string =>
  `docker: Error response from daemon: failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: exec: "${name}": executable file not found in $PATH: unknown\n\nRun 'docker run --help' for more information\n`;

test.for([
  ['ubuntu:24.04', 'vim'],
  ['ubuntu:24.04', 'python3'],
  ['ubuntu:24.04', 'adduser'],
  ['ubuntu:24.04', 'ip'],
  ['debian:12', 'gcc'],
  ['debian:12', 'ps'],
  ['busybox', 'perl'],
  ['busybox', 'bash'],
  ['alpine', 'gcc'],
  ['alpine', 'bash'],
  ['alpine', 'git'],
  ['alpine', 'lastb'],
] as const)('%s has no %s', async ([image, name]) => {
  expect(await told(`${image} ${name}`)).toBe(notFound(name));
});

test.for([
  ['ubuntu:24.04', 'bash', 'htop', 'bash: line 1: htop: command not found'],
  ['ubuntu:24.04', 'sh', 'strace', 'sh: 1: strace: not found'],
  ['ubuntu:24.04', 'bash', 'exec nmap', 'bash: line 1: exec: nmap: not found'],
  ['ubuntu:24.04', 'bash', 'env make', "env: 'make': No such file or directory"],
  ['ubuntu:24.04', 'sh', 'nohup node', "nohup: failed to run command 'node': No such file or directory"],
  ['ubuntu:24.04', 'sh', 'timeout 1 ruby', "timeout: failed to run command 'ruby': No such file or directory"],
  ['nginx --', 'bash', 'unzip x', 'bash: line 1: unzip: command not found'],
  ['nginx --', 'sh', 'man ls', 'sh: 1: man: not found'],
  ['busybox', 'sh', 'gdb', 'sh: gdb: not found'],
  ['busybox', 'sh', 'timeout 1 gdb', "timeout: can't execute 'gdb': No such file or directory"],
  ['busybox', 'sh', 'env gdb', "env: can't execute 'gdb': No such file or directory"],
  ['busybox', 'sh', 'nohup gdb', "nohup: can't execute 'gdb': No such file or directory"],
  ['busybox', 'sh', 'nice gdb', "nice: can't execute 'gdb': No such file or directory"],
  ['busybox', 'sh', 'chroot / gdb', "chroot: can't execute 'gdb': No such file or directory"],
  ['alpine', 'sh', 'python3 -V', 'sh: python3: not found'],
  ['alpine', 'sh', 'tmux', 'sh: tmux: not found'],
  ['alpine', 'sh', 'httpd', 'sh: httpd: not found'],
] as const)('%s: %s answers %s', async ([image, shell, command, text]) => {
  const [name = '', dash] = image.split(' ');
  const entry = dash === undefined ? '' : '--entrypoint ""';
  expect(await told(`${entry} ${name} ${shell} -c '${command} < /dev/null'`)).toBe(`${text}\n`);
});

test.for([
  ['ubuntu:24.04', 'chattr +i /etc/passwd', 'chattr'],
  ['ubuntu:24.04', 'ldd /bin/ls', 'ldd'],
  ['ubuntu:24.04', 'perl -e 1', 'perl'],
  ['debian:12', 'choom -p 1', 'choom'],
  ['debian:12', 'pr /etc/passwd', 'pr'],
  ['busybox', 'hexedit /etc/passwd', 'busybox hexedit'],
  ['busybox', 'hush -c id', 'busybox hush'],
  ['alpine', 'chattr +i /etc/passwd', 'busybox chattr'],
  ['alpine', 'ipcs', 'busybox ipcs'],
] as const)('%s has %s, which is not simulated', async ([image, command, name]) => {
  expect(await lab.run(`docker run --rm ${image} ${command}`)).toEqual({
    stdout: '',
    stderr: `drydock: '${name}' is not simulated\n`,
    code: 127,
  });
});

test('services are scripts where systemd does not run', async () => {
  expect(await lab.run('docker run --rm ubuntu:24.04 service nginx start')).toEqual({
    stdout: '',
    stderr: 'nginx: unrecognized service\n',
    code: 1,
  });
});
