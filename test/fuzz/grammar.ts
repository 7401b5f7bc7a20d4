// Makes what a broken, strange or hostile server may say: grown from the grammar of what is right,
// and then bent.

import type { SeededRandom } from '../support/seeds';

const TEXTS = [
  '',
  ' ',
  'null',
  'привет',
  '\u0000',
  '\ud800',
  '\u202e\u2066',
  '[1,2]',
  '{"a":1}',
  '{"__proto__":{"polluted":true}}',
  '2018-10-31T11:56:07+00:00',
  '9999999999999999999999',
  '-1',
  'BOT',
  'client',
  'TERMINAL',
  'HELP',
  'REGULAR',
  '<script>alert(1)</script>',
  'https://h.test/a.png',
  'javascript:alert(1)',
  '../../etc/passwd',
  '\r\nX: y',
  '%E0%A4%A',
] as const;

const NUMBERS = [
  0,
  -0,
  -1,
  1,
  0.5,
  1e308,
  -1e308,
  2 ** 53,
  1_540_987_000,
  1_540_987_000_000,
] as const;

const NAMES = [
  'id',
  'clientId',
  'startedAt',
  'ttl',
  'messages',
  'body',
  'type',
  'authorType',
  'authorId',
  'authorName',
  'answers',
  'actions',
  'avatar',
  'attachments',
  'createdAt',
  'sessionId',
  'replyTo',
  'replyToMessageId',
  'messageId',
  'operatorId',
  'operatorName',
  'previousOperatorId',
  'previousOperatorName',
  'previousOperatorAvatar',
  'previousStatus',
  'currentStatus',
  'name',
  'contentType',
  'size',
  'url',
  'downloadLink',
  'suggestedExtension',
  'sugestedExtension',
  'count',
  'items',
  'error',
  'message',
  'text',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'toJSON',
  'length',
  'then',
] as const;

const EVENTS = [
  'chatMessageCreatedEmit',
  'showTypingIndicatorEmit',
  'chatMessageReadEmit',
  'operatorStatusChangedEmit',
  'operatorAssignedEmit',
  'connect',
  'disconnect',
  'error',
  '__proto__',
  '',
] as const;

const DEEPEST = 5;
/** Now and then something far too deep or far too long comes. */
const MONSTER = 400;
const MONSTER_SIZE = 20_000;

export class Grammar {
  constructor(private readonly random: SeededRandom) {}

  /** JSON text, mostly of the right kind, sometimes torn. */
  json(root: () => string): string {
    return this.bent(root());
  }

  /** An answer to any of the calls. */
  restBody(): string {
    const { random } = this;
    switch (random.below(6)) {
      case 0:
        return this.bent(this.object(['id', 'clientId', 'startedAt', 'ttl', 'messages']));
      case 1:
        return this.bent(this.object(['id', 'createdAt']));
      case 2:
        return this.bent(`[${this.object(['id', 'name', 'contentType', 'size', 'url'])}]`);
      case 3:
        return this.bent(this.object(['count', 'items']));
      case 4:
        return random.pick([
          '',
          '<html><body>502</body></html>',
          'null',
          '[]',
          '"x"',
          '{}',
        ] as const);
      default:
        return this.bent(this.value(0));
    }
  }

  /** A packet of Socket.IO 2, without Engine.IO's own type before it. */
  socketIoPacket(): string {
    const { random } = this;
    const type = random.below(8) === 0 ? String(random.below(12)) : '2';
    const binary = type === '5' || type === '6' ? `${random.below(4)}-` : '';
    const namespace =
      random.below(10) === 0 ? random.pick(['/', '/admin,', '/a?b=c,'] as const) : '';
    const id = random.below(10) === 0 ? String(random.below(1_000_000)) : '';
    const name = JSON.stringify(random.pick(EVENTS));
    const payload = random.below(3) === 0 ? this.value(0) : this.event();
    const data = random.below(12) === 0 ? this.value(0) : `[${name},${payload}]`;
    return this.bent(`${type}${binary}${namespace}${id}${data}`);
  }

  /** A payload of Engine.IO 3's polling: packets with their lengths. */
  engineIoPayload(): string {
    const { random } = this;
    const count = 1 + random.below(4);
    const packets = Array.from({ length: count }, () => this.enginePacket());
    return this.bent(packets.map((packet) => this.framed(packet)).join(''));
  }

  /** The payload of an event. */
  event(): string {
    const { random } = this;
    switch (random.below(4)) {
      case 0:
        return this.object(['messageId', 'id']);
      case 1:
        return this.object(['operatorId', 'operatorName', 'avatar', 'previousOperatorId']);
      case 2:
        return this.object(['operatorId', 'previousStatus', 'currentStatus']);
      default:
        return this.object([
          'id',
          'body',
          'authorType',
          'type',
          'answers',
          'actions',
          'attachments',
        ]);
    }
  }

  private enginePacket(): string {
    const { random } = this;
    switch (random.below(8)) {
      case 0:
        return random.pick([
          '3',
          '6',
          '2probe',
          '3probe',
          '5',
          '9',
          '',
          'b4AQID',
          '4',
          '40',
          '41',
        ] as const);
      case 1:
        return `44${this.value(0)}`;
      case 2:
        return `0${this.object(['sid', 'upgrades', 'pingInterval', 'pingTimeout'])}`;
      case 3:
        return `451-["${random.pick(EVENTS)}",{"_placeholder":true,"num":${random.below(3) - 1}}]`;
      default:
        return `4${this.socketIoPacket()}`;
    }
  }

  private framed(packet: string): string {
    const { random } = this;
    const wrong = ['-1', '0', '1e9', 'x', '', String(packet.length + 1), '99999999999'] as const;
    const length = random.below(10) === 0 ? random.pick(wrong) : String(packet.length);
    return `${length}:${packet}`;
  }

  private object(names: readonly string[]): string {
    const { random } = this;
    const some = names.filter(() => random.below(6) > 0);
    const strange = random.below(3) === 0 ? [random.pick(NAMES)] : [];
    const fields = [...some, ...strange].map((name) => `${JSON.stringify(name)}:${this.value(1)}`);
    return `{${fields.join(',')}}`;
  }

  private value(depth: number): string {
    const { random } = this;
    if (random.below(MONSTER) === 0) return this.monster();
    const kind = random.below(depth < DEEPEST ? 8 : 5);
    switch (kind) {
      case 0:
        return random.pick(['null', 'true', 'false'] as const);
      case 1:
        return JSON.stringify(random.pick(NUMBERS));
      case 2:
      case 3:
      case 4:
        return JSON.stringify(random.pick(TEXTS));
      case 5:
        return `[${Array.from({ length: random.below(4) }, () => this.value(depth + 1)).join(',')}]`;
      default: {
        const names = Array.from({ length: random.below(5) }, () => random.pick(NAMES));
        const fields = names.map((name) => `${JSON.stringify(name)}:${this.value(depth + 1)}`);
        return `{${fields.join(',')}}`;
      }
    }
  }

  private monster(): string {
    const size = 1 + this.random.below(MONSTER_SIZE);
    switch (this.random.below(4)) {
      case 0:
        return '['.repeat(size) + ']'.repeat(size);
      case 1:
        return '{"a":'.repeat(size) + '1' + '}'.repeat(size);
      case 2:
        return JSON.stringify('🙂'.repeat(size));
      default:
        return `[${'"x",'.repeat(size)}"x"]`;
    }
  }

  /** Leaves most as it is; tears, cuts out, doubles or spoils a place of the rest. */
  private bent(text: string): string {
    const { random } = this;
    const at = random.below(text.length + 1);
    const to = at + random.below(8);
    switch (random.below(12)) {
      case 0:
        return text.slice(0, at);
      case 1:
        return text.slice(0, at) + text.slice(to);
      case 2:
        return text.slice(0, to) + text.slice(at);
      case 3:
        return text.slice(0, at) + String.fromCharCode(random.below(0x1_0000)) + text.slice(to);
      default:
        return text;
    }
  }
}
