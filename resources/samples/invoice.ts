/** One order with everything that its invoice needs. Money is in whole cents. */
export interface PricedOrder {
  readonly orderId: number
  readonly region: string
  readonly quantity: number
  readonly pieceCents: number
  readonly discountPercent: number
  readonly marginPercent: number
  readonly taxPercent: number
  readonly shippingCents: number
  readonly handlingCents: number
  readonly weightGrams: number
  readonly inStock: boolean
}

export interface RegionTotal {
  readonly region: string
  readonly orders: number
  readonly backorders: number
  readonly netCents: number
  readonly taxCents: number
  readonly shippingCents: number
  readonly profitCents: number
  /** What customers pay per month together, each by the shortest plan that they can afford. */
  readonly instalmentCents: number
}

/** Adds up the orders of each region, in the order of their names. */
export function totalsPerRegion(orders: readonly PricedOrder[]): RegionTotal[] {
  const regions = new Map<string, PricedOrder[]>()
  for (const order of orders) {
    const sameRegion = regions.get(order.region)
    if (sameRegion === undefined) regions.set(order.region, [order])
    else sameRegion.push(order)
  }
  return [...regions].map(([region, list]) => totalOf(region, list)).sort((a, b) => (a.region < b.region ? -1 : 1))
}

function totalOf(region: string, orders: readonly PricedOrder[]): RegionTotal {
  const total = {
    region,
    orders: 0,
    backorders: 0,
    netCents: 0,
    taxCents: 0,
    shippingCents: 0,
    profitCents: 0,
    instalmentCents: 0,
  }
  for (const order of orders) {
    const net = netOf(order)
    total.orders++
    if (!order.inStock) total.backorders++
    total.netCents += net
    total.taxCents += Math.round((net * order.taxPercent) / 100)
    total.shippingCents += shippingOf(order)
    total.profitCents += Math.round((net * order.marginPercent) / 100)
    total.instalmentCents += affordableInstalmentOf(net)
  }
  return total
}

function netOf({ quantity, pieceCents, discountPercent }: PricedOrder): number {
  return Math.round((quantity * pieceCents * (100 - discountPercent)) / 100)
}

function shippingOf({ shippingCents, handlingCents, quantity, weightGrams }: PricedOrder): number {
  return handlingCents + shippingCents * Math.max(1, Math.ceil((quantity * weightGrams) / 20_000))
}

/** The instalment of the shortest plan with at most 25.00 a month; of the longest plan where none is that cheap. */
function affordableInstalmentOf(cents: number): number {
  let instalment = cents
  for (let months = 6; months <= 72 && instalment > 2500; months += 6) {
    instalment = instalmentOf(cents, months, 0.039 + months * 0.0005)
  }
  return instalment
}

/** The smallest monthly instalment in cents that pays `cents` back within `months`, each month's interest rounded as a bank does. */
function instalmentOf(cents: number, months: number, yearlyRate: number): number {
  let low = Math.floor(cents / months)
  let high = cents
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (isPaidBack(cents, middle, months, yearlyRate)) high = middle
    else low = middle + 1
  }
  return low
}

function isPaidBack(cents: number, instalment: number, months: number, yearlyRate: number): boolean {
  let owed = cents
  for (let month = 0; month < months; month++) owed = Math.round(owed * (1 + yearlyRate / 12)) - instalment
  return owed <= 0
}
