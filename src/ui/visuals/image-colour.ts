/** The colour of an image: stable, from a hash of its name without the tag. */
export function imageColour(image: string): string {
  const name = image.replace(/@.*$/, '').replace(/:[^/]*$/, '');
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i += 1) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193) >>> 0;
  return `hsl(${String(hash % 360)} 55% 58%)`;
}
