/** Judges one step of a lesson against the world as it stands, its history and what the learner answered. */
import type { CheckReport } from '../../protocol/page.ts';
import type { JsonObject, JsonValue } from '../../protocol/plain.ts';
import type { WorldReader } from '../../protocol/simulation.ts';
import type { TraceRecord } from '../../protocol/trace.ts';
import type { Check, HistoryPattern, Lesson, Step } from '../interface.ts';
import { HistoryFold } from './history.ts';
import { describeJudgement, judge, valueAt } from './judge.ts';

/** Runs a command on a host as a process named drydock-check. */
export type Act = (
  host: string,
  argv: readonly string[],
) => Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }>;

interface Verdict {
  readonly passed: boolean;
  readonly describe: string;
  readonly observed: string;
}

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
    const checks: Verdict[] = [];
    const { ask } = this.step;
    if (ask !== undefined) {
      const answer = answers[ask.key];
      checks.push({ passed: answer === ask.answer, describe: `? ${ask.key}`, observed: answer ?? '–' });
    }
    for (const check of this.step.checks) checks.push(await this.#verdict(check, answers));
    for (const [index, pattern] of this.step.never.entries()) {
      const broken = this.#fold.broken(index);
      checks.push({
        passed: broken === undefined,
        describe: `never ${describePattern(pattern)}`,
        observed: broken === undefined ? '–' : `#${String(broken)}`,
      });
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
        return verdict(
          judge(value, check.judge),
          `${check.resource}/${check.name}${check.path === '' ? '' : ` .${check.path}`} ${describeJudgement(check.judge)}`,
          value,
        );
      }
      case 'count': {
        const { where } = check;
        const found = this.reader
          .objects(check.resource, check.namespace)
          .filter((object) => selects(check.selector, object))
          .filter((object) => where === undefined || judge(valueAt(object, check.path), where));
        const condition = where === undefined ? '' : ` .${check.path} ${describeJudgement(where)}`;
        return verdict(
          judge(found.length, check.judge),
          `#${check.resource}(${check.selector})${condition} ${describeJudgement(check.judge)}`,
          found.length,
        );
      }
      case 'file': {
        const text = this.reader.file(check.host, check.path);
        const value = check.json === undefined ? text : valueAt(parseJson(text), check.json);
        return verdict(
          judge(value, check.judge),
          `${check.host}:${check.path}${check.json === undefined ? '' : ` ${check.json}`} ${describeJudgement(check.judge)}`,
          value,
        );
      }
      case 'container': {
        const object = this.reader.container(check.host, check.name);
        const value = check.path === '' ? object : valueAt(object, check.path);
        return verdict(
          judge(value, check.judge),
          `${check.name}${check.path === '' ? '' : ` .${check.path}`} ${describeJudgement(check.judge)}`,
          value,
        );
      }
      case 'history': {
        const met = this.#fold.progress(this.#sequences.indexOf(check));
        const missing = check.events[met];
        return {
          passed: missing === undefined,
          describe: check.events.map(describePattern).join(' → '),
          observed: `${String(met)}/${String(check.events.length)}`,
        };
      }
      case 'answer':
        return verdict(
          judge(answers[check.key], check.judge),
          `? ${check.key} ${describeJudgement(check.judge)}`,
          answers[check.key],
        );
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
    const observed =
      stdout.trim() === '000' || stdout.trim() === ''
        ? `exit ${String(code)} ${stderr.trim().split('\n').at(-1) ?? ''}`.trim()
        : stdout.trim();
    return { passed: stdout.trim() === String(status), describe: `${from} → ${to} = ${String(status)}`, observed };
  }
}

function verdict(passed: boolean, describe: string, value: JsonValue): Verdict {
  const observed = value === undefined ? '–' : typeof value === 'string' ? value : JSON.stringify(value);
  return { passed, describe, observed: observed.length > 160 ? `${observed.slice(0, 160)}…` : observed };
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

const describePattern = ({ type, subject }: HistoryPattern): string =>
  subject === undefined ? type : `${type} ${subject}`;
