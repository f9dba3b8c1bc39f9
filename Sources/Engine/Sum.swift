/// The dot product of two runs of numbers. Its order depends on `count` alone, never on the machine: eight partial sums,
/// each over every eighth product, are folded by halves, and what is left over is added one by one. Under eight
/// products it is the plain sum from the left.
@inlinable
package func dot(_ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, count: Int) -> Double {
  var index = 0
  var total = 0.0
  if count >= 8 {
    var lanes = SIMD8<Double>.zero
    while index + 8 <= count {
      let left = UnsafeRawPointer(a + index).loadUnaligned(as: SIMD8<Double>.self)
      let right = UnsafeRawPointer(b + index).loadUnaligned(as: SIMD8<Double>.self)
      lanes += left * right
      index += 8
    }
    let four = lanes.lowHalf + lanes.highHalf
    let two = four.lowHalf + four.highHalf
    total = two[0] + two[1]
  }
  while index < count {
    total += a[index] * b[index]
    index += 1
  }
  return total
}
