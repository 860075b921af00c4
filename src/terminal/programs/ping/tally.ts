/** What has happened in one call of ping so far. */
export class Tally {
  sent = 0;
  errors = 0;
  readonly timesUs: number[] = [];
  firstSentUs: number;
  lastSentUs: number;
  /** The most that were on their way at once. */
  pipe = 0;
  readonly answered = new Set<number>();
  /** The moving average of round trips: a new one counts for an eighth. */
  ewmaUs = 0;

  constructor(nowUs: number) {
    this.firstSentUs = nowUs;
    this.lastSentUs = nowUs;
  }

  addTime(us: number): void {
    this.ewmaUs = this.timesUs.length === 0 ? us : this.ewmaUs + (us - this.ewmaUs) / 8;
    this.timesUs.push(us);
  }
}
