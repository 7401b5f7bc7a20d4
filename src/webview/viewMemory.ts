import { isArrayOf, isNullOr, isShape, isString, type Guard } from '../shared/guards';
import type { Host } from './host';
import type { FormValues } from './rowElement';
import type { Anchor } from './scrollKeeper';

/** What the view keeps for itself while it is hidden. The host keeps the rest. */
export interface Remembered {
  readonly conversationKey: string;
  /** The draft, with the version that the host had given it. */
  readonly text: string;
  readonly version: number;
  /** Counts the person's changes of the draft. */
  readonly edit: number;
  readonly selectionStart: number;
  readonly selectionEnd: number;
  readonly replyTo: string | null;
  /** The form that was last written into. */
  readonly form: FormDraft | null;
  /** Where one had scrolled to; `null` at the end. */
  readonly anchor: Anchor | null;
  /** What was given to the host and has not been seen in the conversation. */
  readonly sending: readonly Sending[];
}

export interface Sending {
  readonly key: string;
  readonly text: string;
  readonly replyTo: string | null;
}

export interface FormDraft {
  readonly key: string;
  readonly values: FormValues;
}

const isNumber: Guard<number> = (value): value is number => typeof value === 'number';

const isRemembered: Guard<Remembered> = isShape<Remembered>({
  conversationKey: isString,
  text: isString,
  version: isNumber,
  edit: isNumber,
  selectionStart: isNumber,
  selectionEnd: isNumber,
  replyTo: isNullOr(isString),
  form: isNullOr(
    isShape<FormDraft>({
      key: isString,
      values: isArrayOf(isArrayOf(isString, 1_000), 1_000),
    }),
  ),
  anchor: isNullOr(isShape<Anchor>({ key: isString, offset: isNumber })),
  sending: isArrayOf(
    isShape<Sending>({ key: isString, text: isString, replyTo: isNullOr(isString) }),
    1_000,
  ),
});

const NOTHING: Omit<Remembered, 'conversationKey'> = {
  text: '',
  version: -1,
  edit: 0,
  selectionStart: 0,
  selectionEnd: 0,
  replyTo: null,
  form: null,
  anchor: null,
  sending: [],
};

/** The view's own state, kept by VS Code for as long as the view may come back. */
export class ViewMemory {
  private state: Remembered | null;

  constructor(private readonly host: Pick<Host, 'readState' | 'writeState'>) {
    const state = host.readState();
    this.state = isRemembered(state) ? state : null;
  }

  /** What is known of a conversation, or nothing: only the last one is kept. */
  of(conversationKey: string): Remembered {
    return this.state?.conversationKey === conversationKey
      ? this.state
      : { ...NOTHING, conversationKey };
  }

  /** Whether what is known of a conversation names rows of it: they may be of any age. */
  namesRows(conversationKey: string): boolean {
    const { anchor, replyTo, sending } = this.of(conversationKey);
    return anchor !== null || replyTo !== null || sending.length > 0;
  }

  get isEmpty(): boolean {
    return this.state === null;
  }

  /** There is no conversation any more: nothing of one is kept. */
  clear(): void {
    this.state = null;
    this.host.writeState(undefined);
  }

  update(conversationKey: string, changes: Partial<Remembered>): void {
    const before = this.of(conversationKey);
    const names = Object.keys(changes) as (keyof Remembered)[];
    // Each writing is a message to VS Code, and each scroll to the end finds the place as it was.
    if (before === this.state && names.every((name) => before[name] === changes[name])) return;
    this.state = { ...before, ...changes };
    this.host.writeState(this.state);
  }
}
