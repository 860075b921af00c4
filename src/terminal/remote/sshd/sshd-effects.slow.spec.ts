/** What settings of sshd_config and options of a key do to those who come. */
import { beforeAll, expect, test } from 'vitest';
import { LabScripts } from '../../testing/lab-script.spec-support.ts';

let lab: LabScripts;
beforeAll(async () => {
  lab = await LabScripts.open('kubeadm-3');
});

/** The settings of worker-1, a call from the control plane, and what it printed. */
const ROWS: readonly {
  readonly settings?: string;
  /** Options before root's key on worker-1. */
  readonly key?: string;
  readonly call: string;
  readonly printed: string;
}[] = [
  {
    call: "FOO=1 LC_X=a ssh -o SendEnv=FOO -o 'SetEnv=BAR=2 LC_Y=3' worker-1 env | grep -E '^(FOO|BAR|LC_)'",
    printed: 'LC_X=a\nLC_Y=3\n',
  },
  {
    settings: 'AcceptEnv FOO\nSetEnv HELLO=you FOO=theirs',
    call: "FOO=1 ssh -o SendEnv=FOO worker-1 env | grep -E '^(FOO|HELLO)'",
    printed: 'FOO=theirs\nHELLO=you\n',
  },
  {
    settings: 'Match User root Address 192.168.56.0/24\nPermitTTY no\nMatch User ubuntu\nPermitTTY yes',
    call: 'ssh -tt worker-1 tty',
    printed: 'PTY allocation request failed on channel 0\nnot a tty\nConnection to worker-1 closed.\n',
  },
  {
    settings: 'Match LocalPort 22\nForceCommand echo forced $SSH_ORIGINAL_COMMAND',
    call: 'ssh worker-1 ls -l',
    printed: 'forced ls -l\n',
  },
  {
    settings: 'AllowUsers root@10.0.0.0/8',
    call: 'ssh -o BatchMode=yes worker-1 true',
    printed: 'root@worker-1: Permission denied (publickey,password).\n',
  },
  {
    settings: 'AuthenticationMethods publickey,password',
    call: 'ssh -o BatchMode=yes worker-1 true',
    printed: 'root@worker-1: Permission denied (password).\n',
  },
  {
    settings: 'KbdInteractiveAuthentication yes\nPasswordAuthentication no\nPubkeyAuthentication no',
    call: 'ssh -o BatchMode=yes worker-1 true',
    printed: 'root@worker-1: Permission denied (keyboard-interactive).\n',
  },
  {
    settings: 'Ciphers aes256-ctr\nMACs hmac-sha2-512',
    call: 'ssh -c aes128-ctr worker-1 true; ssh -v worker-1 true 2>&1 | grep "kex: server"',
    printed:
      'Unable to negotiate with 192.168.56.11 port 22: no matching cipher found. Their offer: aes256-ctr\ndebug1: kex: server->client cipher: aes256-ctr MAC: hmac-sha2-512 compression: none\n',
  },
  {
    settings: 'PermitOpen worker-2:80',
    call: 'ssh -W localhost:22 worker-1 </dev/null',
    printed: 'channel 0: open failed: administratively prohibited: open failed\nstdio forwarding failed\n',
  },
  {
    settings: 'MaxSessions 0',
    call: 'ssh worker-1 true',
    printed: 'channel 0: open failed: connect failed: open failed\n',
  },
  {
    settings: 'ChrootDirectory /srv\nForceCommand internal-sftp',
    call: "printf 'pwd\\nls\\n' | sftp -q -b - worker-1",
    printed: 'sftp> pwd\nRemote working directory: /\nsftp> ls\nup  \n',
  },
  { settings: 'ClientAliveInterval 5', call: "ssh worker-1 'sleep 60; echo there'", printed: 'there\n' },
  {
    key: 'from="10.0.0.0/8"',
    call: 'ssh -o BatchMode=yes worker-1 true',
    printed: 'root@worker-1: Permission denied (publickey,password).\n',
  },
  { key: 'restrict,command="echo $SSH_ORIGINAL_COMMAND!"', call: 'ssh worker-1 date', printed: 'date!\n' },
  {
    key: 'expiry-time="20200101"',
    call: 'ssh -o BatchMode=yes worker-1 true',
    printed: 'root@worker-1: Permission denied (publickey,password).\n',
  },
  {
    key: 'no-port-forwarding,environment="A=1"',
    settings: 'PermitUserEnvironment yes',
    call: "ssh worker-1 'echo $A'; ssh -W localhost:22 worker-1 </dev/null",
    printed: '1\nchannel 0: open failed: administratively prohibited: open failed\nstdio forwarding failed\n',
  },
];

test.for(ROWS)('$settings $key: $call', async ({ settings = '', key = '', call, printed }) => {
  const prefix = key === '' ? '' : `${key} `;
  await lab.run(
    `mkdir -p /srv/up; cp -p ~/.ssh/authorized_keys ~/.ssh/before; sed -i 's~^~${prefix}~' ~/.ssh/authorized_keys
    cat > /etc/ssh/sshd_config.d/a.conf <<'END'\n${settings}\nEND
    systemctl reload ssh; sleep 1`.replaceAll('\\n', '\n'),
    'worker-1',
  );
  const { stdout } = await lab.run(`exec 2>&1; ${call}`);
  await lab.run(
    'mv ~/.ssh/before ~/.ssh/authorized_keys; rm /etc/ssh/sshd_config.d/a.conf; systemctl reload ssh',
    'worker-1',
  );
  expect(stdout.replaceAll('\r', '')).toBe(printed);
});

test('-f logs in once', async () => {
  await lab.run("ssh -f worker-1 'sleep 2; echo done'; sleep 4");
  const before = (await lab.run('journalctl -u ssh | grep -c Accepted', 'worker-1')).stdout;
  await lab.run("ssh -f worker-1 'sleep 2; echo done'; sleep 4");
  const after = (await lab.run('journalctl -u ssh | grep -c Accepted', 'worker-1')).stdout;
  expect(Number(after) - Number(before)).toBe(1);
});
