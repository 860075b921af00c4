import { test } from 'vitest';
import { LabTerminal } from '../testing/lab-terminal.spec-support.ts';

test('probe completion', async () => {
  const lab = await LabTerminal.open('kubeadm-3', 'control-plane');
  const show = async (what: string): Promise<void> => {
    console.log(`--- ${what}\n${JSON.stringify(lab.printed())}\n${(await lab.screen()).slice(-6).join('\n')}`);
  };
  await lab.type('kubectl create deployment web --image=nginx --replicas=2\r', 10);
  lab.printed();
  await lab.keys('kubectl get po', '\t');
  await show('get po');
  await lab.keys('\t', '\t');
  await show('get po tab tab');
  await lab.keys('\x15', 'kubectl get pods web', '\t', '\t', '\t');
  await show('names');
  await lab.keys('\x15', 'alias k=kubectl', '\r');
  await lab.keys('k get nod', '\t');
  await show('k get nod');
  await lab.keys('\x15', 'kubectl -n kube', '\t', '\t');
  await show('ns');
  await lab.keys('\x15', 'kubectl get pods --al', '\t');
  await show('flag');
  await lab.keys('\x15', 'source <(kubectl completion bash)', '\r');
  await lab.pass(2);
  await show('source');
  await lab.keys('kubectl descr', '\t');
  await show('after');
  await lab.keys('\x15', 'complete -o default -F __start_kubectl k', '\r');
  await show('complete');
  await lab.keys('k get svc kub', '\t');
  await show('k');
  await lab.keys('\x15', 'sudo kubectl get no', '\t');
  await show('sudo');
  await lab.keys('\x15', 'ls /etc/host', '\t', '\t');
  await show('file');
  await lab.keys('\x15', 'systemctl restart kub', '\t');
  await show('systemctl');
  await lab.keys('\x15', 'kubectl exec -it web', '\t', '\t');
  await show('exec');
  await lab.keys('\x15', 'kubectl get po -o', '\t', '\t');
  await show('-o');
  await lab.keys('\x15', 'kubectl logs -f deploy/', '\t', '\t');
  await show('deploy/');
}, 120_000);

test('probe paste', async () => {
  const lab = await LabTerminal.open('docker-1', 'docker-1');
  let began = performance.now();
  const lines = Array.from({ length: 5_000 }, (_, at) => `echo line ${String(at)}`).join('\r');
  lab.printed();
  await lab.type(`${lines}\r`, 60);
  let text = lab.printed();
  console.log(
    'raw 5000',
    performance.now() - began,
    text.length,
    (text.match(/\nline \d+\r/g) ?? []).length,
    text.slice(-200),
  );
  began = performance.now();
  await lab.type(`\x1b[200~${lines}\r\x1b[201~`, 5);
  console.log('bracketed typed', performance.now() - began, lab.printed().length);
  await lab.type('\r', 60);
  text = lab.printed();
  console.log(
    'bracketed 5000',
    performance.now() - began,
    text.length,
    (text.match(/^line \d+\r/gm) ?? []).length,
    text.slice(-200),
  );
  began = performance.now();
  await lab.type('cat > /tmp/big\r');
  lab.printed();
  await lab.type(`${'x'.repeat(99)}\r`.repeat(100_000), 60);
  console.log('10MB to cat', performance.now() - began, lab.printed().length);
  await lab.type('\x04', 2);
  await lab.type('wc -c /tmp/big\r', 2);
  console.log(lab.printed().slice(-200));
  began = performance.now();
  await lab.type('echo kept ');
  await lab.type(`\x1b[200~${'y'.repeat(10_000_000)}\x1b[201~`, 30);
  console.log(lab.printed());
  console.log('10MB line at prompt', performance.now() - began, lab.printed().length);
  await lab.type('\x03', 2);
  console.log('^C', performance.now() - began, JSON.stringify(lab.printed().slice(-100)));
  began = performance.now();
  await lab.type(`\x1b[200~${String.fromCharCode(...Array.from({ length: 256 }, (_, at) => at))}\x1b[201~`, 2);
  console.log('binary', performance.now() - began, JSON.stringify(lab.printed().slice(-300)));
  await lab.type('\x03\x15echo alive\r', 2);
  console.log(JSON.stringify(lab.printed().slice(-400)), (await lab.screen()).slice(-3));
}, 240_000);
