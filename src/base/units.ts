/** Three significant digits without exponent or trailing meaning: 0.123, 1.23, 12.3, 123, 1 230. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return 'no data'
  if (value === 0) return '0'
  const magnitude = Math.floor(Math.log10(Math.abs(value)))
  if (magnitude < -4) return value.toExponential(2)
  const rounded = Number(value.toPrecision(3))
  const decimals = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(rounded))))
  return groupThousands(rounded.toFixed(Math.min(decimals, 6)))
}

/** An integer with thin groups: 12 345. */
export function formatCount(value: number): string {
  return Number.isFinite(value) ? groupThousands(String(Math.round(value))) : 'no data'
}

/** A duration given in nanoseconds, in the unit that fits: 830 ns, 12.4 µs, 830 µs, 1.24 s, 2 min 05 s, 1 h 02 min. */
export function formatDuration(nanoseconds: number): string {
  if (!Number.isFinite(nanoseconds)) return 'no data'
  const size = Math.abs(nanoseconds)
  if (size < 999.5) return `${formatNumber(nanoseconds)} ns`
  if (size < 999.5e3) return `${formatNumber(nanoseconds / 1e3)} µs`
  if (size < 999.5e6) return `${formatNumber(nanoseconds / 1e6)} ms`
  if (size < 59.95e9) return `${formatNumber(nanoseconds / 1e9)} s`
  const seconds = Math.round(size / 1e9)
  const sign = nanoseconds < 0 ? '−' : ''
  const two = (value: number) => String(value).padStart(2, '0')
  if (seconds < 3600) return `${sign}${Math.floor(seconds / 60)} min ${two(seconds % 60)} s`
  return `${sign}${Math.floor(seconds / 3600)} h ${two(Math.floor((seconds % 3600) / 60))} min`
}

/** A size given in bytes, in binary units: 830 B, 12.4 KiB, 1.24 GiB. */
export function formatBytes(bytes: number): string {
  if (!Number.isFinite(bytes)) return 'no data'
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB']
  let value = bytes
  let unit = 0
  while (Math.abs(value) >= 1023.5 && unit < units.length - 1) {
    value /= 1024
    unit++
  }
  return `${formatNumber(value)} ${units[unit]}`
}

/** A share in [0, 1] as per cent: 0.1234 → 12.3 %. */
export function formatShare(share: number): string {
  return Number.isFinite(share) ? `${formatNumber(share * 100)} %` : 'no data'
}

/** A ratio of times as signed change: 0.817 → −18.3 %, 1.049 → +4.9 %. One decimal, more only where the change is tiny. */
export function formatChange(ratio: number): string {
  if (!Number.isFinite(ratio)) return 'no data'
  const percent = (ratio - 1) * 100
  const decimals = Math.abs(percent) >= 0.95 || percent === 0 ? 1 : 2
  const text = Math.abs(percent).toFixed(decimals)
  return `${percent < 0 ? '−' : '+'}${text} %`
}

/** A change with its interval: −18.3 % [−20.1, −16.4]; an unbounded side reads −∞ or +∞. */
export function formatChangeWithInterval(ratio: number, low: number | null, high: number | null): string {
  const side = (value: number | null, unbounded: string) =>
    value === null ? unbounded : formatChange(value).replace(' %', '')
  return `${formatChange(ratio)} [${side(low, '−∞')}, ${side(high, '+∞')}]`
}

const durationUnits: Readonly<Record<string, number>> = { ms: 1, s: 1000, min: 60_000, h: 3_600_000 }
const sizeUnits: Readonly<Record<string, number>> = {
  B: 1,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  KiB: 1024,
  MiB: 1024 ** 2,
  GiB: 1024 ** 3,
}

/** `'30s'`, `'250ms'`, `'2min'` or a number of milliseconds → milliseconds, or `undefined` where it is none. */
export function parseDuration(value: string | number): number | undefined {
  return parseQuantity(value, durationUnits)
}

/** `'512MB'`, `'1.5GiB'` or a number of bytes → bytes, or `undefined` where it is none. */
export function parseBytes(value: string | number): number | undefined {
  return parseQuantity(value, sizeUnits)
}

function parseQuantity(value: string | number, units: Readonly<Record<string, number>>): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) && value > 0 ? value : undefined
  const match = /^\s*(\d+(?:\.\d+)?)\s*([a-zA-Z]+)\s*$/.exec(value)
  const factor = match?.[2] === undefined ? undefined : units[match[2]]
  const amount = Number(match?.[1])
  return factor === undefined || !(amount > 0) ? undefined : amount * factor
}

function groupThousands(text: string): string {
  const [whole = '', fraction] = text.replace('-', '−').split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, '\u202f')
  return fraction === undefined ? grouped : `${grouped}.${fraction}`
}
