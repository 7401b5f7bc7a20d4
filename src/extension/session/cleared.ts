// What may leave the machine. A session takes nothing else, and only the outgoing guard
// (`vscode/guard`) makes it: a test holds every other file of the extension to that.

declare const brand: unique symbol;

/** A file or a text that the outgoing guard has let through. */
export type Cleared<T> = T & { readonly [brand]: 'cleared' };

/** Says that something may leave. For the outgoing guard alone. */
export function clear<T>(value: T): Cleared<T> {
  return value as Cleared<T>;
}
