/** GNU's second line after a complaint about a call. */
export const helpHint = ({ name }: { readonly name: string }): string => `Try '${name} --help' for more information.`;
