import type { JsonValue } from '../shared/conversation';
import { h } from './dom';
import { icon } from './icons';
import type { ViewContext } from './viewContext';

/** What a card shows of endless data. */
const MAX_ITEMS = 50;
const MAX_DEPTH = 6;
const MAX_TEXT = 2_000;

/** TWIN's `actions`, whose meaning nobody has stated, as a readable card: never swallowed. */
export function actionsCard(actions: readonly JsonValue[], context: ViewContext): HTMLElement {
  const { t } = context;
  const title = t('view.message.data');
  return h(
    'div',
    { class: 'card', data: { part: 'actions' }, attrs: { role: 'group', 'aria-label': title } },
    h('div', { class: 'card-title' }, icon('data'), title),
    ...actions.slice(0, MAX_ITEMS).map((action) => valueNode(action, 0, context)),
    moreNode(actions.length, context),
    h('div', { class: 'quiet' }, t('view.message.dataHint')),
  );
}

function valueNode(value: JsonValue, depth: number, context: ViewContext): Node {
  if (typeof value !== 'object' || value === null) return scalarNode(value);
  if (depth > MAX_DEPTH) return h('span', { class: 'quiet' }, '…');
  const entries = Object.entries(value);
  const shown = entries.slice(0, MAX_ITEMS);
  if (Array.isArray(value))
    return h(
      'ul',
      {},
      ...shown.map(([, item]) => h('li', {}, valueNode(item, depth + 1, context))),
      moreNode(entries.length, context),
    );
  return h(
    'dl',
    {},
    ...shown.flatMap(([name, item]) => [
      h('dt', {}, name),
      h('dd', { attrs: { dir: 'auto' } }, valueNode(item, depth + 1, context)),
    ]),
    ...(entries.length > MAX_ITEMS ? [h('dd', {}, moreNode(entries.length, context))] : []),
  );
}

function scalarNode(value: string | number | boolean | null): Node {
  const text = String(value);
  return h('span', {}, text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text);
}

function moreNode(count: number, context: ViewContext): Node | null {
  if (count <= MAX_ITEMS) return null;
  const text = context.t('view.message.more', { count: count - MAX_ITEMS });
  return h('span', { class: 'quiet' }, text);
}
