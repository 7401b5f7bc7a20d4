import type {
  ConversationView,
  FileView,
  HappeningRow,
  MessageRow,
  Row,
} from '../../../shared/conversation';
import { happeningText } from '../../../shared/happeningText';
import type { TranscriptFiles } from './transcriptFiles';
import type { TranscriptLayout } from './transcriptLayout';
import { normalLines, type TranscriptWords } from './transcriptWords';

/**
 * A transcript in Markdown. Each message is a quotation, in which its own Markdown stands as it came:
 * nothing that it leaves open (a code block, a comment) reaches the next one.
 */
export class MarkdownLayout implements TranscriptLayout {
  constructor(
    private readonly words: TranscriptWords,
    private readonly files: TranscriptFiles,
  ) {}

  head(conversation: ConversationView): string {
    return `# ${escaped(this.words.title(conversation))}\n\n${escaped(this.words.times())}`;
  }

  day(at: number): string {
    return `## ${escaped(this.words.day(at))}`;
  }

  row(row: Row): string {
    return row.kind === 'message' ? this.message(row) : this.happening(row);
  }

  private message(row: MessageRow): string {
    const { words } = this;
    const head = `**${escaped(words.author(row))}**, ${escaped(words.when(row))}`;
    const parts = [
      escaped(words.quote(row.quote)),
      row.text,
      row.attachments.map((file) => `- ${this.file(file)}`).join('\n'),
      ...row.actions.map((action) => codeBlock(JSON.stringify(action, null, 2), 'json')),
      row.answers
        .map((answer, index) => this.answer(answer, index === row.chosenAnswer))
        .join('\n'),
      escaped(words.problem(row)),
    ];
    const quoted = parts.filter((part) => part !== '').map(quotation);
    // A quotation of its own for each part: what one leaves open ends with it.
    return [head, ...quoted].join('\n\n');
  }

  private file(file: FileView): string {
    const { words } = this;
    const found = this.files.get(file.key);
    const name = escaped(words.t('transcript.file', { file: words.file(file) }));
    if (found === undefined) return name;
    return `${found.isPicture ? '!' : ''}[${name}](<${found.href}>)`;
  }

  private answer(text: string, chosen: boolean): string {
    const words = escaped(text.replace(/\s+/g, ' ').trim());
    return `- ${chosen ? `**${words}**` : words}`;
  }

  private happening({ at, happening }: HappeningRow): string {
    const { words } = this;
    const text = happeningText(happening, words.t, words);
    return `*${escaped(words.time(at))}: ${escaped(text)}*`;
  }
}

/** Our own words and others' names: whatever they hold is no mark. */
export function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|~&!]/g, '\\$&').replace(/^(\s*\d*)([-+.)=])/gm, '$1\\$2');
}

function quotation(text: string): string {
  return normalLines(text)
    .split('\n')
    .map((line) => (line === '' ? '>' : `> ${line}`))
    .join('\n');
}

/** A fence that is longer than any in the text. */
function codeBlock(text: string, language: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}
