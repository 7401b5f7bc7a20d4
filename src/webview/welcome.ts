import { h } from './dom';
import { icon } from './icons';
import { textButton } from './toolkit';
import type { ViewContext } from './viewContext';

/** What is shown where there is no conversation: how to come to one. */
export function welcome({ t, settings, post }: ViewContext): HTMLElement {
  const { hasChatId } = settings;
  const start = textButton(t('view.welcome.start'), 'primary', () => {
    post({ type: 'startChat' });
  });
  const chatId = textButton(
    t(hasChatId ? 'view.welcome.otherChatId' : 'view.welcome.chatId'),
    hasChatId ? 'secondary' : 'primary',
    () => {
      post({ type: 'setChatId' });
    },
  );
  const demo = textButton(t('view.welcome.demo'), 'secondary', () => {
    post({ type: 'startDemo' });
  });
  return h(
    'div',
    { class: 'centre welcome' },
    icon('chat'),
    h('p', { class: 'title' }, t('view.welcome.title')),
    h('p', {}, t('view.welcome.text')),
    ...(hasChatId ? [start] : []),
    chatId,
    demo,
    h('p', { class: 'quiet' }, t('view.welcome.demoHint')),
  );
}
