/** The program cannot go on. */
export class Fatal extends Error {}
