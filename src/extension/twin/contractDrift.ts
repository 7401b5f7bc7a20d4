import type { Logger } from '../core/logger';

/** A server that invents a path each time must not fill the memory or the log. */
const MAX_PATHS = 500;
const MAX_PATH_LENGTH = 120;

/**
 * Notes where TWIN's answers and events deviate from its documents: once for each path, so that the
 * log says what to ask TWIN about without repeating it at every message.
 */
export class ContractDrift {
  private readonly seen = new Set<string>();

  constructor(private readonly logger: Logger) {}

  /**
   * @param path where it stands, without values: `chatMessageCreatedEmit.answers[]`
   * @param expected what the documents say
   * @param actual what came; only its kind is logged, never its content
   */
  report(path: string, expected: string, actual: unknown): void {
    const shown = path.slice(0, MAX_PATH_LENGTH);
    if (this.seen.has(shown) || this.seen.size >= MAX_PATHS) return;
    this.seen.add(shown);
    this.logger.warn(`contract drift: ${shown}: expected ${expected}, got ${kindOf(actual)}`);
  }
}

/** The kind of a value in the words of JSON. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'array';
  if (value === '') return 'empty string';
  return typeof value;
}
