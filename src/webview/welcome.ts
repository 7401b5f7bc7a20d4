import { h } from './dom';
import { icon } from './icons';
import { textButton } from './toolkit';
import type { ViewContext } from './viewContext';

/** What is shown where there is no conversation: how to come to one. */
export function welcome({ t, settings, post }: ViewContext): HTMLElement {
  const { hasChatId, hasProfiles, profile } = settings;
  const startWords =
    profile === null ? t('view.welcome.start') : t('view.welcome.startProfile', { profile });
  const start = textButton(startWords, 'primary', () => {
    post({ type: 'startChat' });
  });
  const chatId = textButton(
    t(hasChatId ? 'view.welcome.otherChatId' : 'view.welcome.chatId'),
    hasChatId ? 'secondary' : 'primary',
    () => {
      post({ type: 'setChatId' });
    },
  );
  const profiles = textButton(t('view.header.chooseProfile'), 'secondary', () => {
    post({ type: 'chooseProfile' });
  });
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
    ...(hasProfiles ? [profiles] : []),
    chatId,
    demo,
    h('p', { class: 'quiet' }, t('view.welcome.demoHint')),
  );
}
