import assert from 'node:assert/strict';
import {
  dressActions,
  dressAnswers,
  dressAssignment,
  dressAvatar,
  dressFile,
  dressMessage,
  dressStartMessage,
  type Wardrobe,
} from '../../../src/simulator/dress';
import { FileStore } from '../../../src/simulator/fileStore';
import type { Author, Message } from '../../../src/simulator/message';
import { DOCUMENTED, VARIANT_VALUES, type Variants } from '../../../src/simulator/variants';

const NOON = Date.UTC(2018, 9, 31, 11, 56, 7);
const files = new FileStore(() => NOON);
const picture = files.add({
  name: 'bot.png',
  contentType: 'image/png',
  content: Buffer.alloc(12_400),
  isPrivate: false,
});
const bot: Author = { id: 'b', type: 'BOT', name: 'Bot', avatar: picture };
const anna: Author = { id: 'a', type: 'OPERATOR', name: 'Anna', avatar: picture };
const message: Message = {
  id: 'm',
  author: bot,
  type: 'REGULAR',
  body: 'hello',
  answers: ['yes', 'no'],
  actions: [{ type: 'survey' }],
  attachments: [picture],
  createdAt: NOON,
  replyToMessageId: 'q',
};

function wardrobe(variants: Partial<Variants> = {}): Wardrobe {
  return { variants: { ...DOCUMENTED, ...variants }, origin: 'http://platform' };
}

const LINK = `http://platform/storage/${picture.id}/bot.png`;

describe('what goes over the wire', () => {
  it('takes the first value of every variant as the documents print it', () => {
    for (const [name, values] of Object.entries(VARIANT_VALUES)) {
      assert.equal(DOCUMENTED[name as keyof Variants], values[0], name);
    }
  });

  it('has the start answer of the article', () => {
    assert.deepEqual(dressStartMessage(message, wardrobe()), {
      authorType: 'BOT',
      body: 'hello',
      answers: ['yes', 'no'],
      actions: [{ type: 'survey' }],
      attachments: [
        {
          id: picture.id,
          isPrivate: false,
          createdAt: '2018-10-31T11:56:07+00:00',
          name: 'bot.png',
          baseName: 'bot',
          extension: 'png',
          sugestedExtension: 'png',
          path: '',
          size: 12_400,
          url: LINK,
          downloadLink: `${LINK}?download=1`,
        },
      ],
    });
  });

  it('has exactly the fields of the article in chatMessageCreatedEmit', () => {
    const payload = dressMessage(message, 's', undefined, 'event', wardrobe());
    assert.deepEqual(Object.keys(payload).sort(), [
      'actions',
      'answers',
      'attachments',
      'authorId',
      'authorName',
      'authorType',
      'avatar',
      'body',
      'createdAt',
      'id',
      'sessionId',
      'type',
    ]);
    assert.deepEqual(payload['answers'], [{ text: 'yes' }, { text: 'no' }]);
    assert.equal(payload['actions'], '[{"type":"survey"}]');
  });

  it('gives answers in each of their shapes', () => {
    for (const shape of VARIANT_VALUES.eventAnswers) {
      const given = dressAnswers(shape, ['yes']);
      const key = /^objects\.(.+)$/.exec(shape)?.[1];
      const expected = { strings: ['yes'], null: null, absent: undefined };
      assert.deepEqual(
        given,
        key === undefined ? expected[shape as keyof typeof expected] : [{ [key]: 'yes' }],
        shape,
      );
    }
  });

  it('gives actions in each of their shapes', () => {
    const shapes = VARIANT_VALUES.eventActions.map((shape) => [
      shape,
      dressActions(shape, [{ type: 'survey' }]),
      dressActions(shape, []),
    ]);
    assert.deepEqual(shapes, [
      ['json', '[{"type":"survey"}]', ''],
      ['objects', [{ type: 'survey' }], []],
      ['object', { type: 'survey' }, null],
      ['emptyString', '', ''],
      ['null', null, null],
      ['absent', undefined, undefined],
    ]);
  });

  it('gives avatars in each of their shapes', () => {
    const file = dressFile(picture, 'event', wardrobe());
    const shapes = VARIANT_VALUES.avatar.map((avatar) =>
      dressAvatar(picture, wardrobe({ avatar })),
    );
    assert.deepEqual(shapes, [file, LINK, [file], '', null, undefined]);
    assert.equal(dressAvatar(undefined, wardrobe()), null);
  });

  it('gives attachments in each of their shapes', () => {
    const attachment = (shape: Variants['attachment'], place: 'start' | 'event'): unknown =>
      dressFile(picture, place, wardrobe({ attachment: shape }));
    const spelling = (shape: Variants['attachment'], place: 'start' | 'event'): string[] =>
      Object.keys(attachment(shape, place) as object).filter((key) => key.includes('gestedExt'));
    const field = (shape: Variants['attachment'], name: string): unknown =>
      (attachment(shape, 'event') as Record<string, unknown>)[name];

    assert.deepEqual(spelling('documented', 'start'), ['sugestedExtension']);
    assert.deepEqual(spelling('documented', 'event'), ['suggestedExtension']);
    assert.deepEqual(spelling('suggestedExtension', 'start'), ['suggestedExtension']);
    assert.deepEqual(spelling('sugestedExtension', 'event'), ['sugestedExtension']);
    assert.equal(field('documented', 'size'), '12400');
    assert.equal(field('sizeString', 'size'), '12400');
    assert.equal(field('sizeNumber', 'size'), 12_400);
    assert.deepEqual(
      [field('nullUrl', 'url'), field('nullUrl', 'downloadLink')],
      [null, `${LINK}?download=1`],
    );
    assert.deepEqual(
      [field('nullDownloadLink', 'url'), field('nullDownloadLink', 'downloadLink')],
      [LINK, null],
    );
    assert.deepEqual([field('nullLinks', 'url'), field('nullLinks', 'downloadLink')], [null, null]);
    assert.equal(attachment('bareId', 'event'), picture.id);
  });

  it('keeps the answer to an upload an object: its id must be readable', () => {
    const answer = dressFile(picture, 'upload', wardrobe({ attachment: 'bareId' }));
    assert.equal((answer as { id: string }).id, picture.id);
  });

  it('names the author of a greeting as the variant says', () => {
    const keys = (startMessages: Variants['startMessages']): string[] =>
      Object.keys(dressStartMessage(message, wardrobe({ startMessages })));
    assert.ok(!keys('bare').includes('authorType'));
    assert.ok(!keys('documented').includes('id'));
    for (const key of ['id', 'type', 'createdAt', 'authorType', 'authorName', 'avatar']) {
      assert.ok(keys('full').includes(key), key);
    }
  });

  it('writes the author type in each case', () => {
    const types = VARIANT_VALUES.authorTypeCase.map(
      (authorTypeCase) =>
        dressMessage(message, 's', undefined, 'event', wardrobe({ authorTypeCase }))['authorType'],
    );
    assert.deepEqual(types, ['BOT', 'bot', 'Bot']);
  });

  it('quotes in each shape, and always in the history', () => {
    const quoted: Message = { ...message, id: 'q', body: 'quoted' };
    const event = (replyTo: Variants['replyTo']): Record<string, unknown> =>
      dressMessage(message, 's', quoted, 'event', wardrobe({ replyTo }));
    assert.equal('replyTo' in event('absent') || 'replyToMessageId' in event('absent'), false);
    assert.deepEqual(event('replyTo')['replyTo'], { id: 'q', body: 'quoted' });
    assert.equal(event('replyToMessageId')['replyToMessageId'], 'q');
    const item = dressMessage(message, 's', quoted, 'history', wardrobe());
    assert.deepEqual(item['replyTo'], { id: 'q', body: 'quoted' });
  });

  it('hands over with the fields of the article and no body', () => {
    const first = dressAssignment('1', anna, undefined, wardrobe());
    assert.deepEqual(
      [first['operatorName'], first['previousOperatorId'], first['previousOperatorAvatar']],
      ['Anna', null, null],
    );
    const second = dressAssignment('2', { ...anna, name: 'Boris' }, anna, wardrobe());
    assert.deepEqual([second['operatorName'], second['previousOperatorName']], ['Boris', 'Anna']);
    assert.ok(!('body' in second) && !('type' in second));
  });
});
