import { h } from './dom';
import { FieldElement } from './formField';
import { formMessage, type FormModel } from './formModel';
import type { RowActions } from './rowElement';
import type { ViewContext } from './viewContext';

/** What a form does beyond itself. */
export interface FormHost {
  /** Half filled in: the values come back with the row. */
  readonly draft: RowActions['formDraft'];
  readonly messageKey: string;
  /** Which form of the message it is. */
  readonly index: number;
}

/** A form that a bot asks to be filled in. It goes out as an ordinary message of readable text. */
export class FormElement {
  readonly element: HTMLElement;
  private readonly fields: readonly FieldElement[];
  private readonly frame: HTMLFieldSetElement;
  /** The message it becomes; what is changed becomes another. */
  private key = crypto.randomUUID();

  constructor(
    private readonly form: FormModel,
    private readonly host: FormHost,
    private readonly context: ViewContext,
  ) {
    const { t } = context;
    this.fields = form.fields.map((field) => new FieldElement(field, context));
    this.frame = h(
      'fieldset',
      { class: 'form-frame', attrs: { 'aria-label': form.title ?? t('view.form.name') } },
      form.title === null ? null : h('div', { class: 'title', attrs: { dir: 'auto' } }, form.title),
      form.description === null ? null : h('p', { attrs: { dir: 'auto' } }, form.description),
      ...this.fields.map(({ element }) => element),
      h(
        'button',
        { class: 'answer form-submit', attrs: { type: 'submit' } },
        t('view.form.submit'),
      ),
    );
    // Our own words say what is wrong, in the person's language.
    this.element = h('form', { class: 'form', attrs: { novalidate: '' } }, this.frame);
    this.restore();
    this.element.addEventListener('submit', (event) => {
      event.preventDefault();
      this.submit();
    });
    this.element.addEventListener('input', () => {
      this.key = crypto.randomUUID();
      host.draft.write(this.draftKey(), this.values());
    });
  }

  update(isOpen: boolean): void {
    this.frame.disabled = !isOpen;
  }

  private submit(): void {
    const bad = this.fields.filter((field) => !field.check());
    if (bad.length > 0) {
      bad[0]?.focus();
      return;
    }
    const text = formMessage(this.form.fields, this.values());
    if (text === '') this.fields[0]?.focus();
    else this.context.post({ type: 'submitForm', key: this.key, text });
  }

  private restore(): void {
    const values = this.host.draft.read(this.draftKey());
    this.fields.forEach((field, index) => {
      field.values = values?.[index] ?? [];
    });
  }

  private values(): readonly (readonly string[])[] {
    return this.fields.map(({ values }) => values);
  }

  private draftKey(): string {
    return `${this.host.messageKey}/${this.host.index}`;
  }
}
