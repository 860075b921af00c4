/** A sandbox with a lesson in it, driven at full speed: what proves lessons. */
import { createSandbox } from '../engine/sandbox.ts';
import type { DrydockSandbox } from '../engine/sandbox.ts';
import { topologyOf } from '../engine/assembly/topologies.ts';
import { drive } from '../engine/sim/drive.ts';
import type { Lesson } from '../lessons/interface.ts';
import { LessonRun } from '../lessons/lesson-run.ts';
import type { CheckReport } from '../protocol/page.ts';
import { programs } from '../terminal/program-table.ts';
import { macrotask } from './macrotask.ts';

const SECOND_US = 1_000_000;
/** Virtual time that a command may take. */
const COMMAND_LIMIT_US = 600 * SECOND_US;

type Done = { readonly code: number; readonly stdout: string; readonly stderr: string };

export class LessonWorldUnderNode {
  #checks = 0;
  private constructor(
    readonly sandbox: DrydockSandbox,
    readonly run: LessonRun,
  ) {}

  /** The lesson's start state. Throws where the lesson's own setup fails: the lesson is broken. */
  static async start(lesson: Lesson): Promise<LessonWorldUnderNode> {
    const topology = topologyOf(lesson.world);
    if (topology === undefined) throw new Error(`${lesson.id}: no topology ${lesson.world}`);
    const sandbox = createSandbox({ topology, seed: lesson.seed, programs });
    const world: LessonWorldUnderNode = new LessonWorldUnderNode(
      sandbox,
      new LessonRun(lesson, {
        reader: sandbox.reader,
        input: (input) => {
          sandbox.apply(input);
        },
        act: (host, argv) => world.act(host, argv),
      }),
    );
    sandbox.extend('lesson', world.run);
    await sandbox.boot({ macrotask });
    const wrong = await world.run.prepare();
    if (wrong !== undefined) throw new Error(wrong);
    return world;
  }

  async act(host: string, argv: readonly string[]): Promise<Done> {
    this.#checks += 1;
    const check = `act-${String(this.#checks)}`;
    let done: Done | undefined;
    const stop = this.sandbox.listen((output) => {
      if (output.type === 'check.done' && output.check === check) done = output;
    });
    this.sandbox.apply({ type: 'check', check, host, argv });
    const { simulation } = this.sandbox;
    await drive(
      simulation,
      { macrotask },
      { stop: () => done !== undefined, untilUs: simulation.clock.nowUs + COMMAND_LIMIT_US },
    );
    stop();
    return (
      done ?? {
        code: 124,
        stdout: '',
        stderr: `${argv.join(' ')} did not end in ${String(COMMAND_LIMIT_US / SECOND_US)} s`,
      }
    );
  }

  /** Types commands as a learner would: one shell for all of them. */
  async type(commands: readonly string[]): Promise<void> {
    if (commands.length > 0) await this.act(this.run.lesson.host, ['bash', '-c', `cd /root\n${commands.join('\n')}`]);
  }

  async advance(seconds: number): Promise<void> {
    const { simulation } = this.sandbox;
    const untilUs = simulation.clock.nowUs + seconds * SECOND_US;
    await drive(simulation, { macrotask }, { untilUs });
    if (simulation.clock.nowUs < untilUs) simulation.clock.advanceTo(untilUs);
  }

  /** Checks every virtual second until the step passes or the time is over. */
  async settle(step: string, answers: Readonly<Record<string, string>>, seconds: number): Promise<CheckReport> {
    for (let second = 0; ; second += 1) {
      const report = await this.run.check(step, answers);
      if (report.passed || second >= seconds) return report;
      await this.advance(1);
    }
  }
}
