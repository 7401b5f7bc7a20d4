import type { Event } from '../core/event';
import type { ChatSession } from '../session/chatSession';
import type { ChatSurface, SurfaceIntent } from './chatSurface';
import type { NextStep } from './viewChannel';

/** Where a chat has its place in VS Code: the side bar's view, or a tab. */
export interface ChatPlace {
  /** What it shows, or would show. */
  readonly session: ChatSession | null;
  readonly isVisible: boolean;
  /** `null` for a view that has not been seen yet. */
  readonly surface: ChatSurface | null;
  /** Brings it in front, the cursor where the step leads. */
  reveal(step: NextStep): Promise<void>;
}

/** What happens at any of the places of one kind. */
export interface PlaceEvents {
  readonly onIntent: Event<SurfaceIntent>;
  /** Fires when it is seen, or no longer seen. */
  readonly onDidChangeVisibility: Event<ChatPlace>;
}
