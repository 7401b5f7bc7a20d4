import type { FileView } from '../shared/conversation';
import type { Problem, ProblemReason } from '../shared/problem';
import { problemText } from '../shared/problemText';
import { displayName } from '../shared/displayName';
import { h } from './dom';
import { hostInOnePiece } from './hostInOnePiece';
import type { PictureSize } from './pictures';
import type { OnGone } from './slot';
import type { ViewContext } from './viewContext';

/** CSS pixels. */
const MAX_HEIGHT = 320;
/** What another try would not change. */
const FINAL: readonly ProblemReason[] = [
  'noAddress',
  'insecure',
  'tooLarge',
  'notPicture',
  'animated',
  'tooManyPixels',
];

/** A picture in the conversation; pressed, it is opened in an editor. */
export function inlinePicture(file: FileView, context: ViewContext, onGone: OnGone): HTMLElement {
  const { t, post, pictures } = context;
  const name = displayName(file.name);
  const image = h('img', { attrs: { alt: name } });
  const frame = h(
    'button',
    {
      class: 'picture',
      attrs: { 'aria-label': t('view.file.open', { name }), title: name },
      onClick: () => {
        post({ type: 'openFile', fileKey: file.key });
      },
    },
    image,
  );
  const place = h('div', { class: 'picture-place' }, frame);
  image.addEventListener('load', () => {
    frame.dataset['state'] = 'ready';
  });
  image.addEventListener('error', () => {
    place.replaceChildren(h('div', { class: 'quiet' }, t('view.file.pictureFailed')));
  });
  onGone(
    pictures.show(place, file.key, (picture) => {
      if (picture.state === 'failed') {
        place.replaceChildren(...failure(file, picture.problem, context));
        return;
      }
      place.replaceChildren(frame);
      frame.dataset['state'] = picture.size === null ? 'loading' : 'known';
      if (picture.size !== null) makeRoom(image, picture.size);
      if (picture.state === 'ready') image.src = picture.url;
    }),
  );
  return place;
}

/** Before anything is decoded, so that nothing moves when it is. */
function makeRoom(image: HTMLImageElement, { width, height }: PictureSize): void {
  const scale = Math.min(1, MAX_HEIGHT / height);
  image.width = Math.max(1, Math.round(width * scale));
  image.height = Math.max(1, Math.round(height * scale));
}

function failure(file: FileView, problem: Problem, context: ViewContext): readonly Node[] {
  const { t, pictures } = context;
  const { host, reason } = problem;
  const text = problemText(problem, t, t('view.file.pictureFailed'));
  const pieces = hostInOnePiece(text.message, problem);
  const words = h('div', { class: 'quiet' }, ...pieces);
  if (FINAL.includes(reason)) return [words];
  const agreed = reason === 'otherHost' ? host : null;
  const name = displayName(file.name);
  const label = agreed === null ? t('view.file.retry') : t('view.file.loadFrom', { host: agreed });
  const attrs = { 'aria-label': agreed === null ? t('view.file.retryName', { name }) : label };
  const onClick = (): void => {
    pictures.again(file.key, agreed);
  };
  return [words, h('button', { class: 'link-button', attrs, onClick }, label)];
}
