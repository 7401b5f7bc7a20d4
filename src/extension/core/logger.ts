import type { Redactor } from './redactor';

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error';

/** Where lines go in the end: VS Code's log channel, or a test's own. */
export type LogSink = (level: LogLevel, line: string) => void;

/** Details beside a message; an Error shows its chain of causes. */
export type LogDetails = Readonly<Record<string, unknown>>;

/** Writes lines of the shape `[topic] message {details}`, with every secret already taken out. */
export class Logger {
  constructor(
    private readonly sink: LogSink,
    private readonly redactor: Redactor,
    private readonly topic = '',
  ) {}

  /** The same log under a topic of its own. */
  child(topic: string): Logger {
    return new Logger(this.sink, this.redactor, this.topic ? `${this.topic}/${topic}` : topic);
  }

  /** From now on `secret` is shown as "…", in whatever line it stands. */
  hide(secret: string): void {
    this.redactor.add(secret);
  }

  trace(message: string, details?: LogDetails): void {
    this.write('trace', message, details);
  }

  debug(message: string, details?: LogDetails): void {
    this.write('debug', message, details);
  }

  info(message: string, details?: LogDetails): void {
    this.write('info', message, details);
  }

  warn(message: string, details?: LogDetails): void {
    this.write('warn', message, details);
  }

  error(message: string, details?: LogDetails): void {
    this.write('error', message, details);
  }

  private write(level: LogLevel, message: string, details: LogDetails | undefined): void {
    const prefix = this.topic ? `[${this.topic}] ` : '';
    const suffix = details ? ` ${JSON.stringify(details, errorsAsText)}` : '';
    this.sink(level, this.redactor.redact(`${prefix}${message}${suffix}`));
  }
}

function errorsAsText(_key: string, value: unknown): unknown {
  if (!(value instanceof Error)) return typeof value === 'bigint' ? value.toString() : value;
  const chain: string[] = [];
  for (let error: unknown = value; error instanceof Error && chain.length < 5; error = error.cause)
    chain.push(`${error.name}: ${error.message}`);
  return chain.join(' ← ');
}
