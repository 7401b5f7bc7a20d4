import type { MessageRow } from '../shared/conversation';

/** A message of each side, with what most messages have. */
export function warmUpRows(at: number): readonly MessageRow[] {
  const own: MessageRow = {
    kind: 'message',
    key: 'own',
    author: 'client',
    authorName: null,
    avatar: null,
    text: 'A word.',
    at,
    answers: [],
    answersOpen: false,
    chosenAnswer: null,
    attachments: [],
    actions: [],
    quote: null,
    delivery: 'sent',
    problem: null,
    waitsUntil: null,
  };
  const text = '**A** `word`\n```\ncode\n```';
  return [own, { ...own, key: 'bot', author: 'bot', text, answers: ['Yes'], delivery: null }];
}
