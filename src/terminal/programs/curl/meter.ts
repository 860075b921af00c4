/**
 * curl's progress meter on standard error, for transfers whose body does not go to a terminal (curl lib/progress.c):
 * the head once, then a line that is written over: at the start, in each new second, at the end.
 */
import type { Process } from '../../../protocol/program.ts';
import type { Io } from '../../io.ts';
import type { Settings } from './settings.ts';

const HEAD =
  '  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n' +
  '                                 Dload  Upload   Total   Spent    Left  Speed\n';

const BAR_COLUMNS = 72;

/** What a transfer tells while it goes on. */
export interface Progress {
  /** Another request of the same transfer: counts begin anew. */
  begin(toSend: number): Promise<void>;
  sent(): void;
  /** How much the server says will come. */
  expect(bytes: number | undefined): void;
  receive(bytes: number): Promise<void>;
  /** The last line; the cursor goes below it. */
  end(): Promise<void>;
}

/** What the options ask for; nothing where the body itself is on the terminal. */
export function progressOf(process: Process, io: Io, settings: Settings, bodyIsShown: boolean): Progress | undefined {
  if (bodyIsShown || settings.on('silent') || settings.off('progress-meter')) return undefined;
  return settings.on('progress-bar') ? new Bar(io) : new Meter(process, io);
}

/** curl --progress-bar: the whole bar when all has come. */
class Bar implements Progress {
  #received = 0;

  constructor(private readonly io: Io) {}

  begin(): Promise<void> {
    this.#received = 0;
    return Promise.resolve();
  }
  sent(): void {
    // The bar is of what comes.
  }
  expect(): void {
    // It is drawn at the end only.
  }
  receive(bytes: number): Promise<void> {
    this.#received += bytes;
    return Promise.resolve();
  }
  async end(): Promise<void> {
    if (this.#received > 0) await this.io.raw(`\r${'#'.repeat(BAR_COLUMNS)} 100.0%\n`);
  }
}

class Meter implements Progress {
  readonly #startedUs: number;
  #shownSecond = -1;
  #headed = false;
  /** Bytes that have come, and that will where the server has said so. */
  #received = 0;
  #expected: number | undefined;
  #sent = 0;
  #toSend = 0;

  constructor(
    private readonly process: Process,
    private readonly io: Io,
  ) {
    this.#startedUs = process.time().monotonicUs;
  }

  begin(toSend: number): Promise<void> {
    [this.#received, this.#expected, this.#sent, this.#toSend] = [0, undefined, 0, toSend];
    return this.#show();
  }

  sent(): void {
    this.#sent = this.#toSend;
  }

  expect(bytes: number | undefined): void {
    this.#expected = bytes;
  }

  async receive(bytes: number): Promise<void> {
    this.#received += bytes;
    const second = Math.floor(this.#elapsedUs / 1e6);
    if (second !== this.#shownSecond) await this.#show();
  }

  async end(): Promise<void> {
    await this.#show();
    await this.io.raw('\n');
  }

  get #elapsedUs(): number {
    return this.process.time().monotonicUs - this.#startedUs;
  }

  async #show(): Promise<void> {
    this.#shownSecond = Math.floor(this.#elapsedUs / 1e6);
    const head = this.#headed ? '' : HEAD;
    this.#headed = true;
    await this.io.raw(`${head}\r${this.#line()}`);
  }

  #line(): string {
    const seconds = this.#elapsedUs / 1e6;
    const speed = (bytes: number): number => (seconds > 0 ? Math.round(bytes / seconds) : 0);
    const [down, up] = [speed(this.#received), speed(this.#sent)];
    const estimates = [secondsFor(this.#expected, down), secondsFor(this.#toSend, up)];
    const total = Math.max(...estimates);
    const spent = Math.floor(seconds);
    const all = (this.#expected ?? 0) + this.#toSend;
    return [
      `${percent(this.#received + this.#sent, all)} ${max5(all === 0 ? this.#received + this.#sent : all)}  ` +
        `${percent(this.#received, this.#expected ?? 0)} ${max5(this.#received)}  ` +
        `${percent(this.#sent, this.#toSend)} ${max5(this.#sent)}`,
      max5(down).padStart(6),
      max5(up).padStart(6),
      clock(total),
      clock(spent),
      clock(total > spent ? total - spent : 0),
      max5(down + up),
    ].join(' ');
  }
}

const secondsFor = (bytes: number | undefined, speed: number): number =>
  bytes === undefined || speed === 0 ? 0 : Math.floor(bytes / speed);

const percent = (done: number, of: number): string => String(of === 0 ? 0 : Math.floor((100 * done) / of)).padStart(3);

/** Five columns: 99999, 9999k, 99.9M, 9999M and on. */
function max5(bytes: number): string {
  if (bytes < 100_000) return String(bytes).padStart(5);
  if (bytes < 10_000 * 1024) return `${String(Math.floor(bytes / 1024)).padStart(4)}k`;
  if (bytes < 100 * 1_048_576) {
    const whole = Math.floor(bytes / 1_048_576);
    return `${String(whole).padStart(2)}.${String(Math.floor((bytes % 1_048_576) / (1_048_576 / 10)))}M`;
  }
  return `${String(Math.floor(bytes / 1_048_576)).padStart(4)}M`;
}

function clock(seconds: number): string {
  if (seconds <= 0) return '--:--:--';
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${String(Math.floor(seconds / 3600)).padStart(2)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
