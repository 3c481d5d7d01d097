/** Rational approximations of W. J. Cody (1969), "Rational Chebyshev approximations for the error function". */
const erfNumerator = [
  1.8577770618460315e-1, 3.1611237438705655, 113.86415415105016, 377.485237685302, 3209.3775891384694,
]
const erfDenominator = [1, 23.601290952344122, 244.02463793444417, 1282.6165260773723, 2844.236833439171]
const erfcNumerator = [
  2.1531153547440383e-8, 5.641884969886701e-1, 8.883149794388377, 66.11919063714163, 298.6351381974001,
  881.952221241769, 1712.0476126340707, 2051.0783778260716, 1230.3393547979972,
]
const erfcDenominator = [
  1, 15.744926110709835, 117.6939508913125, 537.1811018620099, 1621.3895745666903, 3290.7992357334597,
  4362.619090143247, 3439.3676741437216, 1230.3393548037495,
]
const farNumerator = [
  1.6315387137302097e-2, 3.0532663496123236e-1, 3.6034489994980445e-1, 1.2578172611122926e-1, 1.6083785148742275e-2,
  6.587491615298378e-4,
]
const farDenominator = [
  1, 2.568520192289822, 1.8729528499234673, 5.279051029514285e-1, 6.051834131244132e-2, 2.3352049762686918e-3,
]

/** The complementary error function, with a relative error below 10⁻¹⁵ or so until it underflows at x ≈ 26.5. */
export function erfc(x: number): number {
  const size = Math.abs(x)
  if (Number.isNaN(x)) return Number.NaN
  if (size <= 0.46875) {
    const square = size * size
    return 1 - (x * polynomial(erfNumerator, square)) / polynomial(erfDenominator, square)
  }
  let tail: number
  if (size <= 4) {
    tail = (expOfMinusSquare(size) * polynomial(erfcNumerator, size)) / polynomial(erfcDenominator, size)
  } else if (size < 27) {
    const inverse = 1 / (size * size)
    const correction = (inverse * polynomial(farNumerator, inverse)) / polynomial(farDenominator, inverse)
    tail = (expOfMinusSquare(size) * (1 / Math.sqrt(Math.PI) - correction)) / size
  } else {
    tail = 0
  }
  return x < 0 ? 2 - tail : tail
}

/** exp(−x²) with x² split in two, because the rounding of x² alone would cost 14 digits of exp at x = 26. */
function expOfMinusSquare(x: number): number {
  const coarse = Math.trunc(x * 16) / 16
  return Math.exp(-coarse * coarse) * Math.exp(-(x - coarse) * (x + coarse))
}

/** P(Z ≤ z) of the standard normal distribution. */
export function normalCdf(z: number): number {
  return 0.5 * erfc(-z / Math.SQRT2)
}

/** P(Z > z) of the standard normal distribution, accurate into the far tail (5.7·10⁻³⁰⁰ at z = 37). */
export function normalSf(z: number): number {
  return 0.5 * erfc(z / Math.SQRT2)
}

/** P(|Z| ≥ |z|). */
export function normalTwoSided(z: number): number {
  return Math.min(1, erfc(Math.abs(z) / Math.SQRT2))
}

const centralNumerator = [
  2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987, 13731.69376550946, 1971.5909503065513,
  133.14166789178438, 3.3871328727963665,
]
const centralDenominator = [
  5226.495278852854, 28729.085735721943, 39307.89580009271, 21213.794301586597, 5394.196021424751, 687.1870074920579,
  42.31333070160091, 1,
]
const middleNumerator = [
  7.745450142783414e-4, 2.2723844989269184e-2, 2.417807251774506e-1, 1.2704582524523684, 3.6478483247632045,
  5.769497221460691, 4.630337846156546, 1.4234371107496835,
]
const middleDenominator = [
  1.0507500716444169e-9, 5.475938084995345e-4, 1.5198666563616457e-2, 1.4810397642748008e-1, 6.897673349851e-1,
  1.6763848301838038, 2.053191626637759, 1,
]
const outerNumerator = [
  2.0103343992922881e-7, 2.7115555687434876e-5, 1.2426609473880784e-3, 2.6532189526576124e-2, 2.9656057182850487e-1,
  1.7848265399172913, 5.463784911164114, 6.657904643501103,
]
const outerDenominator = [
  2.0442631033899397e-15, 1.421511758316446e-7, 1.8463183175100548e-5, 7.868691311456133e-4, 1.4875361290850615e-2,
  1.369298809227358e-1, 5.99832206555888e-1, 1,
]

/** The z with P(Z ≤ z) = p (Wichura 1988, AS 241, about 16 digits). p = 0 → −∞, p = 1 → ∞, outside [0, 1] → NaN. */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) return Number.NaN
  if (p === 0) return Number.NEGATIVE_INFINITY
  if (p === 1) return Number.POSITIVE_INFINITY
  const fromCentre = p - 0.5
  if (Math.abs(fromCentre) <= 0.425) {
    const r = 0.180625 - fromCentre * fromCentre
    return (fromCentre * polynomial(centralNumerator, r)) / polynomial(centralDenominator, r)
  }
  const r = Math.sqrt(-Math.log(fromCentre < 0 ? p : 1 - p))
  const size =
    r <= 5
      ? polynomial(middleNumerator, r - 1.6) / polynomial(middleDenominator, r - 1.6)
      : polynomial(outerNumerator, r - 5) / polynomial(outerDenominator, r - 5)
  return fromCentre < 0 ? -size : size
}

/** Horner's scheme, highest power first. */
function polynomial(coefficients: readonly number[], x: number): number {
  let sum = 0
  for (const coefficient of coefficients) sum = sum * x + coefficient
  return sum
}
