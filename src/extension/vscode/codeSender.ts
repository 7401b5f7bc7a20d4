import type { Cleared } from '../session/cleared';
import type { ChatStarter } from './chatStarter';
import type { CodeToSend } from './codeToSend';
import type { EditorInUse } from './editorInUse';
import { explained } from './explained';
import type { LocalFile } from './guard/outgoing';
import type { OutgoingGuard } from './guard/outgoingGuard';
import { besideDraft } from './fileSender';
import { fileOfText } from './localFile';

/** What is longer goes as a file, UTF-16 units. */
const LONGEST_MESSAGE = 8_000;

interface ClearedCode {
  readonly text: Cleared<string>;
  readonly file: Cleared<LocalFile> | null;
}

/** Sends code as a message of its own; the draft in the composer stays. */
export class CodeSender {
  constructor(
    private readonly starter: ChatStarter,
    private readonly guard: OutgoingGuard,
    private readonly editors: EditorInUse,
  ) {}

  /** @param read throws FileRefusal, which is said in words */
  async send(read: (editors: EditorInUse) => Promise<CodeToSend>): Promise<void> {
    const code = await explained(() => read(this.editors));
    const cleared = code === null ? null : await this.clear(code);
    if (cleared === null) return;
    const session = await this.starter.ensureOpen();
    if (session === null) return;
    const attachmentIds = cleared.file === null ? [] : [session.attach(cleared.file)];
    session.send({ ...besideDraft(), text: cleared.text, attachmentIds });
  }

  private async clear(code: CodeToSend): Promise<ClearedCode | null> {
    const { header, text, file, unsaved, origin } = code;
    if (text.length <= LONGEST_MESSAGE) {
      const short = await this.guard.text({ text, origin });
      return short === null ? null : { text: short, file: null };
    }
    const long = await explained(() => fileOfText(file.name, file.content, { unsaved, origin }));
    const [cleared] = long === null ? [] : await this.guard.files([long]);
    const above = cleared && (await this.guard.text({ text: header, origin: null }));
    return cleared && above ? { text: above, file: cleared } : null;
  }
}
