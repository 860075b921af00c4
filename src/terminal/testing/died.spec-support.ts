/** Ends a program whose process is gone. */
export class Died extends Error {}
