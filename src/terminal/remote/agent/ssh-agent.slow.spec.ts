/** ssh-agent, ssh-add and ssh-keyscan: whole outputs as OpenSSH's printed them for the same commands. */
import { beforeAll, expect, test } from 'vitest';
import { LabScripts } from '../../testing/lab-script.spec-support.ts';

let lab: LabScripts;
beforeAll(async () => {
  lab = await LabScripts.open('kubeadm-3');
  await lab.run("cd /tmp; ssh-keygen -q -t ed25519 -N '' -f k1 -C one@host");
  await lab.run('cat /tmp/k1.pub | ssh worker-1 "cat >> ~/.ssh/authorized_keys"; mv ~/.ssh/id_ed25519 ~/.ssh/away');
});

/** In a session with an agent; both streams, fingerprints and numbers left out. */
const withAgent = async (commands: string): Promise<readonly string[]> => {
  const { stdout } = await lab.run(
    `cd /tmp; { eval $(ssh-agent -s) > /dev/null; ${commands}; ssh-agent -k > /dev/null; } 2>&1`,
  );
  return stdout
    .replace(/SHA256:\S+/g, 'SHA256:…')
    .replace(/pid \d+/g, 'pid N')
    .split('\n')
    .slice(0, -1);
};
const BATCH = 'ssh -o BatchMode=yes';
const DENIED = 'root@worker-1: Permission denied (publickey,password).\r';

test.for([
  { given: 'an empty agent', commands: 'ssh-add -l; echo $?', printed: ['The agent has no identities.', '1'] },
  {
    given: 'a key',
    commands: 'ssh-add k1; ssh-add -l',
    printed: ['Identity added: k1 (one@host)', '256 SHA256:… one@host (ED25519)'],
  },
  {
    given: 'a key that goes, and is gone',
    commands: 'ssh-add -q k1; ssh-add -d k1; ssh-add -d k1; echo $?',
    printed: [
      'Identity removed: k1 ED25519 (one@host)',
      'Could not remove identity "k1": agent refused operation',
      '1',
    ],
  },
  {
    given: 'all of them',
    commands: 'ssh-add -q k1; ssh-add -D; ssh-add -L',
    printed: ['All identities removed.', 'The agent has no identities.'],
  },
  { given: 'no such file', commands: 'ssh-add nofile; echo $?', printed: ['nofile: No such file or directory', '1'] },
  {
    given: 'a lifetime',
    commands: 'ssh-add -t 5 k1; sleep 6; ssh-add -l',
    printed: ['Identity added: k1 (one@host)', 'Lifetime set to 5 seconds', 'The agent has no identities.'],
  },
  {
    given: 'ssh without and with it',
    commands: `${BATCH} worker-1 hostname; ssh-add -q k1; ${BATCH} worker-1 hostname`,
    printed: [DENIED, 'worker-1'],
  },
  {
    given: 'files alone',
    commands: `ssh-add -q k1; ${BATCH} -o IdentitiesOnly=yes worker-1 hostname`,
    printed: [DENIED],
  },
])('$given', async ({ commands, printed }) => {
  expect(await withAgent(commands)).toEqual(printed);
});

test.for([
  { script: 'ssh-add -l', stdout: '', stderr: 'Could not open a connection to your authentication agent.\n', code: 2 },
  {
    script: 'SSH_AUTH_SOCK=/none ssh-add -l',
    stdout: '',
    stderr: 'Error connecting to agent: No such file or directory\n',
    code: 2,
  },
  { script: 'ssh-agent -k', stdout: '', stderr: 'SSH_AGENT_PID not set, cannot kill agent\n', code: 1 },
  {
    script: "ssh-agent sh -c 'ssh-add -l; exit 7'; echo $?; ps -e | grep -c ssh-agent",
    stdout: 'The agent has no identities.\n7\n0\n',
    stderr: '',
    code: 1,
  },
  {
    script: 'ssh-keyscan -q -t ed25519 worker-1 | cut -d" " -f1,2',
    stdout: 'worker-1 ssh-ed25519\n',
    stderr: '',
    code: 0,
  },
  { script: 'ssh-keyscan -p 1 worker-1', stdout: '', stderr: '', code: 1 },
])('$script', async ({ script, ...expected }) => {
  expect(await lab.run(script)).toEqual(expected);
});

test('the agent says where it is, for each shell', async () => {
  const { stdout } = await lab.run('ssh-agent -s; ssh-agent -c');
  expect(stdout.replace(/ssh-\w+/g, 'ssh-X').replace(/\d+/g, 'N')).toBe(
    'SSH_AUTH_SOCK=/tmp/ssh-X/agent.N; export SSH_AUTH_SOCK;\nSSH_AGENT_PID=N; export SSH_AGENT_PID;\necho Agent pid N;\nsetenv SSH_AUTH_SOCK /tmp/ssh-X/agent.N;\nsetenv SSH_AGENT_PID N;\necho Agent pid N;\n',
  );
});
