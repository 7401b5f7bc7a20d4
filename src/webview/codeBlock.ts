import { colorCode } from './codeColors';
import { h } from './dom';
import { copyButton, iconButton } from './iconButton';
import type { ViewContext } from './viewContext';

/** A fenced block, as the message brings it. */
export interface Code {
  readonly text: string;
  /** What the fence names. */
  readonly language: string | null;
}

/** UTF-16 units of a language's name that are shown. */
const NAME_LENGTH = 40;

/** Code with a head that says what it is, and what can be done with it. */
export function codeBlock({ text, language }: Code, context: ViewContext): HTMLElement {
  const { t, post } = context;
  const name = language?.slice(0, NAME_LENGTH) ?? t('view.message.code');
  const code = h('code', {}, text);
  if (language !== null) colorCode(code, language);
  return h(
    'div',
    { class: 'code-block', data: { part: 'code' } },
    h(
      'div',
      { class: 'code-head' },
      h('bdi', { class: 'code-name' }, name),
      copyButton(t('view.code.copy'), () => text, context),
      iconButton('insert', t('view.code.insert'), () => {
        post({ type: 'insertCode', text });
      }),
      iconButton('newFile', t('view.code.newFile'), () => {
        post({ type: 'openAsNewFile', text, language });
      }),
    ),
    // A box that scrolls must be reachable by keyboard.
    h('pre', { attrs: { tabindex: '0', role: 'group', 'aria-label': name, dir: 'ltr' } }, code),
  );
}
