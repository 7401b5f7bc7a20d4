import { DROPS, ROUTES, type Drop, type Fault, type Range, type Route } from './fault';

/** What `--fault` asks for: a fault of the gate, of the line in front, or of the session's life. */
export type FaultFlag =
  | { readonly of: 'gate'; readonly fault: Fault }
  | { readonly of: 'line'; readonly bytesPerSecond: number }
  /** Every so often the port is closed for a while. Milliseconds. */
  | { readonly of: 'port'; readonly closedFor: number; readonly openFor: number }
  | { readonly of: 'session'; readonly ttlSeconds: number };

/** The lines of a usage text. */
export const FAULT_USAGE = `  latency=200ms          every answer and event waits; a range: 50ms-2s
  bandwidth=20kB         a second, each way of each connection
  drop=reset             connections are broken; also half-open, silent
  refuse=10s/60s         the port is closed for 10 s after every 60 s
  status=503             instead of an answer; status=429/5 says Retry-After: 5
  html                   a proxy's page under 200 instead of an answer
  truncate               the JSON of an answer ends in its middle
  lost=reset             taken, and the answer is lost; also silent, 502, 504
  duplicate=2-5          events come so many times
  reorder, late=1s-60s   events come after later ones
  replay=5               who connects again hears the last messages again
  unknown-sid            Engine.IO says "Session ID unknown"
  no-websocket           polling alone passes
  ttl=60s                the life of a session
  slow-upload=10kB       a second
  cut-upload=50%         reset when so much has come
  Each may end in :ROUTE (${ROUTES.join(', ')}) and @CHANCE (0 to 1).`;

type Values = Readonly<Record<string, (value: string) => FaultFlag | undefined>>;

const VALUES: Values = {
  latency: (value) => gate(spanOf(value), (ms) => ({ kind: 'latency', ms })),
  late: (value) => gate(spanOf(value), (ms) => ({ kind: 'late', ms })),
  drop: (value) => gate(dropOf(value), (how) => ({ kind: 'drop', how })),
  status: statusOf,
  html: (value) => bare(value, { kind: 'html' }),
  truncate: (value) => bare(value, { kind: 'truncate' }),
  reorder: (value) => bare(value, { kind: 'reorder' }),
  'unknown-sid': (value) => bare(value, { kind: 'unknownSid' }),
  'no-websocket': (value) => bare(value, { kind: 'noWebSocket' }),
  lost: lostOf,
  duplicate: (value) => gate(rangeOf(value), (copies) => ({ kind: 'duplicate', copies })),
  replay: (value) => gate(numberOf(value), (count) => ({ kind: 'replay', count })),
  'slow-upload': (value) =>
    gate(bytesOf(value), (bytesPerSecond) => ({
      kind: 'slowUpload',
      bytesPerSecond,
    })),
  'cut-upload': (value) =>
    gate(numberOf(value.replace(/%$/, '')), (percent) => ({
      kind: 'cutUpload',
      percent,
    })),
  bandwidth: (value) => {
    const bytesPerSecond = bytesOf(value);
    return bytesPerSecond === undefined ? undefined : { of: 'line', bytesPerSecond };
  },
  refuse: (value) => {
    const [closedFor, openFor] = value.split('/').map(timeOf);
    return closedFor === undefined || openFor === undefined
      ? undefined
      : { of: 'port', closedFor, openFor };
  },
  ttl: (value) => {
    const ms = timeOf(value);
    return ms === undefined ? undefined : { of: 'session', ttlSeconds: ms / 1000 };
  },
};

/** Reads one `--fault`: `NAME[=VALUE][:ROUTE][@CHANCE]`; `undefined` for what it is not. */
export function parseFault(text: string): FaultFlag | undefined {
  const found = /^([a-z-]+)(?:=([^:@]+))?(?::([a-z]+))?(?:@(\d*\.?\d+))?$/.exec(text);
  const [, name = '', value = '', routeName, chanceText] = found ?? [];
  const flag = Object.hasOwn(VALUES, name) ? VALUES[name]?.(value) : undefined;
  const route = ROUTES.find((known) => known === routeName);
  const chance = Number(chanceText ?? 1);
  const isScoped = routeName !== undefined || chanceText !== undefined;
  if (!flag || chance > 1 || (routeName !== undefined && !route)) return undefined;
  if (flag.of !== 'gate') return isScoped ? undefined : flag;
  return { of: 'gate', fault: { ...flag.fault, chance, ...scopeOf(route) } };
}

function scopeOf(route: Route | undefined): { readonly routes?: readonly Route[] } {
  return route ? { routes: [route] } : {};
}

function gate<Value>(
  value: Value | undefined,
  make: (value: Value) => Fault,
): FaultFlag | undefined {
  return value === undefined ? undefined : { of: 'gate', fault: make(value) };
}

function bare(value: string, fault: Fault): FaultFlag | undefined {
  return value === '' ? { of: 'gate', fault } : undefined;
}

function statusOf(value: string): FaultFlag | undefined {
  const [, status, retryAfter] = /^([45]\d\d)(?:\/(.+))?$/.exec(value) ?? [];
  if (status === undefined) return undefined;
  const more = retryAfter === undefined ? {} : { retryAfter };
  return { of: 'gate', fault: { kind: 'status', status: Number(status), ...more } };
}

function lostOf(value: string): FaultFlag | undefined {
  const how = (['reset', 'silent', 502, 504] as const).find((known) => String(known) === value);
  return how === undefined ? undefined : { of: 'gate', fault: { kind: 'lost', how } };
}

function dropOf(value: string): Drop | undefined {
  return DROPS.find((known) => known === value);
}

/** `200ms`, `2s`, `1min`, in milliseconds. */
function timeOf(value: string): number | undefined {
  const [, figure, unit] = /^(\d+)(ms|s|min)$/.exec(value) ?? [];
  const units = { ms: 1, s: 1000, min: 60_000 } as const;
  return unit === 'ms' || unit === 's' || unit === 'min' ? Number(figure) * units[unit] : undefined;
}

function spanOf(value: string): Range | undefined {
  return pair(value, timeOf);
}

function rangeOf(value: string): Range | undefined {
  return pair(value, numberOf);
}

function pair(value: string, read: (part: string) => number | undefined): Range | undefined {
  const [first = '', second = first] = value.split('-');
  const [least, most] = [read(first), read(second)];
  return least === undefined || most === undefined || least > most ? undefined : [least, most];
}

function numberOf(value: string): number | undefined {
  return /^\d+$/.test(value) ? Number(value) : undefined;
}

/** `500B`, `10kB`, `2MB`, in bytes. */
function bytesOf(value: string): number | undefined {
  const [, figure, unit] = /^(\d+)(B|kB|MB)$/.exec(value) ?? [];
  const units = { B: 1, kB: 1000, MB: 1_000_000 } as const;
  return unit === 'B' || unit === 'kB' || unit === 'MB' ? Number(figure) * units[unit] : undefined;
}
