import { normalQuantile, normalSf } from './normal.ts'

/** Above this many degrees of freedom Student's t is normal to 12 digits. */
const normalFrom = 1e13

/**
 * P(T > t) of Student's distribution with df > 0 degrees of freedom (not necessarily whole), accurate into the far
 * tail.
 */
export function studentSf(t: number, df: number): number {
  if (!(df > 0) || Number.isNaN(t)) return Number.NaN
  if (t < 0) return 1 - studentSf(-t, df)
  if (df >= normalFrom) return normalSf(t)
  return studentTail(t, df)
}

/** P(|T| ≥ |t|). */
export function studentTwoSided(t: number, df: number): number {
  return Math.min(1, 2 * studentSf(Math.abs(t), df))
}

/** The t with P(T ≤ t) = p. p = 0 → −∞, p = 1 → ∞; outside [0, 1] or df ≤ 0 → NaN. */
export function studentQuantile(p: number, df: number): number {
  if (!(p >= 0 && p <= 1) || !(df > 0)) return Number.NaN
  if (p === 0) return Number.NEGATIVE_INFINITY
  if (p === 1) return Number.POSITIVE_INFINITY
  if (p === 0.5) return 0
  if (p > 0.5) return upperQuantile(1 - p, df)
  return -upperQuantile(p, df)
}

/**
 * The t > 0 with P(T > t) = tail < ½: bracketed doubling, then bisection sped up by Newton steps on ln sf, which is
 * nearly straight.
 */
function upperQuantile(tail: number, df: number): number {
  if (df >= normalFrom) return -normalQuantile(tail)
  let low = 0
  let high = 1
  while (studentSf(high, df) > tail && high < 1e300) {
    low = high
    high *= 2
  }
  let t = (low + high) / 2
  for (let step = 0; step < 200; step++) {
    const sf = studentSf(t, df)
    if (sf > tail) low = t
    else high = t
    const next = t + (Math.log(sf / tail) * sf) / studentDensity(t, df)
    const inside = next > low && next < high ? next : (low + high) / 2
    if (Math.abs(inside - t) <= 2e-16 * t) return inside
    t = inside
  }
  return t
}

/** The density at t. */
function studentDensity(t: number, df: number): number {
  const normaliser = gammaRatio(df / 2) / Math.sqrt(df * Math.PI)
  return normaliser * Math.exp(-((df + 1) / 2) * logOnePlusSquare(t / Math.sqrt(df)))
}

/** P(T > t), t ≥ 0: half the regularised incomplete beta function I_x(df/2, ½) at x = df/(df + t²). */
function studentTail(t: number, df: number): number {
  const root = t / Math.sqrt(df)
  const a = df / 2
  const b = 0.5
  const x = 1 / (1 + root * root)
  const complement = root > 1e8 ? 1 : (root * root) / (1 + root * root)
  // x^a·(1 − x)^b / B(a, b), from logarithms that do not cancel; 1/B(a, ½) = Γ(a + ½)/(Γ(a)·√π).
  const front = (Math.exp(-a * logOnePlusSquare(root)) * Math.sqrt(complement) * gammaRatio(a)) / Math.sqrt(Math.PI)
  if (x < (a + 1) / (a + b + 2)) return (0.5 * front * betaFraction(a, b, x)) / a
  return 0.5 * (1 - (front * betaFraction(b, a, complement)) / b)
}

/** ln(1 + r²) without overflow. */
function logOnePlusSquare(r: number): number {
  return Math.abs(r) > 1e8 ? 2 * Math.log(Math.abs(r)) : Math.log1p(r * r)
}

/** Γ(a + ½)/Γ(a): its asymptotic series for large a, and the recurrence Γ(x + 1) = x·Γ(x) to get there. */
function gammaRatio(a: number): number {
  let argument = a
  let factor = 1
  while (argument < 40) {
    factor *= argument / (argument + 0.5)
    argument += 1
  }
  const inverse = 1 / argument
  const coefficients = [-1 / 8, 1 / 128, 5 / 1024, -21 / 32768, -399 / 262144, 869 / 4194304, 39325 / 33554432]
  let series = 1
  let power = 1
  for (const coefficient of coefficients) {
    power *= inverse
    series += coefficient * power
  }
  return factor * Math.sqrt(argument) * series
}

/** The continued fraction of the incomplete beta function, evaluated by Lentz's method (Abramowitz & Stegun 26.5.8). */
function betaFraction(a: number, b: number, x: number): number {
  const tiny = 1e-300
  let c = 1
  let d = 1 / avoidZero(1 - ((a + b) * x) / (a + 1), tiny)
  let fraction = d
  for (let m = 1; m <= 10_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / avoidZero(1 + even * d, tiny)
    c = avoidZero(1 + even / c, tiny)
    fraction *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / avoidZero(1 + odd * d, tiny)
    c = avoidZero(1 + odd / c, tiny)
    const step = d * c
    fraction *= step
    if (Math.abs(step - 1) < 1e-16) break
  }
  return fraction
}

function avoidZero(value: number, tiny: number): number {
  return Math.abs(value) < tiny ? tiny : value
}
