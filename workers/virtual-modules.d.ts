declare module 'virtual:engine-version' {
  /** Hash of all that the simulation worker loads. */
  export const engineVersion: string;
}
