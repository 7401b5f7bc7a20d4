/** From each state to those that may follow it. */
export type StateTable<S extends string> = Readonly<Record<S, readonly S[]>>;

/** A step that a state table does not know: a mistake in the code, never of the server. */
export class IllegalTransitionError extends Error {
  override readonly name = 'IllegalTransitionError';
}

/**
 * Takes a step of a state machine.
 *
 * @param what the machine's name, for the error
 * @returns `to`
 * @throws IllegalTransitionError when the table has no such step
 */
export function step<S extends string>(table: StateTable<S>, what: string, from: S, to: S): S {
  if (!table[from].includes(to)) throw new IllegalTransitionError(`${what}: ${from} → ${to}`);
  return to;
}
