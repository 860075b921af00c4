/** Judges one step of a lesson against the world as it stands, its history and what the learner answered. */
import type { CheckFinding, CheckReport, Found } from '../../protocol/page.ts';
import type { JsonObject, JsonValue } from '../../protocol/plain.ts';
import type { WorldReader } from '../../protocol/simulation.ts';
import type { TraceRecord } from '../../protocol/trace.ts';
import type { Check, Lesson, Step } from '../interface.ts';
import { HistoryFold } from './history.ts';
import { itemsAt, judge, valueAt } from './judge.ts';

/** Runs a command on a host as a process named drydock-check. */
export type Act = (
  host: string,
  argv: readonly string[],
) => Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }>;

type Verdict = Pick<CheckFinding, 'passed' | 'found'>;

const REQUEST_SECONDS = '3';

export class StepChecker {
  readonly #fold: HistoryFold;
  readonly #sequences: readonly Check[];

  constructor(
    private readonly lesson: Pick<Lesson, 'host'>,
    private readonly step: Step,
    private readonly reader: WorldReader,
    private readonly act: Act,
    history?: ReturnType<HistoryFold['state']>,
  ) {
    this.#sequences = [...step.checks, ...step.feedback.map(({ when }) => when)].filter(
      ({ type }) => type === 'history',
    );
    this.#fold = new HistoryFold(
      this.#sequences.map((check) => (check.type === 'history' ? check.events : [])),
      step.never,
      history,
    );
  }

  /** Hears every record of the trace from the step's beginning. */
  observe(record: TraceRecord): void {
    this.#fold.observe(record);
  }

  /** How far the history has come, to be kept with the sandbox. */
  history(): ReturnType<HistoryFold['state']> {
    return this.#fold.state();
  }

  async check(answers: Readonly<Record<string, string>>): Promise<CheckReport> {
    const checks: CheckFinding[] = [];
    const { ask } = this.step;
    if (ask !== undefined) {
      const answer = answers[ask.key];
      checks.push({ of: 'ask', at: 0, ...verdict(answer === ask.answer, answer) });
    }
    for (const [at, check] of this.step.checks.entries())
      checks.push({ of: 'check', at, ...(await this.#verdict(check, answers)) });
    for (const at of this.step.never.keys()) {
      const met = this.#fold.broken(at) === undefined ? 0 : 1;
      checks.push({ of: 'never', at, passed: met === 0, found: { kind: 'events', met } });
    }
    const passed = checks.every((verdict) => verdict.passed);
    const feedback = passed ? undefined : await this.#feedback(answers);
    return { step: this.step.id, passed, checks, ...(feedback === undefined ? {} : { feedback }) };
  }

  async #feedback(answers: Readonly<Record<string, string>>): Promise<string | undefined> {
    for (const { when, say } of this.step.feedback) if ((await this.#verdict(when, answers)).passed) return say;
    return undefined;
  }

  async #verdict(check: Check, answers: Readonly<Record<string, string>>): Promise<Verdict> {
    switch (check.type) {
      case 'object': {
        const object = this.reader.object(check.resource, check.namespace, check.name);
        const value = check.path === '' ? object : valueAt(object, check.path);
        return verdict(judge(value, check.judge), value);
      }
      case 'count': {
        const { each, where } = check;
        const count = this.reader
          .objects(check.resource, check.namespace)
          .filter((object) => selects(check.selector, object))
          .flatMap((object): readonly JsonValue[] => (each === undefined ? [object] : itemsAt(object, each)))
          .filter((item) => where === undefined || judge(valueAt(item, check.path), where)).length;
        return { passed: judge(count, check.judge), found: { kind: 'count', count } };
      }
      case 'file': {
        const text = this.reader.file(check.host, check.path);
        const value = check.json === undefined ? text : valueAt(parseJson(text), check.json);
        return verdict(judge(value, check.judge), value);
      }
      case 'container': {
        const object = this.reader.container(check.host, check.name);
        const value = check.path === '' ? object : valueAt(object, check.path);
        return verdict(judge(value, check.judge), value);
      }
      case 'history': {
        const met = this.#fold.progress(this.#sequences.indexOf(check));
        return { passed: met === check.events.length, found: { kind: 'events', met } };
      }
      case 'answer':
        return verdict(judge(answers[check.key], check.judge), answers[check.key]);
      case 'http':
        return this.#request(check);
    }
  }

  async #request({ from, to, status }: Extract<Check, { type: 'http' }>): Promise<Verdict> {
    const curl = ['curl', '-s', '-o', '/dev/null', '-w', '%{http_code}', '--max-time', REQUEST_SECONDS, to];
    const [kind, name = ''] = from.split('/');
    const { code, stdout, stderr } =
      kind === 'pod'
        ? await this.act(this.lesson.host, ['kubectl', 'exec', name, '--', ...curl])
        : await this.act(name, curl);
    const answer = stdout.trim();
    if (answer !== '' && answer !== '000')
      return { passed: answer === String(status), found: { kind: 'value', text: answer } };
    const words = stderr.trim().split('\n').at(-1) ?? '';
    return { passed: false, found: { kind: 'no-answer', exit: code, words } };
  }
}

const LONGEST_TOLD = 160;

function verdict(passed: boolean, value: JsonValue): Verdict {
  return { passed, found: foundOf(value) };
}

function foundOf(value: JsonValue): Found {
  if (value === undefined || value === null) return { kind: 'nothing' };
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (text.length <= LONGEST_TOLD) return { kind: 'value', text };
  return typeof value === 'string' ? { kind: 'value', text: `${text.slice(0, LONGEST_TOLD)}…` } : { kind: 'object' };
}

/** Equality selectors: `app=web,tier!=db,env`. */
function selects(selector: string, object: JsonObject): boolean {
  const labels = valueAt(object, 'metadata.labels');
  const labelOf = (key: string): JsonValue =>
    typeof labels === 'object' && labels !== null && !Array.isArray(labels) ? (labels as JsonObject)[key] : undefined;
  return selector
    .split(',')
    .filter((term) => term !== '')
    .every((term) => {
      const [key = '', operator, value = ''] = term.split(/(!=|=)/);
      if (operator === undefined) return labelOf(key) !== undefined;
      return (labelOf(key) === value) === (operator === '=');
    });
}

function parseJson(text: string | undefined): JsonValue {
  try {
    return text === undefined ? undefined : (JSON.parse(text) as JsonValue);
  } catch {
    return undefined;
  }
}
