/** How telnet works, as its commands set it. */

/** The character that leads to the prompt; none where it is off. */
export interface Escape {
  byte: number | undefined;
}

export interface Settings {
  readonly escape: Escape;
  /** A return that is typed by itself leaves as CR LF. */
  crlf: boolean;
}
