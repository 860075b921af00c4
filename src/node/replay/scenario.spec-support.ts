/** One story that every kind of run tells: its inputs come as events at fixed virtual times, so the outside cannot shift them. */
import { topologyOf } from '../../engine/assembly/topologies.ts';
import type { DrydockSandbox, Fingerprint } from '../../engine/sandbox.ts';
import { createSandbox } from '../../engine/sandbox.ts';
import type { Component } from '../../engine/sim/component.ts';
import type { DriveHost } from '../../engine/sim/drive.ts';
import { drive } from '../../engine/sim/drive.ts';
import { RunningHash } from '../../engine/sim/hash.ts';
import { decodeUtf8 } from '../../protocol/bytes.ts';
import type { Plain } from '../../protocol/plain.ts';
import type { Program, ProgramTable } from '../../protocol/program.ts';
import type { Input } from '../../protocol/simulation.ts';
import { programs } from '../../terminal/program-table.ts';

const SIZE = { columns: 80, rows: 24 };
const open = (terminal: string, host: string): Input => ({ type: 'terminal.open', terminal, host, size: SIZE });
const type = (terminal: string, text: string): Input => ({ type: 'terminal.type', terminal, text });

/** Seconds after the boot, and what comes then. */
const STORY: readonly (readonly [second: number, input: Input])[] = [
  [0, open('main', 'control-plane')],
  [0, open('watch', 'control-plane')],
  [0, open('worker', 'worker-1')],
  [1, type('watch', 'kubectl get pods -w\r')],
  [1.5, type('main', 'kubectl create deployment web --image=nginx --replicas=3\r')],
  [6, type('main', 'kubectl expose deployment web --port=80\r')],
  [
    9,
    type('main', 'kubectl run c --image=curlimages/curl --restart=Never -it --rm -- curl -s http://web | grep title\r'),
  ],
  [16, type('main', 'kubectl delete $(kubectl get pods -l app=web -o name | head -n 1)\r')],
  [20, type('main', 'kubectl scale deployment web --replicas=5\r')],
  [24, type('main', "KUBE_EDITOR='sed -i /replicas:/s/5/2/' kubectl edit deployment web\r")],
  [25, type('worker', 'docker run -d --name d nginx && docker ps && echo $RANDOM\r')],
  [
    27.25,
    {
      type: 'file.write',
      host: 'control-plane',
      path: '/root/pod.yaml',
      text: 'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: p, image: busybox, command: [sleep, "3600"]}]}\n',
    },
  ],
  [28, type('main', 'kubectl apply -f pod.yaml; date; ls -la\r')],
  [
    30,
    {
      type: 'request',
      exchange: 'list',
      server: 'kubernetes',
      request: { method: 'GET', target: '/api/v1/namespaces/default/pods', headers: {} },
    },
  ],
  [31, { type: 'fault', fault: { kind: 'taint', node: 'worker-2', key: 'broken', effect: 'NoExecute' } }],
  [33, type('watch', '\x03')],
];
const END_SECOND = 40;

class Director implements Component {
  constructor(
    private readonly sandbox: DrydockSandbox,
    private readonly ended: () => void,
  ) {}
  begin(): void {
    const { loop } = this.sandbox.simulation;
    for (const [index, [second]] of STORY.entries()) loop.schedule(second * 1e6, 'director', 'input', { index });
    loop.schedule(END_SECOND * 1e6, 'director', 'end');
  }
  handle(type: string, payload: Plain): void {
    if (type === 'end') {
      this.ended();
      return;
    }
    const [, input] = STORY[(payload as { index: number }).index] ?? [];
    if (input !== undefined) this.sandbox.apply(input);
  }
  snapshot(): Plain {
    return null;
  }
  restore(): void {
    // The story is in the loop's events.
  }
}

export interface StoryRun extends Fingerprint {
  /** Over everything that terminals showed. */
  readonly screens: string;
}

export interface StoryWorld {
  readonly sandbox: DrydockSandbox;
  /** To be called when the world is up. */
  begin(): void;
  /** What the story came to, once it has ended. */
  result(): StoryRun | undefined;
  text(terminal: string): string;
}

export function storyWorld(table: ProgramTable = programs): StoryWorld {
  const topology = topologyOf('kubeadm-3');
  if (topology === undefined) throw new Error('kubeadm-3 is gone');
  const sandbox = createSandbox({ topology, seed: 7, programs: table });
  let result: StoryRun | undefined;
  const texts = new Map<string, string>();
  const director = new Director(sandbox, () => {
    const hash = new RunningHash();
    for (const [terminal, text] of texts) hash.update(`${terminal}\n${text}`);
    result = { ...sandbox.fingerprint(), screens: hash.digest() };
  });
  sandbox.simulation.loop.register('director', director);
  sandbox.listen((output) => {
    if (output.type === 'terminal.output')
      texts.set(output.terminal, (texts.get(output.terminal) ?? '') + decodeUtf8(output.bytes));
  });
  return {
    sandbox,
    begin: () => {
      director.begin();
    },
    result: () => result,
    text: (terminal) => texts.get(terminal) ?? '',
  };
}

/** The whole story at full speed. */
export async function tellStory(host: DriveHost, table?: ProgramTable): Promise<StoryRun & { readonly main: string }> {
  const world = storyWorld(table);
  await world.sandbox.boot(host);
  world.begin();
  await drive(world.sandbox.simulation, host, { stop: () => world.result() !== undefined });
  const result = world.result();
  if (result === undefined) throw new Error('the story did not come to its end');
  return { ...result, main: world.text('main') };
}

/** The programs with a `date` that asks the real clock. */
export function withPlantedClock(): ProgramTable {
  const planted: Program = {
    name: 'date',
    run: async (process) => {
      await process.write(
        1,
        Uint8Array.from(`${String(Date.now())}\n`, (char) => char.charCodeAt(0)),
      );
      return 0;
    },
  };
  return new Map([...programs, ['date', planted]]);
}
