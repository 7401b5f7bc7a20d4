import type { PendingAttachment } from '../shared/conversation';
import { formatBytes } from '../shared/formatBytes';
import { pendingPictureKey } from '../shared/pendingPicture';
import { problemText } from '../shared/problemText';
import { isPicture } from './attachment';
import { displayName } from '../shared/displayName';
import { h, setAttribute, setChildren, setHidden } from './dom';
import { hostInOnePiece } from './hostInOnePiece';
import { icon } from './icons';
import type { ViewContext } from './viewContext';

/** The files that wait in the composer. */
export class PendingFiles {
  readonly element: HTMLElement;
  private readonly chips = new Map<string, Chip>();

  constructor(private readonly context: ViewContext) {
    const name = context.t('view.pending.list');
    this.element = h('div', { class: 'pending', attrs: { role: 'group', 'aria-label': name } });
    this.element.hidden = true;
  }

  update(files: readonly PendingAttachment[]): void {
    const ids = new Set(files.map(({ id }) => id));
    for (const [id, chip] of this.chips)
      if (!ids.has(id)) {
        chip.dispose();
        this.chips.delete(id);
      }
    const chips = files.map((file) => {
      const chip = this.chips.get(file.id) ?? new Chip(file, this.context);
      this.chips.set(file.id, chip);
      chip.update(file);
      return chip.element;
    });
    setChildren(this.element, chips);
    setHidden(this.element, files.length === 0);
  }

  dispose(): void {
    for (const chip of this.chips.values()) chip.dispose();
  }
}

/** One file: name, size, how much has left, what went wrong. Its buttons outlive its changes. */
class Chip {
  readonly element: HTMLElement;
  private readonly note = h('span', { class: 'quiet pending-note' });
  private readonly progress = h('progress');
  private readonly retry: HTMLButtonElement;
  private readonly letPictureGo: () => void;

  constructor(
    file: PendingAttachment,
    private readonly context: ViewContext,
  ) {
    const { t, post } = context;
    const name = displayName(file.name);
    this.progress.setAttribute('aria-label', t('view.pending.progress', { name }));
    this.retry = chipButton('refresh', t('view.pending.retry', { name }), () => {
      post({ type: 'retryAttachment', id: file.id });
    });
    const remove = chipButton('close', t('view.pending.remove', { name }), () => {
      post({ type: 'removeAttachment', id: file.id });
    });
    const face = h('span', { class: 'thumbnail' }, icon('file'));
    this.letPictureGo = isPicture(file) ? this.showPicture(face, file.id) : () => undefined;
    this.element = h(
      'div',
      { class: 'pending-file', data: { part: 'pending-attachment' } },
      face,
      h('bdi', { class: 'file-name', attrs: { title: name } }, name),
      file.unsaved ? h('span', { class: 'badge' }, t('view.pending.unsaved')) : null,
      this.note,
      this.retry,
      remove,
      this.progress,
    );
  }

  update(file: PendingAttachment): void {
    setAttribute(this.element, 'data-state', file.state);
    const words = this.words(file);
    if (this.note.textContent !== words)
      this.note.replaceChildren(...hostInOnePiece(words, file.problem));
    this.retry.hidden = file.state !== 'failed';
    this.progress.hidden = file.state !== 'uploading';
    this.progress.max = Math.max(file.size, 1);
    this.progress.value = file.sentBytes;
  }

  dispose(): void {
    this.letPictureGo();
  }

  /** The picture in place of the file's icon, once it is there. It says nothing: the name does. */
  private showPicture(face: HTMLElement, id: string): () => void {
    return this.context.pictures.show(face, pendingPictureKey(id), (picture) => {
      if (picture.state !== 'ready') return;
      const image = h('img', { attrs: { alt: '' } });
      image.addEventListener('load', () => {
        face.replaceChildren(image);
      });
      image.src = picture.url;
    });
  }

  private words(file: PendingAttachment): string {
    const { t, settings } = this.context;
    const size = formatBytes(file.size, settings.language);
    if (file.state === 'failed')
      return file.problem === null
        ? t('view.delivery.failed')
        : problemText(file.problem, t).message;
    if (file.state === 'ready') return size;
    return t('view.pending.uploading', {
      sent: formatBytes(file.sentBytes, settings.language),
      size,
    });
  }
}

function chipButton(
  name: 'refresh' | 'close',
  words: string,
  onClick: () => void,
): HTMLButtonElement {
  return h(
    'button',
    { class: 'icon-button', attrs: { 'aria-label': words, title: words }, onClick },
    icon(name),
  );
}
