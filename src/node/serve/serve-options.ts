export interface ServeOptions {
  readonly topology: string;
  readonly seed: number;
  /** Simulated seconds per second. */
  readonly speed: number;
  /** 0 picks a free port. */
  readonly kubePort: number;
  readonly dockerPort: number;
  /** The host whose Docker Engine is served; the topology's first that has one. */
  readonly dockerHost: string | undefined;
}

export const SERVE_USAGE =
  'usage: serve [--topology T] [--seed N] [--speed N] [--kube-port P] [--docker-port P] [--docker-host H]';

/** Reads the command line; a string is what is wrong with it. */
export function parseServeOptions(args: readonly string[]): ServeOptions | string {
  const given = new Map<string, string>();
  for (let i = 0; i < args.length; i += 1) {
    const [flag = '', inline] = (args[i] ?? '').split(/=(.*)/s);
    if (!['--topology', '--seed', '--speed', '--kube-port', '--docker-port', '--docker-host'].includes(flag))
      return `unknown argument ${flag}`;
    if (inline === undefined) i += 1;
    const value = inline ?? args[i];
    if (value === undefined) return `${flag} takes a value`;
    given.set(flag, value);
  }
  const number = (flag: string, otherwise: number): number => (given.has(flag) ? Number(given.get(flag)) : otherwise);
  const options: ServeOptions = {
    topology: given.get('--topology') ?? 'kubeadm-3',
    seed: number('--seed', 1),
    speed: number('--speed', 1),
    kubePort: number('--kube-port', 0),
    dockerPort: number('--docker-port', 0),
    dockerHost: given.get('--docker-host'),
  };
  const isPort = (port: number): boolean => Number.isInteger(port) && port >= 0 && port < 65_536;
  if (!Number.isSafeInteger(options.seed)) return '--seed takes a whole number';
  if (!(options.speed > 0)) return '--speed takes a positive number';
  if (!isPort(options.kubePort) || !isPort(options.dockerPort)) return 'a port is a number up to 65535';
  return options;
}
