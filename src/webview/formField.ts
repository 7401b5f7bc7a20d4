import { h, setAttribute, setText } from './dom';
import type { FormField } from './formModel';
import type { ViewContext } from './viewContext';

type Input = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** More options than this are a list that unfolds. */
const MAX_SEEN = 7;

let count = 0;

/** One field of a form, of native controls. */
export class FieldElement {
  readonly element: HTMLElement;
  private readonly inputs: readonly Input[];
  private readonly error: HTMLElement;

  constructor(
    private readonly field: FormField,
    private readonly context: ViewContext,
  ) {
    count += 1;
    const id = `field-${count}`;
    this.error = h('div', { class: 'field-error', attrs: { id: `${id}-error` } });
    this.error.hidden = true;
    const isGroup = field.kind === 'many' || (field.kind === 'one' && this.isSeen());
    this.inputs = isGroup ? this.choices(id) : [this.single()];
    this.element = isGroup ? this.group(id) : this.labelled();
    for (const input of this.inputs) {
      input.id = `${id}-${this.inputs.indexOf(input)}`;
      input.setAttribute('aria-describedby', this.error.id);
    }
    this.element.addEventListener('input', () => {
      this.say('');
    });
  }

  /** What is filled in: one text, or the texts of what is chosen. */
  get values(): readonly string[] {
    return this.inputs.flatMap((input) => {
      if (!isTick(input)) return input.value === '' ? [] : [input.value];
      if (!input.checked) return [];
      return [this.field.kind === 'yes' ? this.context.t('view.form.yes') : input.value];
    });
  }

  set values(values: readonly string[]) {
    for (const input of this.inputs)
      if (!isTick(input)) input.value = values[0] ?? '';
      else
        input.checked =
          this.field.kind === 'yes' ? values.length > 0 : values.includes(input.value);
  }

  /** Whether it can go as it is; if not, the reason is said beside it. */
  check(): boolean {
    const { t } = this.context;
    const isBad = this.inputs.some(({ validity }) => validity.typeMismatch || validity.badInput);
    const isMissing = this.field.required && this.values.join('').trim() === '';
    if (isBad) this.say(t('view.form.invalid'));
    else this.say(isMissing ? t('view.form.required') : '');
    return !isBad && !isMissing;
  }

  focus(): void {
    this.inputs[0]?.focus();
  }

  private say(words: string): void {
    setText(this.error, words);
    this.error.hidden = words === '';
    for (const input of this.inputs)
      setAttribute(input, 'aria-invalid', words === '' ? null : 'true');
  }

  private isSeen(): boolean {
    return this.field.scale || this.field.options.length <= MAX_SEEN;
  }

  private single(): Input {
    const { kind, options, required } = this.field;
    if (kind === 'longText') return h('textarea', { attrs: { rows: '3', ...must(required) } });
    if (kind === 'one')
      return h(
        'select',
        { attrs: must(required) },
        h('option', { attrs: { value: '' } }, this.context.t('view.form.choose')),
        ...options.map((option) => h('option', {}, option)),
      );
    const type = kind === 'yes' ? 'checkbox' : kind;
    return h('input', {
      attrs: { type, ...must(required), step: kind === 'number' ? 'any' : null },
    });
  }

  private choices(name: string): readonly HTMLInputElement[] {
    const type = this.field.kind === 'many' ? 'checkbox' : 'radio';
    return this.field.options.map((value) => h('input', { attrs: { type, name, value } }));
  }

  private labelled(): HTMLElement {
    const isTicked = this.field.kind === 'yes';
    const label = h('label', {}, ...this.labelWords());
    const [input] = this.inputs;
    if (input !== undefined && isTicked) label.prepend(input);
    else if (input !== undefined) label.append(input);
    return h('div', { class: isTicked ? 'field tick' : 'field' }, label, this.error);
  }

  private group(id: string): HTMLElement {
    const { kind, required, scale } = this.field;
    const isRadio = kind === 'one';
    return h(
      'fieldset',
      {
        class: scale ? 'field scale' : 'field',
        attrs: {
          role: isRadio ? 'radiogroup' : 'group',
          'aria-required': isRadio && required ? 'true' : null,
          'aria-describedby': `${id}-error`,
        },
      },
      h('legend', {}, ...this.labelWords()),
      h(
        'div',
        { class: 'field-options' },
        ...this.inputs.map((input) =>
          h('label', {}, input, h('span', { attrs: { dir: 'auto' } }, input.value)),
        ),
      ),
      this.error,
    );
  }

  private labelWords(): readonly Node[] {
    const { label, hint, required } = this.field;
    const star = h('span', { attrs: { 'aria-hidden': 'true' } }, ' *');
    return [
      h('span', { class: 'field-label', attrs: { dir: 'auto' } }, label, required ? star : null),
      ...(hint === null ? [] : [h('span', { class: 'quiet field-hint' }, hint)]),
    ];
  }
}

function isTick(input: Input): input is HTMLInputElement {
  return input instanceof HTMLInputElement && (input.type === 'radio' || input.type === 'checkbox');
}

function must(required: boolean): Readonly<Record<string, string | null>> {
  return { 'aria-required': required ? 'true' : null };
}
