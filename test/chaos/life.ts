import { Logger } from '../../src/extension/core/logger';
import { Redactor } from '../../src/extension/core/redactor';
import type { ReceiptPolicy } from '../../src/extension/session/receipts';
import { SessionManager } from '../../src/extension/session/sessionManager';
import { createSocketIoTransport } from '../../src/extension/twin/socketIoTransport';
import { TwinClient } from '../../src/extension/twin/twinClient';
import { NodeHttpTransport } from '../../src/extension/vscode/nodeHttpTransport';
import type { SharedLeases } from '../support/sharedLeases';
import type { BadDisk } from './badDisk';
import type { PersonClock } from './personClock';
import { WatchedApi, type ApiWatch } from './watchedApi';
import { WatchedStorage } from './watchedStorage';
import { Witness, type Screens } from './witness';

export interface LifeParts {
  readonly clock: PersonClock;
  readonly disk: BadDisk;
  readonly leases: SharedLeases;
  /** Sessions to which a live connection is open. */
  readonly connected: Map<string, number>;
  readonly screens: Screens;
  readonly random: () => number;
  readonly createId: () => string;
  readonly receiptPolicy: () => ReceiptPolicy;
  readonly tell: (text: string) => void;
  /** Told what must never be. */
  readonly complain: (what: string) => void;
  readonly watch: Omit<ApiWatch, 'complain'>;
  /** Told each line that the disk has. */
  readonly onWritten: (line: string) => void;
}

/** One life of the extension in one window, wired as there: what a reload ends. */
export class Life {
  readonly manager: SessionManager;
  readonly storage: WatchedStorage;
  readonly leases: ReturnType<SharedLeases['forWindow']>;
  private readonly http: NodeHttpTransport;

  constructor(parts: LifeParts) {
    const { clock, disk, leases, connected, screens, tell, complain, watch, onWritten } = parts;
    const logger = new Logger((level, line) => {
      if (level === 'error') complain(`logged as an error: ${line}`);
      if (level !== 'debug' && level !== 'trace') tell(`${level}: ${line}`);
    }, new Redactor());
    const http = new NodeHttpTransport({ clock });
    const loadLive = () => Promise.resolve(createSocketIoTransport({ http, clock }));
    let newest: WatchedApi | null = null;
    this.http = http;
    this.storage = new WatchedStorage(disk, onWritten);
    this.leases = leases.forWindow();
    this.manager = new SessionManager({
      ...parts,
      storage: this.storage,
      leases: this.leases,
      createApi: (addresses) => {
        const twin = new TwinClient({ ...addresses, http, loadLive, logger, now: clock.now });
        newest = new WatchedApi(twin, connected, { ...watch, complain });
        return newest;
      },
      logger,
    });
    this.manager.onDidChangeCurrent((session) => {
      if (session === null) return;
      if (newest !== null) newest.session = session;
      new Witness({ latestNow: clock.latestNow, complain, screens }, session);
    });
  }

  /** @returns what was left in the composer of a window that had lost its session */
  end(): string {
    const left = this.manager.current?.leftOver().text ?? '';
    this.manager.dispose();
    this.storage.sever();
    this.http.dispose();
    return left;
  }
}
