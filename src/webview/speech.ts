import type { MessageRow, Row } from '../shared/conversation';
import { displayName } from '../shared/displayName';
import { happeningText } from '../shared/happeningText';
import { peerName } from '../shared/peerName';
import { ANSWER_KEYS } from './answers';
import { spokenText } from './messageBody';
import { changesOf, type ShownConversation } from './shownConversation';
import type { ViewContext } from './viewContext';

/** UTF-16 units of a message that are spoken: who wants the rest goes to the message. */
const SPOKEN_LENGTH = 600;

/** Has each new row spoken once, in order. What was there before the view came is not news. */
export class Speech {
  private conversation: ShownConversation | null = null;

  update(conversation: ShownConversation, context: ViewContext): void {
    const { announcer, t } = context;
    const before = this.conversation;
    this.conversation = conversation;
    if (before?.key !== conversation.key) return;
    for (const { row, before: old } of changesOf(before, conversation)) {
      if (old === null) announcer.say(rowWords(row, context));
      if (hasFailed(row) && !hasFailed(old))
        announcer.say(t('view.announce.failed', { text: spokenText(row.text, SPOKEN_LENGTH) }));
    }
  }
}

function hasFailed(row: Row | null): row is MessageRow {
  return row?.kind === 'message' && row.delivery === 'failed';
}

function rowWords(row: Row, context: ViewContext): string {
  return row.kind === 'message'
    ? messageWords(row, context)
    : happeningText(row.happening, context.t, context.formats);
}

function answerWords({ answers }: MessageRow, t: ViewContext['t']): string {
  if (answers.length === 0) return '';
  const left = answers.length - ANSWER_KEYS;
  const spoken = answers.slice(0, ANSWER_KEYS).join(', ');
  const words = left > 0 ? `${spoken}, ${t('view.message.more', { count: left })}` : spoken;
  return t('view.announce.answers', { answers: words });
}

function messageWords(row: MessageRow, { t }: ViewContext): string {
  const names = row.attachments.map(({ name }) => displayName(name)).join(', ');
  const parts = [
    spokenText(row.text, SPOKEN_LENGTH),
    names === '' ? '' : t('view.announce.attachments', { names }),
    answerWords(row, t),
  ].filter((part) => part !== '');
  const author = peerName(row.author, row.authorName, t);
  return t('view.announce.said', { author, text: parts.join(' ') });
}
