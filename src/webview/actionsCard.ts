import type { JsonValue } from '../shared/conversation';
import { h } from './dom';
import { FormElement, type FormHost } from './formElement';
import { readForm } from './formModel';
import { icon } from './icons';
import type { ViewContext } from './viewContext';

/** What a card shows of endless data. */
const MAX_ITEMS = 50;
const MAX_DEPTH = 6;
const MAX_TEXT = 2_000;

/**
 * TWIN's `actions`, whose meaning nobody has stated: a form where the data asks for one, and the
 * data itself as a readable card. Never swallowed, and words are always an answer.
 */
export class ActionsCard {
  readonly element: HTMLElement;
  private readonly form: FormElement | null;

  constructor(
    actions: readonly JsonValue[],
    host: FormHost,
    private readonly context: ViewContext,
  ) {
    const { t } = context;
    const forms = actions.flatMap((action) => readForm(action) ?? []).slice(0, MAX_ITEMS);
    this.form = forms.length === 0 ? null : new FormElement(forms, host, context);
    const title = t(this.form ? 'view.form.name' : 'view.message.data');
    this.element = h(
      'div',
      { class: 'card', data: { part: 'actions' }, attrs: { role: 'group', 'aria-label': title } },
      ...(this.form
        ? [
            this.form.element,
            h('p', { class: 'quiet' }, t('view.form.hint')),
            this.foldedData(actions),
          ]
        : [
            h('div', { class: 'card-title' }, icon('data'), title),
            ...dataNodes(actions, context),
            h('div', { class: 'quiet' }, t('view.message.dataHint')),
          ]),
    );
  }

  /** @param isOpen whether the turn is still the person's */
  update(isOpen: boolean): void {
    this.form?.update(isOpen);
  }

  /** What a form does not show of the data, for who wants to see it. */
  private foldedData(actions: readonly JsonValue[]): HTMLElement {
    const details = h('details', {}, h('summary', {}, this.context.t('view.message.data')));
    details.addEventListener(
      'toggle',
      () => {
        details.append(...dataNodes(actions, this.context));
      },
      { once: true },
    );
    return details;
  }
}

function dataNodes(actions: readonly JsonValue[], context: ViewContext): readonly Node[] {
  const more = moreNode(actions.length, context);
  const nodes = actions.slice(0, MAX_ITEMS).map((action) => valueNode(action, 0, context));
  return more === null ? nodes : [...nodes, more];
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
