/** Everything of the daemon that answers over time. */
import type { Engine } from '../model.ts';
import { Attaching } from './attaching.ts';
import { Execs } from './execs.ts';
import { LogStreams } from './log-streams.ts';
import { OpenStreams } from './open-streams.ts';
import { StatsAndEvents } from './stats-and-events.ts';

export class Streams {
  readonly open: OpenStreams;
  readonly attaching: Attaching;
  readonly execs: Execs;
  readonly logs: LogStreams;
  readonly reports: StatsAndEvents;

  constructor(engine: Engine) {
    this.open = new OpenStreams(engine);
    this.logs = new LogStreams(engine, this.open);
    this.attaching = new Attaching(engine, this.open, this.logs);
    this.execs = new Execs(engine, this.open);
    this.reports = new StatsAndEvents(engine, this.open);
  }
}
