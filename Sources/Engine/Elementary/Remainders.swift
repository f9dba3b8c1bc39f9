/// What is left of a dividend, with the sign of the divisor, as Python's `%` and MATLAB's `mod` have it: exact but for the one
/// rounding of a sum where the signs differ. By 0 it is not a number.
package func remainder(_ dividend: Double, by divisor: Double) -> Double {
  let rest = dividend.truncatingRemainder(dividingBy: divisor)
  guard rest != 0 else { return withSign(of: divisor, rest) }
  return (rest < 0) == (divisor < 0) || rest.isNaN ? rest : rest + divisor
}

/// −1, 0 or 1 by a number's sign; what is not a number stays so.
package func signum(_ x: Double) -> Double { x > 0 ? 1 : x < 0 ? -1 : x.isNaN ? x : 0 }
