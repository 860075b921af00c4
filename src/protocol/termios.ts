/** What a terminal does with the bytes that pass, and how large it is: the settings of termios(3) that are modelled. */

export interface Termios {
  /** ICANON: line at a time with erase, kill and end of file. */
  readonly canonical: boolean;
  readonly echo: boolean;
  /** ISIG: ^C ^Z ^\ become signals. */
  readonly signals: boolean;
  /** ICRNL on input, ONLCR on output. */
  readonly mapCrToNl: boolean;
  readonly outputNlToCrNl: boolean;
  /** IXON: ^S and ^Q stop and start output. */
  readonly flowControl: boolean;
}
export interface WindowSize {
  readonly columns: number;
  readonly rows: number;
}
