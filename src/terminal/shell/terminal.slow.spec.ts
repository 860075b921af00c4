/** What a person at the prompt meets: completion against a live cluster, large and binary pastes. */
import { expect, test } from 'vitest';
import { LabTerminal } from '../testing/lab-terminal.spec-support.ts';

test('Tab completes resources, names, units, and what complete defines', async () => {
  const lab = await LabTerminal.open('kubeadm-3', 'control-plane');
  await lab.type('kubectl create deployment web --image=nginx --replicas=2; alias k=kubectl\r', 10);
  const line = async (...keys: readonly string[]): Promise<string> => {
    await lab.keys('\x15', ...keys);
    return ((await lab.screen()).at(-1) ?? '').replace(/^.*?# /, '').trimEnd();
  };
  const cases = [
    [['kubectl get po', '\t'], 'kubectl get pod'],
    [['kubectl get pods we', '\t'], 'kubectl get pods web-7957885594-'],
    [['k get nod', '\t'], 'k get nodes '],
    [['sudo kubectl -n kube-s', '\t'], 'sudo kubectl -n kube-system '],
    [['systemctl restart kubel', '\t'], 'systemctl restart kubelet.service '],
    [['ls /etc/hostn', '\t'], 'ls /etc/hostname '],
  ] as const;
  const seen: string[] = [];
  for (const [keys] of cases) seen.push(await line(...keys));
  expect(seen.map((text) => text.trimEnd())).toEqual(cases.map(([, wanted]) => wanted.trimEnd()));
  await lab.keys('\x15', 'kubectl get po', '\t', '\t', '\t');
  expect((await lab.screen()).slice(-2)[0]).toBe('poddisruptionbudgets  pods                  podtemplates');
  await lab.keys('\x15');
  await lab.type(
    'source <(kubectl completion bash); complete -F __start_kubectl k; complete -W "red green" paint\r',
    2,
  );
  expect(await line('kubectl descr', '\t')).toBe('kubectl describe');
  expect(await line('k get svc kub', '\t')).toBe('k get svc kubernetes');
  expect(await line('paint gr', '\t')).toBe('paint green');
}, 60_000);

test('5,000 pasted lines run one after the other, with brackets and without', async () => {
  const lab = await LabTerminal.open('docker-1', 'docker-1');
  const lines = Array.from({ length: 5_000 }, (_, at) => `echo line ${String(at)} >> out`).join('\r');
  const { user } = process.cpuUsage();
  for (const text of [`${lines}\r`, `\x1b[200~${lines}\x1b[201~\r`]) {
    await lab.type(text, 60);
    lab.printed();
    await lab.type("seq 0 4999 | sed 's/^/line /' | cmp - out && echo whole; rm out\r", 5);
    expect(lab.printed()).toContain('whole\r\n');
  }
  expect((process.cpuUsage().user - user) / 1000).toBeLessThan(20_000);
}, 120_000);

test('a paste beyond the bound is refused and the line is kept; 10 MB reach a program whole', async () => {
  const lab = await LabTerminal.open('docker-1', 'docker-1');
  await lab.type('echo kept ');
  await lab.type(`\x1b[200~${'y'.repeat(10_000_000)}\x1b[201~`, 30);
  expect(lab.printed()).toContain('drydock: a paste of 10000000 characters was left out: the prompt takes 1048576\r');
  await lab.type('\r', 2);
  expect(lab.printed()).toContain('kept\r\n');
  await lab.type('cat > /tmp/big\r');
  await lab.type(`${'x'.repeat(99)}\r`.repeat(100_000), 60);
  await lab.type('\x04');
  lab.printed();
  await lab.type('wc -c /tmp/big\r');
  expect(lab.printed()).toContain('10000000 /tmp/big');
}, 120_000);

test('bytes of a binary file are text to the line and nothing to the terminal', async () => {
  const lab = await LabTerminal.open('docker-1', 'docker-1');
  const every = String.fromCharCode(...Array.from({ length: 256 }, (_, at) => at));
  await lab.type(`: '\x1b[200~${every.replace(/['\x1b\r\n]/g, '')}\x1b[201~`);
  expect((await lab.screen()).join('')).toContain('^@^A^B^C^D^E^F^G^H');
  await lab.type("'; echo alive\r");
  expect((await lab.screen()).slice(-2)[0]).toBe('alive');
}, 60_000);

test('what a program leaves on the line stays before the prompt, while the next line is typed and after it', async () => {
  const lab = await LabTerminal.open('docker-1', 'docker-1');
  await lab.type('clear\r');
  await lab.type('printf 한글\r');
  await lab.keys('ecxo a', '\x1b[D', '\x1b[D', '\x1b[D', '\x7f', 'h');
  expect((await lab.screen())[1]?.trimEnd()).toBe('한글root@docker-1:~# echo a');
  await lab.keys('\r');
  expect((await lab.screen()).slice(1, 3).map((row) => row.trimEnd())).toEqual(['한글root@docker-1:~# echo a', 'a']);
});
