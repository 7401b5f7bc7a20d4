import assert from 'node:assert/strict';
import { CONNECTION_STATES, DELIVERIES } from '../../../src/shared/conversation';
import { connectionTransition } from '../../../src/extension/session/connectionState';
import { canBecome, deliveryTransition } from '../../../src/extension/session/deliveryState';
import { IllegalTransitionError } from '../../../src/extension/session/stateTable';

// Written down a second time on purpose: the tables of architecture.md, rule 4.
const CONNECTION = new Set([
  'idle starting',
  'starting online',
  'starting reconnecting',
  'starting failed',
  'starting ended',
  'online reconnecting',
  'reconnecting online',
  'online ended',
  'online failed',
  'reconnecting ended',
  'reconnecting failed',
  'ended starting',
  'failed starting',
]);
const DELIVERY = new Set([
  'queued sending',
  'queued removed',
  'sending sent',
  'sending read',
  'sending queued',
  'sending unknown',
  'sending failed',
  'sent read',
  'failed queued',
  'failed removed',
  'unknown sent',
  'unknown read',
  'unknown queued',
]);

describe('connectionTransition', () => {
  for (const from of CONNECTION_STATES)
    for (const to of CONNECTION_STATES)
      it(`${from} → ${to}`, () => {
        if (CONNECTION.has(`${from} ${to}`)) assert.equal(connectionTransition(from, to), to);
        else assert.throws(() => connectionTransition(from, to), IllegalTransitionError);
      });
});

describe('deliveryTransition', () => {
  for (const from of DELIVERIES)
    for (const to of [...DELIVERIES, 'removed'] as const)
      it(`${from} → ${to}`, () => {
        const legal = DELIVERY.has(`${from} ${to}`);
        assert.equal(canBecome(from, to), legal);
        if (legal) assert.equal(deliveryTransition(from, to), to);
        else assert.throws(() => deliveryTransition(from, to), IllegalTransitionError);
      });
});
