// Everything of Microsoft's webview toolkit that the view uses, so that it can be replaced here.
// Its controls are heavy (a button is 32 nodes): they make the frame, rows use native buttons.

import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeTextArea,
  type Button,
  type TextArea,
} from '@vscode/webview-ui-toolkit';
import { icon, type IconName } from './icons';

export type FrameButton = Button;

declare global {
  interface HTMLElementTagNameMap {
    'vscode-button': Button;
    'vscode-text-area': TextArea;
  }
}

/** Registers the controls. Call it once, before anything is drawn. */
export function registerToolkit(): void {
  provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeTextArea());
}

/** A button with words. */
export function textButton(
  label: string,
  appearance: 'primary' | 'secondary',
  onClick: () => void,
): FrameButton {
  const button = document.createElement('vscode-button');
  button.appearance = appearance;
  button.textContent = label;
  button.addEventListener('click', onClick);
  return button;
}

/** A button that shows an icon and says `label`; `hint` is its tooltip. */
export function iconButton(
  name: IconName,
  label: string,
  hint: string,
  onClick: () => void,
): FrameButton {
  const button = document.createElement('vscode-button');
  button.setAttribute('aria-label', label);
  button.setAttribute('appearance', 'icon');
  button.title = hint;
  button.append(icon(name));
  button.addEventListener('click', onClick);
  return button;
}

/** A growing box for text. */
export interface TextBox {
  readonly element: HTMLElement;
  text: string;
  /** Where the caret is; both ends in UTF-16 units. */
  selection: readonly [start: number, end: number];
  /** Names the box for screen readers; works only once it is in the page. */
  setName(name: string): void;
  onInput(listener: () => void): void;
}

/** Makes the text box. Its height follows its text (see composer.css). */
export function textBox(placeholder: string): TextBox {
  const area = document.createElement('vscode-text-area');
  area.placeholder = placeholder;
  area.spellcheck = true;
  return {
    element: area,
    get text() {
      return area.value;
    },
    set text(text) {
      area.value = text;
      // The control passes it on a frame later, and would move the caret then.
      area.control.value = text;
    },
    get selection(): readonly [start: number, end: number] {
      return [area.control.selectionStart, area.control.selectionEnd];
    },
    set selection([start, end]: readonly [start: number, end: number]) {
      area.control.setSelectionRange(start, end);
    },
    // The control overwrites `aria-label` when it connects.
    setName: (name) => {
      area.setAttribute('aria-label', name);
    },
    onInput: (listener) => {
      area.addEventListener('input', listener);
    },
  };
}
