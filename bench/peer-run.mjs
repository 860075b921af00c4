/**
 * node bench/peer-run.mjs ROW: one measurement of the published package @ngrok/webernetes, in a process of its own; prints ms.
 * It runs as its documentation says: real time, its default three nodes, an image of the size of ours (a web server).
 */
import { BaseImage, Cluster } from '@ngrok/webernetes';

class Nginx extends BaseImage {
  static imageName = 'nginx';
  static imageVersion = 'latest';
  defaultCommand = ['nginx'];
  async exec(context, argv) {
    if (argv[0] !== 'nginx') return super.exec(context, argv);
    context.listenHttp(80, () => Promise.resolve({ statusCode: 200, body: 'Welcome to nginx!\n' }));
    return context.waitUntilKilled();
  }
}

const ready = ({ items }) =>
  items.filter(({ status }) =>
    (status?.conditions ?? []).some(({ type, status: is }) => type === 'Ready' && is === 'True'),
  ).length;
const poll = async (list, done) => {
  for (;;) {
    const pods = await list();
    if (done(pods)) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};

const [row] = process.argv.slice(2);
const cluster = new Cluster();
cluster.registerImage(Nginx);
const begin = performance.now();
await cluster.init();
const up = () =>
  poll(
    () => cluster.api.corev1.listNamespacedPod({ namespace: 'kube-system' }),
    (pods) => pods.items.length > 0 && ready(pods) === pods.items.length,
  );
await up();
if (row === 'up') console.log(performance.now() - begin);
else {
  const start = performance.now();
  const labels = { app: 'web' };
  await cluster.apply([
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', namespace: 'default' },
      spec: {
        replicas: 100,
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers: [{ name: 'nginx', image: 'nginx' }] } },
      },
    },
  ]);
  await poll(
    () => cluster.api.corev1.listNamespacedPod({ namespace: 'default' }),
    (pods) => ready(pods) === 100,
  );
  console.log(performance.now() - start);
}
process.exit(0);
