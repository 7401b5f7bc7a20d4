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
}

/**
 * What a message of the bot asks to be filled in, be it one form or several: they go out together, as
 * one ordinary message of readable text, for with it the person's turn is over.
 */
export class FormElement {
  readonly element: HTMLElement;
  private readonly controls: readonly FieldElement[];
  private readonly frame: HTMLFieldSetElement;
  /** The message it becomes; what is changed becomes another. */
  private key = crypto.randomUUID();

  constructor(
    private readonly forms: readonly FormModel[],
    private readonly host: FormHost,
    private readonly context: ViewContext,
  ) {
    const { t } = context;
    this.controls = forms.flatMap(({ fields }) =>
      fields.map((field) => new FieldElement(field, context)),
    );
    const left = this.controls.map(({ element }) => element);
    const [only = null, ...others] = forms.map(({ title }) => title ?? t('view.form.name'));
    const several = others.length > 0;
    const parts = forms.map(({ title, description, fields }) =>
      h(
        'div',
        { class: 'form-part', attrs: several ? { role: 'group', 'aria-label': title } : {} },
        title === null ? null : h('div', { class: 'title', attrs: { dir: 'auto' } }, title),
        description === null ? null : h('p', { attrs: { dir: 'auto' } }, description),
        ...left.splice(0, fields.length),
      ),
    );
    this.frame = h(
      'fieldset',
      { class: 'form-frame', attrs: { 'aria-label': several ? t('view.form.name') : only } },
      ...parts,
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
      host.draft.write(host.messageKey, this.values());
    });
  }

  update(isOpen: boolean): void {
    this.frame.disabled = !isOpen;
  }

  private submit(): void {
    const bad = this.controls.filter((control) => !control.check());
    if (bad.length > 0) {
      bad[0]?.focus();
      return;
    }
    const text = formMessage(this.forms, this.values());
    if (text === '') this.controls[0]?.focus();
    else this.context.post({ type: 'submitForm', key: this.key, text });
  }

  private restore(): void {
    const values = this.host.draft.read(this.host.messageKey);
    this.controls.forEach((control, index) => {
      control.values = values?.[index] ?? [];
    });
  }

  private values(): readonly (readonly string[])[] {
    return this.controls.map(({ values }) => values);
  }
}
