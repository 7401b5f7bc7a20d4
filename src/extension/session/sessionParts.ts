// What a session is given from outside: the disk, TWIN, the time, chance, and what it is to be.

import type { Clock } from '../core/clock';
import type { Logger } from '../core/logger';
import type { HostLimits } from './hostLimits';
import type { JournalStorage } from './journalStorage';
import type { Lease, Leases } from './lease';
import type { ReceiptPolicy } from './receipts';
import type { ApiAddresses, SessionApiFactory } from './sessionApi';
import type { SessionSettings } from './sessionSettings';

export interface SessionParts {
  readonly storage: JournalStorage;
  readonly createApi: SessionApiFactory;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  /** Ids that do not come twice on this machine, safe in file names. */
  readonly createId: () => string;
  readonly logger: Logger;
  /** Says which process carries a session on; without it there is only this one. */
  readonly leases?: Leases;
  /** Shared by all sessions: what one host has refused it will refuse again. */
  readonly limits?: HostLimits;
  /** When a message is acknowledged; asked at each. As it is received, if it is not said. */
  readonly receiptPolicy?: () => ReceiptPolicy;
  /** How long conversations are kept after their last change, days; 0: till the session is over. */
  readonly retentionDays?: () => number;
  /** What is known of this machine's networks, in a text that changes when they do. */
  readonly network?: () => string;
}

export interface SessionInit {
  readonly key: string;
  /** For a session to be started; `null` for one that is restored. */
  readonly settings: SessionSettings | null;
  readonly addresses: ApiAddresses;
  /** `null` for one that another window carries on: it is only read. */
  readonly lease: Lease | null;
}
