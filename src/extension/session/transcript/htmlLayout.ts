import type {
  ConversationView,
  FileView,
  HappeningRow,
  MessageRow,
  Row,
} from '../../../shared/conversation';
import { happeningText } from '../../../shared/happeningText';
import type { Language } from '../../../shared/texts';
import { escapeHtml, htmlLines } from './html';
import { markdownHtml } from './markdownHtml';
import type { TranscriptFiles } from './transcriptFiles';
import type { TranscriptLayout } from './transcriptLayout';
import type { TranscriptWords } from './transcriptWords';

/** Nothing runs in the page and nothing is loaded by it, whatever is in the messages. */
const POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'none'";

/** Colours are the reader's own: light and dark as the system is. */
const STYLE = `
:root {
  color-scheme: light dark;
  font: 1rem/1.5 system-ui, sans-serif;
  --soft: color-mix(in srgb, CanvasText 70%, Canvas);
  --line: color-mix(in srgb, CanvasText 25%, Canvas);
  --faint: color-mix(in srgb, CanvasText 8%, Canvas);
}
body { max-width: 48rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; line-height: 1.3; }
h2 { margin: 2rem 0 1rem; font-size: 1rem; text-align: center; }
article { margin: 0.75rem 0; padding: 0.75rem 1rem; border: 1px solid var(--line); border-radius: 0.5rem; overflow-wrap: anywhere; }
article[data-author="client"] { margin-inline-start: 3rem; background: var(--faint); }
article > * { margin-block: 0.5rem 0; }
article > :first-child { margin-block: 0; }
.meta, .event, .quote { color: var(--soft); }
.meta, .event { font-size: 0.875rem; }
.event { text-align: center; }
.quote, blockquote { margin-inline: 0; padding-inline-start: 0.75rem; border-inline-start: 3px solid var(--line); }
code { padding: 0.1em 0.3em; border-radius: 0.25rem; background: var(--faint); font: 0.9em ui-monospace, monospace; }
pre { overflow-x: auto; padding: 0.5rem 0.75rem; border: 1px solid var(--line); border-radius: 0.25rem; }
pre code { padding: 0; background: none; }
table { border-collapse: collapse; } th, td { border: 1px solid var(--line); padding: 0.25rem 0.5rem; }
figure { margin-inline: 0; } img { max-width: 100%; border-radius: 0.25rem; }
.chosen { font-weight: bold; }
@media print { article { break-inside: avoid; } }
`;

/** A transcript as one page that holds all it needs. */
export class HtmlLayout implements TranscriptLayout {
  constructor(
    private readonly words: TranscriptWords,
    private readonly language: Language,
    private readonly files: TranscriptFiles,
  ) {}

  head(conversation: ConversationView): string {
    const title = escapeHtml(this.words.title(conversation));
    return `<!DOCTYPE html>
<html lang="${this.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${title}</h1>
<p class="meta">${escapeHtml(this.words.times())}</p>`;
  }

  day(at: number): string {
    return `<h2>${escapeHtml(this.words.day(at))}</h2>`;
  }

  row(row: Row): string {
    return row.kind === 'message' ? this.message(row) : this.happening(row);
  }

  foot(): string {
    return '</body>\n</html>';
  }

  private message(row: MessageRow): string {
    const { words } = this;
    const quote = words.quote(row.quote);
    const problem = words.problem(row);
    const parts = [
      `<p class="meta"><strong>${escapeHtml(words.author(row))}</strong>, ${escapeHtml(words.when(row))}</p>`,
      quote && `<p class="quote" dir="auto">${htmlLines(quote)}</p>`,
      row.text && markdownHtml(row.text),
      ...row.attachments.map((file) => this.file(file)),
      ...row.actions.map(
        (action) => `<pre><code>${escapeHtml(JSON.stringify(action, null, 2))}</code></pre>`,
      ),
      this.answers(row),
      problem && `<p>${htmlLines(problem)}</p>`,
    ];
    const inner = parts.filter((part) => part !== '').join('\n');
    return `<article data-author="${row.author}">\n${inner}\n</article>`;
  }

  private file(file: FileView): string {
    const { words } = this;
    const name = escapeHtml(words.t('transcript.file', { file: words.file(file) }));
    const found = this.files.get(file.key);
    if (found === undefined) return `<p>${name}</p>`;
    const href = escapeHtml(found.href);
    if (found.isPicture)
      return `<figure><img src="${href}" alt="${escapeHtml(file.name)}"><figcaption>${name}</figcaption></figure>`;
    return `<p><a href="${href}" download="${escapeHtml(file.name)}">${name}</a></p>`;
  }

  private answers({ answers, chosenAnswer }: MessageRow): string {
    if (answers.length === 0) return '';
    const items = answers.map(
      (answer, index) =>
        `<li${index === chosenAnswer ? ' class="chosen"' : ''}>${htmlLines(answer)}</li>`,
    );
    return `<ul dir="auto">${items.join('')}</ul>`;
  }

  private happening({ at, happening }: HappeningRow): string {
    const { words } = this;
    const text = happeningText(happening, words.t, words);
    return `<p class="event">${escapeHtml(words.time(at))}: ${htmlLines(text)}</p>`;
  }
}
