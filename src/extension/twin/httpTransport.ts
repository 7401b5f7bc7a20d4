// HTTP as the TWIN client needs it. Injected, so that the client runs in Node and in a browser's
// worker alike; the one for Node lives in `extension/vscode/nodeHttpTransport.ts`.

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly url: URL;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as `text/plain`. Not together with `json`. */
  readonly text?: string;
  /** Sent as `multipart/form-data`, streamed. Not together with `json` or `text`. */
  readonly file?: FilePart;
  readonly signal?: AbortSignal;
  /** Milliseconds without any progress after which the call fails with `timeout`. */
  readonly timeout: number;
}

/** One file of a multipart body. */
export interface FilePart {
  /** The form's field, e.g. `file[]`. */
  readonly field: string;
  readonly content: FileContent;
  /** Told of the bytes of the file that have left, never more often than the network takes them. */
  readonly onProgress?: (sentBytes: number) => void;
}

/** A file to send: what it is called, and a way to read it (again, for a retry). */
export interface FileContent {
  /** In any alphabet; reaches the server byte-equal (UTF-8). */
  readonly name: string;
  /** Also with parameters, e.g. `text/plain; charset=utf-8`. */
  readonly contentType: string;
  /** Bytes. */
  readonly size: number;
  /** Each chunk is to be used before the next one is asked for: its memory may be used again. */
  read(): AsyncIterable<Uint8Array>;
}

export interface HttpResponse {
  readonly status: number;
  /** Header values by lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body as text, at most `MAX_ANSWER_BYTES`. */
  readonly body: string;
}

/** An answer past this is refused as `protocol`. */
export const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

export interface HttpTransport {
  /**
   * Makes one call and never repeats it. Redirects are not followed.
   *
   * @throws TwinError `unreachable` (provably not arrived), `timeout` (the connection broke or fell
   *   silent: it may have arrived), `protocol` (answer too large), `stopped` (aborted);
   *   FileError `fileChanged` when the file has another size than it said; and, as it is, whatever
   *   the file's `read()` throws
   */
  request(request: HttpRequest): Promise<HttpResponse>;

  /**
   * Lets go of the connections that are kept for later calls. To be called when another way to the
   * same host was found dead, or may be: what is idle may be as dead, and a call over it would hang.
   */
  dropIdle(): void;
}
