// What the bot asks for in `actions`. TWIN states no schema ("for example a survey form"), so this
// reads what forms commonly look like: fields with a label and a type, options to choose from, a
// scale. What looks like none of these is no form.

import type { JsonValue } from '../shared/conversation';

/** `one` and `many` of the options; `yes` is a box to tick. */
export type FieldKind =
  'text' | 'longText' | 'number' | 'email' | 'tel' | 'url' | 'date' | 'yes' | 'one' | 'many';

export interface FormField {
  readonly kind: FieldKind;
  readonly label: string;
  readonly required: boolean;
  readonly options: readonly string[];
  /** The options are steps of a scale. */
  readonly scale: boolean;
  readonly hint: string | null;
}

export interface FormModel {
  readonly title: string | null;
  readonly description: string | null;
  readonly fields: readonly FormField[];
}

type Data = Readonly<Record<string, JsonValue>>;

const MAX_FIELDS = 50;
const MAX_OPTIONS = 100;
/** UTF-16 units of a label. */
const MAX_LABEL = 500;
/** Longer scales are numbers to be written. */
const MAX_STEPS = 20;

const WRAPPERS = ['form', 'survey', 'data', 'payload', 'params', 'schema', 'content'];
const FIELD_LISTS = ['fields', 'questions', 'inputs', 'elements', 'controls', 'properties'];
const OPTION_LISTS = ['options', 'choices', 'values', 'variants', 'enum', 'answers'];
const LABELS = ['label', 'title', 'question', 'text', 'caption', 'name', 'key', 'id'];
const OPTION_LABELS = ['label', 'title', 'text', 'caption', 'name', 'value', 'id'];

const KINDS: Readonly<Record<string, FieldKind>> = {
  textarea: 'longText',
  longtext: 'longText',
  multiline: 'longText',
  comment: 'longText',
  number: 'number',
  integer: 'number',
  int: 'number',
  float: 'number',
  email: 'email',
  tel: 'tel',
  phone: 'tel',
  url: 'url',
  date: 'date',
  boolean: 'yes',
  bool: 'yes',
  checkbox: 'yes',
  switch: 'yes',
  toggle: 'yes',
  checkboxes: 'many',
  multiselect: 'many',
  multichoice: 'many',
  multiplechoice: 'many',
};
/** Kinds of scales, with their usual ends. */
const SCALES: Readonly<Record<string, readonly [number, number]>> = {
  scale: [1, 5],
  rating: [1, 5],
  rate: [1, 5],
  stars: [1, 5],
  score: [1, 5],
  csat: [1, 5],
  nps: [0, 10],
  range: [1, 10],
  slider: [1, 10],
};

/** The form that an action asks to be filled in; `null` when it asks for none. */
export function readForm(action: JsonValue): FormModel | null {
  const outer = dataOf(action);
  if (outer === null) return null;
  const inner = WRAPPERS.map((name) => dataOf(outer[name])).filter((it) => it !== null);
  const holders: readonly Data[] = [outer, ...inner];
  const fields = holders.flatMap(fieldsOf);
  const found = fields.length > 0 ? fields : holders.flatMap((it) => loneField(it) ?? []);
  if (found.length === 0) return null;
  const words = (names: readonly string[]): string | null =>
    holders.map((holder) => wordsOf(holder, names)).find((it) => it !== null) ?? null;
  const isLone = fields.length === 0;
  return {
    title: isLone ? null : words(['title', 'header', 'caption', 'label']),
    description: words(['description', 'subtitle']),
    fields: found.slice(0, MAX_FIELDS),
  };
}

/**
 * What is filled in, as a message that a person and a bot can read. Of several forms each begins with
 * its title: they may ask for the same.
 *
 * @param values of the fields of all forms, one after the other
 */
export function formMessage(
  forms: readonly FormModel[],
  values: readonly (readonly string[])[],
): string {
  const left = values.map((value) => value.filter((it) => it.trim() !== '').join(', '));
  if (left.length === 1) return left.join('');
  const texts = forms.map(({ title, fields }) => {
    const lines = left
      .splice(0, fields.length)
      .flatMap((value, index) => (value === '' ? [] : [line(fields[index]?.label ?? '', value)]));
    if (lines.length === 0) return '';
    return (forms.length === 1 || title === null ? lines : [title, ...lines]).join('\n');
  });
  return texts.filter((text) => text !== '').join('\n\n');
}

function line(label: string, value: string): string {
  return `${/[?!:.…]$/.test(label) ? label : `${label}:`} ${value}`;
}

function fieldsOf(holder: Data): readonly FormField[] {
  const scales = ['scale', 'rating'].flatMap((name) => {
    const scale = dataOf(holder[name]);
    return scale === null ? [] : [fieldOf(scale, name, name)];
  });
  return [...scales, ...FIELD_LISTS.flatMap((name) => listedFields(holder, holder[name]))];
}

/** Fields in a list, or by name as in a JSON schema. */
function listedFields(holder: Data, list: JsonValue | undefined): readonly FormField[] {
  const required = arrayOf(holder['required']);
  const named: readonly (readonly [string, JsonValue])[] = Array.isArray(list)
    ? (list as readonly JsonValue[]).map((field) => ['', field] as const)
    : Object.entries(dataOf(list) ?? {});
  return named.slice(0, MAX_FIELDS).flatMap(([name, field]) => {
    const data: Data | null = typeof field === 'string' ? { label: field } : dataOf(field);
    if (data === null) return [];
    const read = fieldOf(data, name, '');
    const isRequired = required.includes(name === '' ? (data['name'] ?? null) : name);
    return read.label === '' ? [] : [{ ...read, required: read.required || isRequired }];
  });
}

/** An action that is itself a question with options, or a scale. */
function loneField(holder: Data): FormField | null {
  const type = typeOf(holder);
  if (optionsOf(holder).length === 0 && !Object.hasOwn(SCALES, type)) return null;
  return fieldOf(holder, type, '');
}

function fieldOf(data: Data, name: string, usualType: string): FormField {
  const type = typeOf(data) || usualType;
  const options = optionsOf(data);
  const steps = options.length === 0 ? stepsOf(data, type) : null;
  const choice = isTrue(data['multiple']) || KINDS[type] === 'many' ? 'many' : 'one';
  return {
    kind: kindOf(data, type, options.length > 0 || steps !== null ? choice : null),
    label: wordsOf(data, LABELS) ?? name,
    required: isTrue(data['required']),
    options: steps ?? options,
    scale: steps !== null,
    hint: wordsOf(data, ['hint', 'help', 'description', 'placeholder']),
  };
}

function kindOf(data: Data, type: string, choice: 'one' | 'many' | null): FieldKind {
  // A box to tick with options is several boxes.
  if (choice !== null) return KINDS[type] === 'yes' && type === 'checkbox' ? 'many' : choice;
  if (Object.hasOwn(SCALES, type)) return 'number'; // too long to be drawn
  if (isTrue(data['multiline'])) return 'longText';
  const kind = Object.hasOwn(KINDS, type) ? KINDS[type] : undefined;
  return kind === undefined || kind === 'many' ? 'text' : kind;
}

function stepsOf(data: Data, type: string): readonly string[] | null {
  const ends = Object.hasOwn(SCALES, type) ? SCALES[type] : undefined;
  if (ends === undefined) return null;
  const min = Math.round(numberOf(data, ['min', 'minimum', 'from']) ?? ends[0]);
  const max = Math.round(numberOf(data, ['max', 'maximum', 'to', 'count', 'scale']) ?? ends[1]);
  if (max <= min || max - min > MAX_STEPS) return null;
  return Array.from({ length: max - min + 1 }, (_, index) => `${min + index}`);
}

function optionsOf(data: Data): readonly string[] {
  const list = OPTION_LISTS.map((name) => arrayOf(data[name])).find((it) => it.length > 0) ?? [];
  const labels = list.slice(0, MAX_OPTIONS).flatMap((option) => {
    const inner = dataOf(option);
    return (inner === null ? scalar(option) : wordsOf(inner, OPTION_LABELS)) ?? [];
  });
  return [...new Set(labels)];
}

function typeOf(data: Data): string {
  const type = data['type'] ?? data['kind'] ?? data['control'];
  return typeof type === 'string' ? type.toLowerCase().replace(/[^a-z]/g, '') : '';
}

function wordsOf(data: Data, names: readonly string[]): string | null {
  return names.map((name) => scalar(data[name])).find((it) => it !== null) ?? null;
}

function scalar(value: JsonValue | undefined): string | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const text = String(value).trim();
  return text === '' ? null : text.slice(0, MAX_LABEL);
}

function numberOf(data: Data, names: readonly string[]): number | null {
  const value = names.map((name) => Number(scalar(data[name]) ?? NaN)).find(Number.isFinite);
  return value ?? null;
}

function isTrue(value: JsonValue | undefined): boolean {
  return value === true || value === 'true' || value === 1;
}

function arrayOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]) : [];
}

function dataOf(value: JsonValue | undefined): Data | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Data)
    : null;
}
