import type { SessionIntroduction } from '../twin/requestBody';
import type { ApiAddresses } from './sessionApi';

/** Everything that the start call needs. */
export interface SessionSettings extends ApiAddresses {
  readonly chatId: string;
  /** A chat with the built-in simulator, which is gone when the editor is. */
  readonly demo: boolean;
  /** The profile's name, when it is one's. */
  readonly profile?: string;
  /** Whether the profile wants a question before the first message or file goes. */
  readonly asksFirst?: boolean;
  readonly name: string;
  readonly clientExternalId: string | null;
  readonly clientMetadata: Readonly<Record<string, string>>;
}

/** With whom a session is: what another one with the same bot begins with. */
export type SessionBot = ApiAddresses &
  Pick<SessionSettings, 'chatId' | 'demo'> & {
    readonly profile: string | null;
    readonly asksFirst: boolean;
  };

/** What the start call says of the person. */
export function introductionOf(settings: SessionSettings): SessionIntroduction {
  const { name, clientExternalId, clientMetadata } = settings;
  return { name, clientMetadata, clientExternalId: clientExternalId ?? '' };
}
