import type {
  ConversationView,
  FileView,
  HappeningRow,
  MessageRow,
  Row,
} from '../../../shared/conversation';
import { plainText } from './plainText';
import { happeningText } from '../../../shared/happeningText';
import { pathOf, type TranscriptFiles } from './transcriptFiles';
import type { TranscriptLayout } from './transcriptLayout';
import { indented, type TranscriptWords } from './transcriptWords';

/** Only what we say begins a line: no message can pass for another. */
const INDENT = '  ';

/** A transcript to be read or listened to, one message after another, without marks. */
export class TextLayout implements TranscriptLayout {
  constructor(
    private readonly words: TranscriptWords,
    private readonly files: TranscriptFiles,
  ) {}

  head(conversation: ConversationView): string {
    return `${this.words.title(conversation)}\n${this.words.times()}`;
  }

  day(at: number): string {
    return this.words.day(at);
  }

  row(row: Row): string {
    return row.kind === 'message' ? this.message(row) : this.happening(row);
  }

  private message(row: MessageRow): string {
    const { words } = this;
    const head = `${words.author(row)}, ${words.when(row)}`;
    const parts = [
      words.quote(row.quote),
      plainText(row.text),
      ...row.attachments.map((file) => this.file(file)),
      ...row.actions.map((action) =>
        words.t('transcript.data', { data: JSON.stringify(action, null, 2) }),
      ),
      words.answers(row),
      words.chosen(row),
      words.problem(row),
    ];
    const lines = parts.filter((part) => part !== '').map((part) => indented(part, INDENT));
    return [head, ...lines].join('\n');
  }

  private file(file: FileView): string {
    const { words } = this;
    const found = this.files.get(file.key);
    const name = words.file(file);
    if (found === undefined) return words.t('transcript.file', { file: name });
    return words.t('transcript.fileAt', { file: name, path: pathOf(found) });
  }

  private happening({ at, happening }: HappeningRow): string {
    const { words } = this;
    return `${words.time(at)}: ${happeningText(happening, words.t, words)}`;
  }
}
