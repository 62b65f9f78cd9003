import type { PaymentMethod } from './entities.ts';
import { invalid } from './errors.ts';
import { paymentMethod } from './payments.ts';
import { TEST_METHODS } from './test-methods.ts';
import { need, view } from './views.ts';
import type { World } from './world.ts';

/** Attaches a method to a customer; each use of a test id such as `pm_card_visa` makes a new one. */
export function attachMethod(world: World, id: string, customer: string): PaymentMethod {
  const method = TEST_METHODS[id] ? paymentMethod(world, id, 'id') : need(world.db.methods, 'PaymentMethod', id);
  need(world.db.customers, 'customer', customer, 'customer');
  if (method.customer !== null && method.customer !== customer)
    throw invalid('The payment method you provided has already been attached to a customer.', { param: 'payment_method' });
  if (method.detached)
    throw invalid(
      'This PaymentMethod was previously used without being attached to a Customer or was detached from a Customer, and may not be used again.',
      { param: 'payment_method' },
    );
  const attached: PaymentMethod = { ...method, customer };
  world.db.methods.put(attached);
  world.emit('payment_method.attached', view.payment_method(world, method.id));
  return attached;
}

/** It cannot be used again. Whatever it was the default of has none any more. */
export function detachMethod(world: World, id: string): void {
  const method = need(world.db.methods, 'PaymentMethod', id);
  if (method.customer === null)
    throw invalid('The payment method you provided is not attached to a customer so detachment is impossible.', {
      param: 'payment_method',
    });
  const before = view.payment_method(world, id);
  const customer = world.db.customers.get(method.customer);
  world.db.methods.put({ ...method, customer: null, detached: true });
  if (customer?.default_payment_method === id) world.db.customers.put({ ...customer, default_payment_method: null });
  for (const subscription of world.db.subscriptions.where({ customer: method.customer }))
    if (subscription.default_payment_method === id) world.db.subscriptions.put({ ...subscription, default_payment_method: null });
  world.emit('payment_method.detached', view.payment_method(world, id), before);
}

/** A default must be attached to its customer. */
export function attachedMethod(world: World, given: unknown, customer: string, param: string): string | null {
  if (given === '') return null;
  const method = world.db.methods.get(given as string);
  if (method?.customer !== customer)
    throw invalid(
      `The customer does not have a payment method with the ID ${String(given)}. The payment method must be attached to the customer.`,
      { code: 'resource_missing', param },
    );
  return method.id;
}
