import type { FileView } from '../shared/conversation';
import { formatBytes } from '../shared/formatBytes';
import { problemText } from '../shared/problemText';
import { displayName } from '../shared/displayName';
import { h, setText } from './dom';
import { icon } from './icons';
import type { OnGone } from './slot';
import type { ViewContext } from './viewContext';

// Pictures without a language of their own: SVG is a document and stays a file.
const PICTURE_TYPE = /^image\/(png|jpe?g|gif|webp)\b/i;
const PICTURE_NAME = /\.(png|jpe?g|gif|webp)$/i;

/** Makes `[data-part="attachment"]`: a picture, or a line with name, size, Open and Save. */
export function attachment(file: FileView, context: ViewContext, onGone: OnGone): HTMLElement {
  const line = fileLine(file, context);
  const element = h('div', { class: 'attachment', data: { part: 'attachment' } }, line);
  if (file.available && isPicture(file)) addPicture(element, file, context, onGone);
  return element;
}

/** By its type; the start answer's files come without one, so their names must do. */
function isPicture({ contentType, name }: FileView): boolean {
  return contentType === null ? PICTURE_NAME.test(name) : PICTURE_TYPE.test(contentType);
}

function fileLine(file: FileView, context: ViewContext): HTMLElement {
  const { t, settings, post } = context;
  const name = displayName(file.name);
  const size = file.size === null ? '' : formatBytes(file.size, settings.language);
  const note = file.available ? size : t('view.file.unavailable');
  return h(
    'div',
    { class: 'file-line' },
    icon('file'),
    file.available
      ? h(
          'button',
          {
            class: 'link-button file-name',
            attrs: { title: t('view.file.open', { name }) },
            onClick: () => {
              post({ type: 'openFile', fileKey: file.key });
            },
          },
          h('bdi', {}, name),
        )
      : h('span', { class: 'file-name' }, h('bdi', {}, name)),
    h('span', { class: 'quiet' }, note),
    file.available
      ? h(
          'button',
          {
            class: 'icon-button',
            attrs: {
              'aria-label': t('view.file.save', { name }),
              title: t('view.file.save', { name }),
            },
            onClick: () => {
              post({ type: 'saveFile', fileKey: file.key });
            },
          },
          icon('download'),
        )
      : null,
  );
}

function addPicture(
  element: HTMLElement,
  file: FileView,
  context: ViewContext,
  onGone: OnGone,
): void {
  const { t, post } = context;
  const name = displayName(file.name);
  const image = h('img', { attrs: { alt: name } });
  const frame = h(
    'button',
    {
      class: 'picture',
      data: { state: 'loading' },
      attrs: { 'aria-label': t('view.file.open', { name }), title: name },
      onClick: () => {
        post({ type: 'openFile', fileKey: file.key });
      },
    },
    image,
  );
  const failure = h('div', { class: 'quiet' });
  const fail = (words: string): void => {
    setText(failure, words);
    frame.replaceWith(failure);
  };
  image.addEventListener('load', () => {
    frame.dataset['state'] = 'ready';
  });
  image.addEventListener('error', () => {
    fail(t('view.file.pictureFailed'));
  });
  element.prepend(frame);
  onGone(
    context.pictures.show(frame, file.key, (picture) => {
      if (picture.state === 'ready') image.src = picture.url;
      else if (picture.state === 'failed') fail(problemText(picture.problem, t).message);
    }),
  );
}
