/**
 * Lines that are left out of the comparison: those that the other side lacks, and, amid such, those that stand there so
 * often that they would match by chance.
 */

/** `surely`: the other side lacks it; `maybe`: it is frequent there. */
type Discard = 'no' | 'surely' | 'maybe';

/** For each line of `classes` whether it is left out. */
export function confusingLines(classes: readonly number[], other: readonly number[]): readonly boolean[] {
  const counts = new Map<number, number>();
  for (const each of other) counts.set(each, (counts.get(each) ?? 0) + 1);
  const many = frequent(classes.length);
  const discards = classes.map((each): Discard => {
    const matches = counts.get(each) ?? 0;
    return matches === 0 ? 'surely' : matches > many ? 'maybe' : 'no';
  });
  for (let at = 0; at < discards.length; at += 1)
    if (discards[at] === 'maybe') discards[at] = 'no';
    else if (discards[at] === 'surely') at = settleRun(discards, at);
  return discards.map((discard) => discard !== 'no');
}

/** Five times the approximate root of the lines' number over 64. */
function frequent(lines: number): number {
  let many = 5;
  for (let rest = lines >> 8; rest > 0; rest >>= 2) many *= 2;
  return many;
}

/** Decides about the doubtful lines of the run that begins at `from`; answers where the next one is looked for. */
function settleRun(discards: Discard[], from: number): number {
  let end = from;
  while (end < discards.length && discards[end] !== 'no') end += 1;
  while (discards[end - 1] === 'maybe') discards[--end] = 'no';
  const length = end - from;
  const doubtful = discards.slice(from, end).filter((discard) => discard === 'maybe').length;
  if (doubtful * 4 > length) {
    for (let at = from; at < end; at += 1) if (discards[at] === 'maybe') discards[at] = 'no';
    return from;
  }
  keepSubruns(discards, from, length);
  keepUntilSure(discards, length, (step) => from + step);
  keepUntilSure(discards, length, (step) => end - 1 - step);
  return end - 1;
}

/** Doubtful lines stay where as many as the root of a quarter of the run follow each other. */
function keepSubruns(discards: Discard[], from: number, length: number): void {
  let minimum = 1;
  for (let rest = length >> 4; rest > 0; rest >>= 2) minimum <<= 1;
  minimum += 1;
  let consecutive = 0;
  for (let step = 0; step < length; step += 1) {
    if (discards[from + step] !== 'maybe') consecutive = 0;
    else {
      consecutive += 1;
      // Once there are enough of them the subrun is gone through again from its beginning.
      if (consecutive === minimum) step -= consecutive;
      else if (consecutive > minimum) discards[from + step] = 'no';
    }
  }
}

/** From one end of the run: doubtful lines stay until three sure ones follow each other, or one stands beyond the eighth. */
function keepUntilSure(discards: Discard[], length: number, place: (step: number) => number): void {
  let consecutive = 0;
  for (let step = 0; step < length && consecutive < 3; step += 1) {
    const at = place(step);
    if (step >= 8 && discards[at] === 'surely') return;
    if (discards[at] === 'surely') consecutive += 1;
    else {
      consecutive = 0;
      discards[at] = 'no';
    }
  }
}
