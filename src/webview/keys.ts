import type { ViewContext } from './viewContext';

/** The `keyCode` of a key that an input method has taken, also where `isComposing` is not set. */
const TAKEN_BY_INPUT_METHOD = 229;

/** Whether an input method is at work: its Enter chooses a word and never sends. */
export function isComposingKey(event: KeyboardEvent): boolean {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only sign that Safari's and some Linux input methods give
  return event.isComposing || event.keyCode === TAKEN_BY_INPUT_METHOD;
}

/** Enter, or Ctrl/Cmd+Enter where that is set; with Shift or Alt it is never one. */
export function isSendKey(
  event: KeyboardEvent,
  { settings: { sendOn }, isMac }: Pick<ViewContext, 'settings' | 'isMac'>,
): boolean {
  if (event.key !== 'Enter' || event.shiftKey || event.altKey) return false;
  return sendOn === 'enter' || (isMac ? event.metaKey : event.ctrlKey);
}

/** F6 goes to the next zone of the view, with Shift to the one before; `null` for any other key. */
export function zoneStep(event: KeyboardEvent): 1 | -1 | null {
  if (event.key !== 'F6' || event.ctrlKey || event.altKey || event.metaKey) return null;
  return event.shiftKey ? -1 : 1;
}

/** Whether letters pressed there are a text, or a choice. */
export function isTextEntry(target: EventTarget | undefined | null): boolean {
  return target instanceof Element && target.matches('input, textarea, select');
}

/** The answer that Alt+1…9 means, as an index; `null` for any other key. */
export function answerKeyIndex(event: KeyboardEvent): number | null {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return null;
  const digit = /^Digit([1-9])$/.exec(event.code)?.[1];
  return digit === undefined ? null : Number(digit) - 1;
}
