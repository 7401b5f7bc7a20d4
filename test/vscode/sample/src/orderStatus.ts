/** Where an order can be. */
export type OrderStatus = 'packed' | 'onTheWay' | 'delivered';

const WORDS: Record<OrderStatus, string> = {
  packed: 'Ваш заказ собран.',
  onTheWay: 'Ваш заказ в пути.',
  delivered: 'Ваш заказ доставлен.',
};

/** What the bot says of an order. */
export function describe(status: OrderStatus): string {
  return WORDS[status];
}
