/** How the person reads each message: kept while the view lives, also for rows that are not drawn. */
export interface Reading {
  /** Keys of the messages that are shown as they came. */
  readonly raw: Set<string>;
  /** How much of what begins folded is shown, by a key of its place; what is not here is folded. */
  readonly shown: Map<string, number>;
}

export function createReading(): Reading {
  return { raw: new Set(), shown: new Map() };
}
