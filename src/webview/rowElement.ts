import type { Row } from '../shared/conversation';

/** What of its neighbours a row must know. */
export interface RowPlace {
  /** The first of several by one author: it carries name and picture. */
  readonly startsRun: boolean;
  /** Its answers are the ones that Alt+1…9 presses. */
  readonly hasAnswerKeys: boolean;
}

/** A row on the page. It outlives its changes, so that focus and selection do too. */
export interface RowElement {
  readonly element: HTMLElement;
  update(row: Row, place: RowPlace): void;
  /** Presses the answer at `index`, where the row has one. */
  pressAnswer(index: number): void;
  dispose(): void;
}

export type FormValues = readonly (readonly string[])[];

/** What a row asks of the view around it. */
export interface RowActions {
  /** Makes the next message an answer to this one. */
  reply(messageKey: string): void;
  /** Brings a message into sight. */
  reveal(messageKey: string): void;
  /** What is filled into a form and has not been sent, field by field. */
  readonly formDraft: {
    read(formKey: string): FormValues | null;
    write(formKey: string, values: FormValues): void;
  };
}
