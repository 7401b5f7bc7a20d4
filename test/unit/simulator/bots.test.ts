import assert from 'node:assert/strict';
import { BOT_NAMES, type Bot, type BotName, type Talk } from '../../../src/simulator/bots/bot';
import { createBot } from '../../../src/simulator/bots/createBot';
import { LANGUAGES, wishIn, wordsOf, type Language } from '../../../src/simulator/bots/words';
import { FileStore, type StoredFile } from '../../../src/simulator/fileStore';
import type { Author, Utterance } from '../../../src/simulator/message';

interface Chat {
  readonly bot: Bot;
  readonly files: FileStore;
  /** What the bot did with this message: one line for each step. */
  send(body: string, attachments?: readonly StoredFile[]): Promise<string[]>;
  /** What it said last. */
  last(): Utterance;
}

function chatWith(name: BotName, language: Language = 'ru'): Chat {
  const files = new FileStore(() => 0);
  const bot = createBot(name, language, (file) => files.add(file));
  let steps: string[] = [];
  let last: Utterance = {};
  const line = (author: Author | undefined, { type = 'REGULAR', body = '' }: Utterance): string =>
    `${author?.name ?? bot.author.name} ${type}: ${body}`;
  const talk: Talk = {
    say: (utterance, author) => {
      last = utterance;
      steps.push(line(author, utterance));
      return Promise.resolve();
    },
    assign: (operator, previous) => {
      steps.push(`${previous?.name ?? 'nobody'} -> ${operator.name}`);
      return Promise.resolve();
    },
    changeStatus: (operator, previous, current) => {
      steps.push(`${operator.name} ${previous} -> ${current}`);
      return Promise.resolve();
    },
    leave: (operator) => {
      steps.push(`${operator.name} left`);
      return Promise.resolve();
    },
  };
  const client: Author = { id: 'c', type: 'CLIENT', name: 'Client' };
  return {
    bot,
    files,
    last: () => last,
    send: async (body, attachments = []) => {
      steps = [];
      await bot.answer(
        {
          id: 'm',
          author: client,
          type: 'REGULAR',
          body,
          answers: [],
          actions: [],
          attachments,
          createdAt: 0,
        },
        talk,
      );
      return steps;
    },
  };
}

describe('every bot', () => {
  for (const language of LANGUAGES) {
    for (const name of BOT_NAMES) {
      it(`${name} greets, offers answers and ends at the stop word (${language})`, async () => {
        const chat = chatWith(name, language);
        const [greeting] = chat.bot.greet();
        assert.ok(greeting?.body);
        assert.ok(greeting.answers && greeting.answers.length > 0);
        const [farewell] = await chat.send(wordsOf(language).wishes.stop);
        assert.match(farewell ?? '', /TERMINAL/);
      });
    }
  }

  it('understands the stop word of the article in any case, and "stop"', () => {
    for (const text of ['стоп', 'Стоп', ' СТОП! ', 'stop', 'Stop.']) {
      assert.equal(wishIn(text), 'stop', text);
    }
    assert.equal(wishIn('не стоп'), undefined);
  });
});

describe('the echo bot', () => {
  it('greets with a picture', () => {
    const [greeting] = chatWith('echo').bot.greet();
    const [picture] = greeting?.attachments ?? [];
    assert.equal(picture?.contentType, 'image/png');
    assert.equal(picture.content.readUInt32BE(16), 480);
    assert.equal(picture.content.readUInt32BE(20), 270);
  });

  it('repeats the text exactly', async () => {
    const text = '  Привет,\n**мир**  ';
    const chat = chatWith('echo');
    await chat.send(text);
    assert.equal(chat.last().body, text);
  });

  it('grants every wish on its buttons', async () => {
    for (const language of LANGUAGES) {
      const chat = chatWith('echo', language);
      const { answers = [] } = chat.bot.greet()[0] ?? {};
      for (const answer of answers) {
        const steps = await chatWith('echo', language).send(answer);
        assert.ok(steps.length > 0, answer);
        assert.ok(!steps.some((step) => step.endsWith(`: ${answer}`)), `${answer} was echoed`);
      }
    }
  });

  it('names the files it got, and gives pictures back', async () => {
    const chat = chatWith('echo');
    const file = (name: string, contentType: string, size: number): StoredFile =>
      chat.files.add({ name, contentType, content: Buffer.alloc(size), isPrivate: true });
    const picture = file('кот.png', 'image/png', 2 * 1024 * 1024);
    await chat.send('', [file('отчёт.ts', 'text/plain', 1536), picture]);
    assert.equal(
      chat.last().body,
      'Получил файл «отчёт.ts», 1,5 КБ.\nПолучил файл «кот.png», 2,0 МБ.',
    );
    assert.deepEqual(chat.last().attachments, [picture]);
  });

  it('echoes words and names the file when both come', async () => {
    const chat = chatWith('echo', 'en');
    const file = chat.files.add({
      name: 'a.txt',
      contentType: 'text/plain',
      content: Buffer.from('abc'),
      isPrivate: true,
    });
    assert.deepEqual(await chat.send('look', [file]), [
      'Echo bot REGULAR: look',
      'Echo bot REGULAR: Got the file "a.txt", 3 bytes.',
    ]);
  });

  it('leads through the menu until something else is said', async () => {
    const chat = chatWith('echo', 'en');
    await chat.send('menu');
    await chat.send('Plans');
    assert.deepEqual(chat.last().answers, ['Basic', 'Team', 'Back']);
    await chat.send('something else');
    assert.equal(chat.last().body, 'something else');
    await chat.send('Basic');
    assert.equal(chat.last().body, 'Basic');
  });
});

describe('the menu bot', () => {
  it('goes down and back up', async () => {
    const chat = chatWith('menu', 'en');
    await chat.send('For developers');
    await chat.send('Python');
    assert.match(chat.last().body ?? '', /```python/);
    assert.deepEqual(chat.last().answers, ['Back']);
    await chat.send('Back');
    assert.deepEqual(chat.last().answers, ['Python', 'TypeScript', 'Back']);
    await chat.send('Back');
    assert.deepEqual(chat.last().answers, ['Plans', 'For developers', 'Contacts']);
  });

  it('offers the page again when it does not understand', async () => {
    const chat = chatWith('menu', 'en');
    await chat.send('what?');
    assert.deepEqual(chat.last().answers, ['Plans', 'For developers', 'Contacts']);
  });
});

describe('the operator bot', () => {
  it('asks for help, hands over twice, shows a status, leaves', async () => {
    const chat = chatWith('operator');
    assert.deepEqual(await chat.send('Позови оператора'), [
      'Эхо-бот HELP: Зову оператора, одну минуту…',
      'nobody -> Анна',
      'Анна REGULAR: Здравствуйте, я Анна. Чем помочь?',
    ]);
    assert.deepEqual(await chat.send('счёт'), [
      'Анна REGULAR: «счёт» — это к Борису, передаю ему.',
      'Анна -> Борис',
      'Борис REGULAR: Добрый день, я Борис. Уточните, пожалуйста, вопрос.',
    ]);
    assert.deepEqual(await chat.send('за май'), [
      'Борис ONLINE -> AWAY',
      'Борис AWAY -> ONLINE',
      'Борис REGULAR: Записал: «за май». Всё сделаем. Всего доброго!',
      'Борис left',
      'Эхо-бот REGULAR: Оператор вышел, с вами снова бот.',
    ]);
  });

  it('lets the operator say goodbye when he is the one asked to stop', async () => {
    const chat = chatWith('operator', 'en');
    await chat.send('operator');
    assert.deepEqual(await chat.send('stop'), ['Anna TERMINAL: Goodbye! The chat is over.']);
  });
});

describe('the form bot', () => {
  it('asks through actions, and thanks for a rating within its scale', async () => {
    const chat = chatWith('form', 'en');
    const [greeting] = chat.bot.greet();
    assert.deepEqual(greeting?.answers, ['1', '2', '3', '4', '5']);
    assert.equal(greeting.actions?.[0]?.['type'], 'survey');
    assert.deepEqual(await chat.send('5'), ['Echo bot REGULAR: Thank you for rating us 5!']);
    const form = 'How much did we help? 4\nTopic: An order\nName: Anna';
    assert.deepEqual(await chat.send(form), ['Echo bot REGULAR: Thank you for rating us 4!']);
    for (const text of ['6', '0', 'fine']) {
      assert.deepEqual(await chat.send(text), ['Echo bot REGULAR: A number from 1 to 5, please.']);
    }
  });
});
