/** Two texts of which nothing may be lost: the one that holds the other, else one after the other. */
export function bothTexts(first: string, second: string): string {
  if (first.includes(second)) return first;
  return second.includes(first) ? second : `${first}\n\n${second}`;
}
