import Engine
import Notation

/// Which numbers a check looks at: all, or where that would be too much work as many as there is time for, spread evenly
/// over each quantity.
package struct CheckPlan {
  /// A quantity with the places, row by row, at which it is looked at.
  struct Part {
    let quantity: Quantity
    /// How many numbers it has.
    let count: Int
    /// How many of them make a row.
    let columns: Int
    let places: [Int]
  }

  /// Layer by layer the weights and biases, then the inputs.
  let parts: [Part]

  /// The most multiplications that a check may take, about.
  package static let mostWork = 400_000_000

  /// A plan; nil where not even one number of each quantity can be looked at.
  init?(_ gradient: Gradient, _ pass: ForwardPass, mostWork: Int = CheckPlan.mostWork) {
    let network = pass.network
    var sizes: [(quantity: Quantity, rows: Int, columns: Int, each: Int)] = []
    for layer in 1..<network.layers.count + 1 {
      let each = 2 * pass.work(ofLayer: layer) + gradient.work(layer)
      for kind in [Quantity.Kind.w, .b] {
        let quantity = Quantity(kind, layer)
        guard let shape = gradient.state.shape(of: quantity), shape.rows * shape.columns > 0 else { continue }
        sizes.append((quantity, shape.rows, shape.columns, each))
      }
    }
    sizes.append((Quantity(.x), network.inputs, 1, 2 * pass.work(ofLayer: 0) + gradient.work(0)))
    let all = sizes.reduce(0.0) { $0 + Double($1.rows * $1.columns) * Double($1.each) }
    guard sizes.reduce(0.0, { $0 + Double($1.each) }) <= Double(mostWork) else { return nil }
    let share = Double(mostWork) / max(all, 1)
    parts = sizes.map { size in
      let count = size.rows * size.columns
      let looked = share >= 1 ? count : max(Int(Double(count) * share), 1)
      return Part(
        quantity: size.quantity, count: count, columns: size.columns, places: CheckPlan.spread(looked, over: count))
    }
  }

  /// So many different places below a count, in rising order: all of them, or such as lie evenly over rows and columns alike.
  static func spread(_ looked: Int, over count: Int) -> [Int] {
    guard looked < count else { return Array(0..<count) }
    // The golden section comes close to no place twice; without a common divisor it comes to none twice.
    var stride = max(Int(Double(count) * 0.618033988749895), 1)
    while CheckPlan.commonDivisor(stride, count) > 1 { stride += 1 }
    return (0..<looked).map { $0.multipliedFullWidth(by: stride) }.map { count.dividingFullWidth($0).remainder }
      .sorted()
  }

  private static func commonDivisor(_ a: Int, _ b: Int) -> Int { b == 0 ? a : commonDivisor(b, a % b) }
}
