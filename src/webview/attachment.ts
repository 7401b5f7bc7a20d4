import type { FileView } from '../shared/conversation';
import { isProgramName, type FileState } from '../shared/fileState';
import { formatBytes } from '../shared/formatBytes';
import type { Problem } from '../shared/problem';
import { problemText } from '../shared/problemText';
import { displayName } from '../shared/displayName';
import { h } from './dom';
import { hostInOnePiece } from './hostInOnePiece';
import { icon } from './icons';
import { inlinePicture } from './inlinePicture';
import { Slot, type OnGone } from './slot';
import type { ViewContext } from './viewContext';

// Pictures without a language of their own: SVG is a document and stays a file.
const PICTURE_TYPE = /^image\/(png|jpe?g|gif|webp)\b/i;
const PICTURE_NAME = /\.(png|jpe?g|gif|webp)$/i;
/** What stays in sight of a long name: its end says what the file is. */
const NAME_END = /(?:\P{M}\p{M}*){0,5}(?:\.[^.\s]{1,8})?$/u;
const EXTENSION = /.\.(\w{1,8})$/;

/** Makes `[data-part="attachment"]`: name, type, size, Open and Save; above them a picture, if it is one. */
export function attachment(file: FileView, context: ViewContext, onGone: OnGone): HTMLElement {
  const note = new Slot({ class: 'file-note' }, (state: FileState | null) =>
    state === null ? [] : fileNote(file, state, context),
  );
  const element = h(
    'div',
    { class: 'attachment', data: { part: 'attachment' } },
    file.available && isPicture(file) ? inlinePicture(file, context, onGone) : null,
    fileLine(file, note.element, context),
  );
  onGone(
    context.files.watch(file.key, (state) => {
      note.update(state);
    }),
  );
  return element;
}

/** By its type; the start answer's files come without one, so their names must do. */
export function isPicture({ contentType, name }: Pick<FileView, 'contentType' | 'name'>): boolean {
  return contentType === null ? PICTURE_NAME.test(name) : PICTURE_TYPE.test(contentType);
}

function fileLine(file: FileView, note: HTMLElement, context: ViewContext): HTMLElement {
  const { t } = context;
  const name = displayName(file.name);
  const save = t('view.file.save', { name });
  return h(
    'div',
    { class: 'file-line' },
    icon(isProgramName(name) ? 'warning' : 'file'),
    h(
      'div',
      { class: 'file-words' },
      fileName(file, name, context),
      h('div', { class: 'file-facts quiet' }, factsOf(file, name, context)),
    ),
    file.available
      ? h(
          'button',
          {
            class: 'icon-button',
            attrs: { 'aria-label': save, title: save },
            onClick: () => {
              context.post({ type: 'saveFile', fileKey: file.key });
            },
          },
          icon('download'),
        )
      : null,
    note,
  );
}

function fileName(file: FileView, name: string, { t, post }: ViewContext): HTMLElement {
  if (!file.available) return h('div', { class: 'file-name' }, h('bdi', {}, name));
  const end = NAME_END.exec(name)?.[0] ?? '';
  return h(
    'button',
    {
      class: 'link-button file-name',
      // Its two parts would be read as two words.
      attrs: { 'aria-label': name, title: t('view.file.open', { name }) },
      onClick: () => {
        post({ type: 'openFile', fileKey: file.key });
      },
    },
    h(
      'bdi',
      {},
      h('span', { class: 'file-name-start' }, name.slice(0, name.length - end.length)),
      h('span', {}, end),
    ),
  );
}

/** `PDF · 2.3 MB` */
function factsOf(file: FileView, name: string, { t, settings }: ViewContext): string {
  if (!file.available) return t('view.file.unavailable');
  const type = isProgramName(name)
    ? t('view.file.program')
    : (EXTENSION.exec(name)?.[1]?.toUpperCase() ?? '');
  const size = file.size === null ? '' : formatBytes(file.size, settings.language);
  return [type, size].filter(Boolean).join(' · ');
}

function fileNote(file: FileView, state: FileState, context: ViewContext): readonly Node[] {
  const { t, post } = context;
  const { loading, problem, reality, use } = state;
  if (loading) return [h('span', { class: 'quiet' }, t('view.file.loading'))];
  const name = displayName(file.name);
  const lines: Node[] = [];
  if (problem !== null)
    lines.push(
      warning(problemText(problem, t).message, problem),
      h(
        'button',
        {
          class: 'link-button',
          attrs: { 'aria-label': t('view.file.retryName', { name }) },
          onClick: () => {
            post({ type: use === 'open' ? 'openFile' : 'saveFile', fileKey: file.key });
          },
        },
        t('view.file.retry'),
      ),
    );
  if (reality !== null)
    lines.push(warning(t('file.really', { kind: t(`file.kind.${reality}`) }), null));
  return lines;
}

function warning(words: string, problem: Problem | null): HTMLElement {
  const pieces = hostInOnePiece(words, problem);
  return h('div', { class: 'file-warning' }, icon('warning'), h('span', {}, ...pieces));
}
