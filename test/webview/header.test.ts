import assert from 'node:assert/strict';
import { press } from './press';
import { conversation, MINUTE, NOON } from './samples';
import { withView } from './withView';

describe('the header', () => {
  const open = withView();

  it('tells with whom one talks, since when, and that it is a demo', async () => {
    const view = await open();
    await view.snapshot(conversation({ demo: true }));
    const peer = view.page.locator('[data-part="peer"]');
    assert.equal(await peer.textContent(), 'Robin');
    const times = view.page.locator('[data-part="times"]');
    assert.equal(await times.textContent(), 'Since 12:00');
    assert.equal(await view.page.getByText('Demo', { exact: true }).isVisible(), true);
    await view.change({
      peer: { kind: 'operator', name: null, avatar: null, since: NOON },
      demo: false,
    });
    assert.equal(await peer.textContent(), 'Operator');
    assert.equal(await view.page.getByText('Demo', { exact: true }).isVisible(), false);
  });

  it('tells which profile it was begun with, and lets one choose another', async () => {
    const view = await open({ width: 220 });
    await view.snapshot(conversation());
    const profile = view.page.locator('[data-part="profile"]');
    assert.equal(await profile.isVisible(), false, 'there is none to choose');
    const name = 'Production of the large shop, with real people';
    await view.snapshot(conversation({ profile: name }), { hasProfiles: true });
    await press(view, name, 'chooseProfile');
    const status = await view.page.getByRole('status').first().boundingBox();
    assert.ok(status !== null && status.x + status.width <= 220, 'the state is still seen');
    await view.change({ profile: null });
    await press(view, 'Profile', 'chooseProfile');
  });

  it('tells how long the session may live, while it does', async () => {
    const view = await open();
    const expiresAt = NOON + 12 * 60 * MINUTE;
    await view.snapshot(conversation({ expiresAt }));
    const times = view.page.locator('[data-part="times"]');
    assert.equal(await times.textContent(), 'Since 12:00Session until 0:00');
    await view.change({ connection: 'ended' });
    assert.equal(await times.textContent(), 'Since 12:00');
    await view.change({ peer: null });
    assert.equal(await times.isVisible(), false);
  });

  it('keeps the "PM" of a time on its line', async () => {
    const view = await open({ locale: 'en-US' });
    await view.snapshot(conversation({ expiresAt: NOON + 60 * MINUTE }));
    const times = view.page.locator('[data-part="times"]');
    assert.equal(await times.textContent(), 'Since 12:00\u00a0PMSession until 1:00\u00a0PM');
  });
});
