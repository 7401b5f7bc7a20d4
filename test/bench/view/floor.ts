// The least that a list can cost: plain elements, the newest 80 to 160 rows. Runs in the page.
import type { ConversationView, MessageRow } from '../../../src/shared/conversation';
import type { EarlierRows } from '../../../src/shared/hostMessage';

/** Takes the same messages as the view does, and has a box that scrolls and one for text. */
export function installFloor(): void {
  const style = document.createElement('style');
  style.textContent =
    'body { display: flex; flex-direction: column; height: 100vh; margin: 0; font: 13px sans-serif }' +
    '.scroll-box { flex: 1; overflow: auto }' +
    '.row { padding: 6px } pre { overflow: auto; margin: 0 }';
  document.head.append(style);
  const box = document.createElement('div');
  box.className = 'scroll-box';
  document.body.append(box, document.createElement('textarea'));
  let rows: readonly MessageRow[] = [];

  const element = (row: MessageRow): HTMLElement => {
    const [text = '', code] = row.text.split('\n```ts\n');
    const div = document.createElement('div');
    div.className = 'row';
    div.dataset['messageId'] = row.key;
    for (const line of text.split('\n')) {
      const part = document.createElement('div');
      part.textContent = line;
      div.append(part);
    }
    if (code !== undefined) {
      const pre = document.createElement('pre');
      pre.textContent = code.replace('\n```', '');
      div.append(pre);
    }
    for (const answer of row.answers) {
      const button = document.createElement('button');
      button.textContent = answer;
      div.append(button);
    }
    return div;
  };
  window.addEventListener(
    'message',
    ({
      data,
    }: MessageEvent<{
      conversation?: ConversationView;
      earlier?: EarlierRows | null;
      patch?: { rows: { changed: MessageRow[] } };
    }>) => {
      if (data.conversation !== undefined) {
        const earlier = JSON.parse(data.earlier?.json ?? '[]') as readonly MessageRow[];
        rows = [...earlier, ...(data.conversation.rows as readonly MessageRow[])];
        box.replaceChildren(...rows.slice(-80).map(element));
      } else {
        const more = data.patch?.rows.changed ?? [];
        rows = [...rows, ...more];
        box.append(...more.map(element));
        if (box.childElementCount > 160)
          for (const old of [...box.children].slice(0, 80)) old.remove();
      }
      box.scrollTop = box.scrollHeight;
    },
  );
}
