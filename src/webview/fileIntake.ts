// Files that are pasted or dropped. VS Code lets drops through to a webview only with Shift.

import type { DroppedFile } from '../shared/intent';
import type { Problem } from '../shared/problem';
import { h } from './dom';
import type { ViewContext } from './viewContext';

const CODE_URIS = 'application/vnd.code.uri-list';
const URIS = 'text/uri-list';

/** Takes files from paste and drop anywhere in the view. */
export class FileIntake {
  /** Covers the view while something is dragged over it. */
  readonly overlay: HTMLElement;
  private readonly stop = new AbortController();
  private taking: Promise<void> = Promise.resolve();

  /**
   * @param isOpen whether files are taken now
   * @param onRefused called for a file that is not taken
   */
  constructor(
    private readonly context: ViewContext,
    private readonly isOpen: () => boolean,
    private readonly onRefused: (name: string, problem: Problem) => void,
  ) {
    const { t } = context;
    this.overlay = h(
      'div',
      { class: 'drop-overlay', attrs: { 'aria-hidden': 'true' } },
      h('div', {}, t('view.composer.drop')),
      h('div', { class: 'quiet' }, t('view.composer.dropHint')),
    );
    this.overlay.hidden = true;
    const { signal } = this.stop;
    document.addEventListener(
      'paste',
      (event) => {
        this.onPaste(event);
      },
      { signal },
    );
    document.addEventListener(
      'dragover',
      (event) => {
        this.onDragOver(event);
      },
      { signal },
    );
    document.addEventListener(
      'dragleave',
      (event) => {
        if (event.relatedTarget === null) this.overlay.hidden = true;
      },
      { signal },
    );
    document.addEventListener(
      'drop',
      (event) => {
        this.onDrop(event);
      },
      { signal },
    );
  }

  dispose(): void {
    this.stop.abort();
  }

  private onPaste(event: ClipboardEvent): void {
    const data = event.clipboardData;
    if (data === null || data.files.length === 0 || !this.isOpen()) return;
    // Office programs put a picture of the text beside the text: then the text is meant.
    if (data.types.includes('text/plain') && data.types.includes('text/html')) return;
    event.preventDefault();
    this.takeFiles(data.files);
  }

  private onDragOver(event: DragEvent): void {
    const { dataTransfer } = event;
    if (dataTransfer === null || !this.isOpen() || !holdsFiles(dataTransfer)) return;
    event.preventDefault();
    dataTransfer.dropEffect = 'copy';
    this.overlay.hidden = false;
  }

  private onDrop(event: DragEvent): void {
    this.overlay.hidden = true;
    const { dataTransfer } = event;
    if (dataTransfer === null || !holdsFiles(dataTransfer)) return;
    event.preventDefault(); // also when nothing is taken: the page must not become the file
    if (!this.isOpen()) return;
    if (dataTransfer.files.length > 0) {
      this.takeFiles(dataTransfer.files);
      return;
    }
    const uris = droppedUris(dataTransfer);
    if (uris.length > 0) this.context.post({ type: 'attachUris', uris });
  }

  /** One after another: a small file does not overtake a large one. */
  private takeFiles(list: FileList): void {
    const files = [...list];
    this.taking = this.taking.then(async () => {
      const taken = (await Promise.all(files.map((file) => this.take(file)))).flat();
      if (taken.length > 0) this.context.post({ type: 'attachData', files: taken });
    });
  }

  /** @returns nothing for what is refused */
  private async take(file: File): Promise<readonly DroppedFile[]> {
    const limit = this.context.settings.maxAttachmentSize;
    if (file.size > limit) {
      this.refuse(file, 'tooLarge', limit);
      return [];
    }
    try {
      const data = new Uint8Array(await file.arrayBuffer());
      return [{ name: file.name, contentType: file.type, data }];
    } catch {
      this.refuse(file, 'unreadable', null); // a folder, or a file that is gone
      return [];
    }
  }

  private refuse(file: File, reason: 'tooLarge' | 'unreadable', limit: number | null): void {
    this.onRefused(file.name, { step: 'upload', reason, status: null, host: null, limit });
  }
}

function holdsFiles(data: DataTransfer): boolean {
  return data.types.some((type) => type === 'Files' || type === CODE_URIS || type === URIS);
}

/** Addresses of files; a link that was dragged from a page is none. */
function droppedUris(data: DataTransfer): readonly string[] {
  const list = data.getData(CODE_URIS) || data.getData(URIS);
  return list
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#') && !/^https?:/i.test(line));
}
