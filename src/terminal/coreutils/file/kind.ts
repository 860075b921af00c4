/** What file says of a content. */
export interface Kind {
  readonly text: string;
  readonly mime: string;
  readonly charset: string;
}
