import assert from 'node:assert/strict';
import type { JsonValue, MessageRow } from '../../src/shared/conversation';
import { conversation, message, ownMessage } from './samples';
import type { ViewPage } from './viewPage';
import { withView } from './withView';

const SURVEY: JsonValue = {
  type: 'survey',
  title: 'Rate the chat',
  description: 'It takes a minute.',
  scale: { label: 'How much did we help?', min: 1, max: 5 },
  fields: [
    { name: 'name', label: 'Name', type: 'text', required: true },
    { name: 'email', label: 'E-mail', type: 'email' },
    {
      name: 'topic',
      label: 'Topic',
      type: 'select',
      options: ['Order', { label: 'Payment', value: 7 }],
    },
    { name: 'tags', label: 'What was good?', type: 'checkbox', options: ['Speed', 'Tone'] },
    { name: 'again', label: 'Write to me', type: 'boolean' },
    { name: 'comment', label: 'Comment', type: 'textarea', hint: 'Anything else' },
  ],
};

const asking = (...actions: readonly JsonValue[]) =>
  message('b', { actions, answersOpen: true, text: 'Please.' });

const card = (view: ViewPage) => view.row('b').locator('[data-part="actions"]');

async function show(view: ViewPage, row: MessageRow) {
  await view.snapshot(conversation({ rows: [row] }));
}

describe('a form of the bot', () => {
  const open = withView();

  it('is drawn from its data, and goes out as readable text, beside the draft', async () => {
    const view = await open();
    await show(view, asking(SURVEY));
    await view.composer.fill('half a thought');
    const form = card(view);
    await form.getByRole('radio', { name: '4' }).check();
    await form.getByRole('textbox', { name: 'Name' }).fill('Анна');
    await form.getByRole('textbox', { name: 'E-mail' }).fill('a@example.com');
    await form
      .getByRole('radiogroup', { name: 'Topic' })
      .getByRole('radio', { name: 'Payment' })
      .check();
    for (const name of ['Speed', 'Tone', 'Write to me'])
      await form.getByRole('checkbox', { name }).check();
    await form.getByRole('textbox', { name: 'Comment' }).fill('Well\ndone');
    await form.getByRole('button', { name: 'Submit' }).click();
    const { text } = await view.waitForIntent('submitForm');
    assert.equal(
      text,
      [
        'How much did we help? 4',
        'Name: Анна',
        'E-mail: a@example.com',
        'Topic: Payment',
        'What was good? Speed, Tone',
        'Write to me: Yes',
        'Comment: Well\ndone',
      ].join('\n'),
    );
    assert.equal(await view.composer.inputValue(), 'half a thought');
    assert.deepEqual(await view.intentsOf('send'), []);
  });

  it('is filled in and sent by keyboard alone, where letters are letters', async () => {
    const view = await open();
    await show(view, asking(SURVEY));
    await view.row('b').focus();
    const { keyboard } = view.page;
    await keyboard.press('Tab');
    await keyboard.press('ArrowRight');
    await keyboard.press('ArrowRight');
    await keyboard.press('Tab');
    await keyboard.type('rara');
    await keyboard.press('Enter');
    const { text } = await view.waitForIntent('submitForm');
    assert.equal(text, 'How much did we help? 3\nName: rara');
    assert.equal(await view.page.locator('[data-part="reply"]').isVisible(), false);
  });

  it('says what is missing or wrong, and goes there', async () => {
    const view = await open();
    await show(view, asking(SURVEY));
    const form = card(view);
    await form.getByRole('textbox', { name: 'E-mail' }).fill('nobody');
    await form.getByRole('button', { name: 'Submit' }).click();
    const name = form.getByRole('textbox', { name: 'Name' });
    assert.equal(await name.evaluate((it) => it === document.activeElement), true);
    assert.equal(await name.getAttribute('aria-invalid'), 'true');
    assert.equal(await form.getByText('Fill this in.').isVisible(), true);
    assert.equal(await form.getByText('Check this: it does not fit here.').isVisible(), true);
    await name.fill('Anna');
    assert.equal(await form.getByText('Fill this in.').isVisible(), false);
    await form.getByRole('textbox', { name: 'E-mail' }).fill('');
    await name.press('Enter');
    assert.equal((await view.waitForIntent('submitForm')).text, 'Name: Anna');
  });

  it('is one message however often it is sent, and another once it is changed', async () => {
    const view = await open();
    await show(view, asking(SURVEY));
    const name = card(view).getByRole('textbox', { name: 'Name' });
    await name.fill('Anna');
    await name.press('Enter');
    await name.press('Enter');
    await name.fill('Boris');
    await name.press('Enter');
    const [first, second, third] = (await view.intentsOf('submitForm')).map(({ key }) => key);
    assert.equal(first, second);
    assert.notEqual(second, third);
  });

  it('is closed when the turn is over: to be read, not to be used', async () => {
    const view = await open();
    await show(view, asking(SURVEY));
    const form = card(view);
    await form.getByRole('textbox', { name: 'Name' }).fill('Anna');
    await view.change({
      rows: [{ ...asking(SURVEY), answersOpen: false }, ownMessage('c', { text: 'Name: Anna' })],
    });
    const name = form.getByRole('textbox', { name: 'Name' });
    assert.deepEqual([await name.isDisabled(), await name.inputValue()], [true, 'Anna']);
    assert.equal(await form.getByRole('button', { name: 'Submit' }).isVisible(), false);
  });

  it('comes back half filled in, in its own conversation only', async () => {
    const first = await open();
    await show(first, asking(SURVEY));
    const name = (view: ViewPage) => card(view).getByRole('textbox', { name: 'Name' });
    await name(first).fill('Anna');
    await card(first).getByRole('radio', { name: '2' }).check();
    const state = await first.state();
    const second = await open({ state });
    await show(second, asking(SURVEY));
    assert.equal(await name(second).inputValue(), 'Anna');
    assert.equal(await card(second).getByRole('radio', { name: '2' }).isChecked(), true);
    const other = await open({ state });
    await other.snapshot(conversation({ key: 'other', rows: [asking(SURVEY)] }));
    assert.equal(await name(other).inputValue(), '');
  });

  it('is one with the others of its message: filled in, kept and sent together', async () => {
    const forms = ['Delivery', 'Payment'].map((title) => ({ title, fields: ['Date', 'Note'] }));
    const first = await open();
    await show(first, asking(...forms));
    const field = (view: ViewPage, form: string, name: string) =>
      card(view).getByRole('group', { name: form }).getByRole('textbox', { name });
    await field(first, 'Delivery', 'Date').fill('today');
    await field(first, 'Payment', 'Date').fill('never');
    const second = await open({ state: await first.state() });
    await show(second, asking(...forms));
    assert.deepEqual(await card(second).locator('.title').allTextContents(), [
      'Delivery',
      'Payment',
    ]);
    await card(second).getByRole('button', { name: 'Submit' }).click();
    const { text } = await second.waitForIntent('submitForm');
    assert.equal(text, 'Delivery\nDate: today\n\nPayment\nDate: never');
  });

  it('leaves nothing of the data out of reach, and words are an answer', async () => {
    const view = await open();
    await show(view, asking({ ...(SURVEY as object), campaign: 'spring-4711' }));
    assert.equal(await card(view).getByText('Or answer in words below.').isVisible(), true);
    assert.equal(await card(view).getByText('spring-4711').count(), 0);
    await card(view).getByText('The bot sent data').press('Enter');
    await card(view).getByText('spring-4711').waitFor(); // drawn when it is unfolded, a task later
    await view.composer.fill('In words');
    await view.composer.press('Enter');
    assert.equal((await view.waitForIntent('send')).text, 'In words');
  });
});

describe('the forms that are read', () => {
  const open = withView();

  /** What each field is, by the roles of its controls. */
  async function controls(view: ViewPage, ...actions: readonly JsonValue[]) {
    await view.snapshot(null);
    await view.snapshot(conversation({ key: crypto.randomUUID(), rows: [asking(...actions)] }));
    return card(view).evaluate((element) =>
      [...element.querySelectorAll('.field')].map((field) => {
        const label = field.querySelector('.field-label')?.textContent ?? '';
        const inputs = [...field.querySelectorAll('input, select, textarea')];
        const types = new Set(inputs.map((it) => it.getAttribute('type') ?? it.localName));
        return `${label}: ${inputs.length} ${[...types].join()}`;
      }),
    );
  }

  const cases: readonly (readonly [string, readonly JsonValue[], readonly string[]])[] = [
    [
      'fields by name only',
      [{ type: 'form', fields: ['City', 'Street'] }],
      ['City: 1 text', 'Street: 1 text'],
    ],
    [
      'a wrapped form',
      [{ type: 'form', payload: { questions: [{ question: 'How old?', kind: 'number' }] } }],
      ['How old?: 1 number'],
    ],
    [
      'a JSON schema',
      [
        {
          schema: {
            required: ['a'],
            properties: { a: { type: 'string' }, b: { type: 'boolean' } },
          },
        },
      ],
      ['a *: 1 text', 'b: 1 checkbox'],
    ],
    [
      'a question with options',
      [{ text: 'Which?', options: [{ name: 'A' }, { name: 'B' }] }],
      ['Which?: 2 radio'],
    ],
    [
      'several choices',
      [{ label: 'Which?', multiple: true, choices: ['A', 'B'] }],
      ['Which?: 2 checkbox'],
    ],
    ['a score', [{ type: 'nps', label: 'Would you?' }], ['Would you?: 11 radio']],
    ['a rating that says no more', [{ type: 'rating', scale: 4 }], ['rating: 4 radio']],
    ['a rating of its own range', [{ type: 'rating', label: 'Stars', max: 3 }], ['Stars: 3 radio']],
    [
      'a scale too long to be drawn',
      [{ type: 'slider', label: 'Volume', max: 100 }],
      ['Volume: 1 number'],
    ],
    [
      'many options',
      [
        {
          fields: [
            {
              label: 'Country',
              type: 'dropdown',
              options: Array.from({ length: 30 }, (_, i) => i),
            },
          ],
        },
      ],
      ['Country: 1 select'],
    ],
    ['what is no form', [{ type: 'open', url: 'x', options: { a: 1 } }, 'text', 4, null, [1]], []],
    ['what is no field', [{ fields: [null, 4, [], {}] }], []],
  ];

  for (const [name, actions, expected] of cases)
    it(`have ${name}`, async () => {
      const view = await open();
      assert.deepEqual(await controls(view, ...actions), expected);
      if (expected.length === 0)
        assert.equal(await card(view).getByText('This chat cannot act on it').isVisible(), true);
    });

  it('are bounded, however much is asked', async () => {
    const view = await open();
    const fields = Array.from({ length: 200 }, (_, index) => ({
      label: `Field ${index}`,
      options: Array.from({ length: 300 }, (_, option) => option),
    }));
    assert.equal((await controls(view, { fields })).length, 50);
    assert.equal(await card(view).locator('select').first().locator('option').count(), 101);
  });
});
