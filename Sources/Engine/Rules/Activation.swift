/// How a layer's pre-activations become its activations: a = f(net), with its derivative beside it.
package struct Activation: Rule {
  /// The name that `dense` takes, and a function's name in expressions.
  package let name: String
  /// Other names that it goes by.
  package let aliases: [String]
  /// What other programs call it.
  package var elsewhere: [String] = []
  /// What they call it with some settings.
  package var elsewhereSet: [String: [String: String]] = [:]
  /// What comes near and is not the same.
  package var near: [String] = []
  /// The module of PyTorch that is the same, as it is made there, a setting in braces; nil where there is none.
  package private(set) var torch: String?
  /// What it is, in one sentence.
  package let meaning: Text
  /// What can be set.
  package let settings: [Setting]
  /// What a session typed to make it; nil of a row of the table.
  package let source: String?
  /// f(net) in the session's own notation, over `net` and the settings: one unit's, or where it works on the whole layer
  /// the layer's.
  package let formula: String
  /// f(net) by exponentials, where the formula has a function that is made of them; else the formula.
  package var definition: String { ownDefinition ?? formula }
  private(set) var ownDefinition: String?
  /// f(net) as it is computed, where that is in another form which does not overflow.
  package let computedFormula: String?
  /// f′(net) likewise, over `net`, `a` and the settings; of the whole layer J[i,k], over the columns, `i` and `k`.
  package let derivativeFormula: String
  /// What J[i,k] is on the way from f(net) to that, with the rules that give it, in the same letters.
  package private(set) var derivativeSteps: [(formula: String, rule: Text)] = []
  /// Bounds between which every activation lies, whatever the settings: a probability where they are 0 and 1.
  package let range: ClosedRange<Double>
  /// What the units go through on the way to their activations and is worth showing.
  package let between: Between?
  /// Where its slope jumps, in net, with these settings; nowhere where a row does not say so.
  private(set) var kinks: (@Sendable (_ settings: [Double]) -> [Double])?
  /// The activations of a layer; where each depends on its own net only, of any run of units.
  let values: @Sendable (_ net: Numbers, _ a: MutableNumbers, _ count: Int, _ settings: [Double]) -> Void
  /// f′ of a run of units; nil where an activation depends on more than its own net.
  let slopes:
    (@Sendable (_ net: Numbers, _ a: Numbers, _ slope: MutableNumbers, _ count: Int, _ settings: [Double]) -> Void)?
  /// J[i,k] = ∂a[i]/∂net[k] of a layer, the indices counted from 0.
  let jacobian: @Sendable (_ net: Numbers, _ a: Numbers, _ i: Int, _ k: Int, _ settings: [Double]) -> Double
  /// δ = Jᵀ · ∂L/∂a of some units of a layer; nil where J is its diagonal.
  let pullBack: PullBack?
  /// The row for two units at once; nil where an activation depends on more than its own net, or a session made it.
  private(set) var ofPairs: PairRule?

  typealias Numbers = UnsafePointer<Double>
  typealias MutableNumbers = UnsafeMutablePointer<Double>
  typealias PullBack =
    @Sendable (
      _ net: Numbers, _ a: Numbers, _ da: Numbers, _ delta: MutableNumbers, _ units: Range<Int>, _ count: Int,
      _ settings: [Double]
    ) -> Void

  /// A column between net and a of a layer that works as a whole, such as the exponentials that softmax shares out.
  package struct Between: Sendable {
    /// What it is, over `net`.
    package let formula: String
    let values: @Sendable (_ net: [Double], _ settings: [Double]) -> [Double]

    /// The formula over another name for net.
    package func formula(net name: String) -> String {
      formula.split(separator: "net", omittingEmptySubsequences: false).joined(separator: name)
    }
  }

  /// Whether its slope jumps anywhere, whatever the settings.
  package var hasKinks: Bool { kinks != nil }

  /// The row with the places, in net, where its slope jumps.
  func kinked(_ places: @escaping @Sendable (_ settings: [Double]) -> [Double]) -> Activation {
    var row = self
    row.kinks = places
    return row
  }

  /// The row with f(net) by exponentials.
  func defined(_ definition: String) -> Activation {
    var row = self
    row.ownDefinition = definition
    return row
  }

  /// The row with the steps from its formula to its derivative.
  func derived(by steps: [(formula: String, rule: Text)]) -> Activation {
    var row = self
    row.derivativeSteps = steps
    return row
  }

  /// The row with the module of PyTorch that is the same.
  func inTorch(_ module: String) -> Activation {
    var row = self
    row.torch = module
    return row
  }

  /// Whether each activation depends on its own pre-activation only, so that the Jacobian is diagonal.
  package var isElementwise: Bool { slopes != nil }

  /// f(net) of a layer of one unit with these settings.
  package func value(_ net: Double, _ settings: Double...) -> Double { value(net, settings) }

  /// f′ of a layer of one unit, at its pre-activation and its activation, with these settings.
  package func derivative(net: Double, a: Double, _ settings: Double...) -> Double {
    derivative(net: net, a: a, settings)
  }

  func value(_ net: Double, _ settings: [Double]) -> Double {
    var a = 0.0
    withUnsafePointer(to: net) { values($0, &a, 1, settings) }
    return a
  }

  func derivative(net: Double, a: Double, _ settings: [Double]) -> Double {
    withUnsafePointer(to: net) { net in withUnsafePointer(to: a) { a in jacobian(net, a, 0, 0, settings) } }
  }
}

// The two ways to write a row. Both are inlined, so that a loop over the units has the row's rule in it and no call.
extension Activation {
  /// A row that takes each unit by itself.
  @inline(__always)
  static func elementwise(
    _ name: String, aliases: [String] = [], _ formula: String, derivative derivativeFormula: String, _ meaning: Text,
    in range: ClosedRange<Double> = -.infinity ... .infinity, settings: [Setting] = [],
    value: @escaping @Sendable (_ net: Double, _ settings: [Double]) -> Double,
    derivative: @escaping @Sendable (_ net: Double, _ a: Double, _ settings: [Double]) -> Double
  ) -> Activation {
    var row = Activation(
      name: name, aliases: aliases, meaning: meaning, settings: settings, source: nil, formula: formula,
      computedFormula: nil,
      derivativeFormula: derivativeFormula, range: range, between: nil,
      values: { net, a, count, settings in
        for unit in 0..<count { a[unit] = value(net[unit], settings) }
      },
      slopes: { net, a, slope, count, settings in
        for unit in 0..<count { slope[unit] = derivative(net[unit], a[unit], settings) }
      },
      jacobian: { net, a, i, k, settings in i == k ? derivative(net[i], a[i], settings) : 0 },
      pullBack: nil)
    row.ofPairs = PairRule(value: value, derivative: derivative)
    return row
  }

  /// A row without settings, of functions that have a name. Those are inlined however long they are, which a closure is not.
  @inline(__always)
  static func elementwise(
    _ name: String, aliases: [String] = [], _ formula: String, derivative derivativeFormula: String, _ meaning: Text,
    in range: ClosedRange<Double> = -.infinity ... .infinity,
    value: @escaping @Sendable (_ net: Double) -> Double,
    derivative: @escaping @Sendable (_ net: Double, _ a: Double) -> Double
  ) -> Activation {
    elementwise(
      name, aliases: aliases, formula, derivative: derivativeFormula, meaning, in: range,
      value: { net, _ in value(net) }, derivative: { net, a, _ in derivative(net, a) })
  }

  /// A row that takes all units of a layer together.
  @inline(__always)
  static func whole(
    _ name: String, aliases: [String] = [], _ formula: String, computed computedFormula: String? = nil,
    derivative derivativeFormula: String, _ meaning: Text, in range: ClosedRange<Double> = -.infinity ... .infinity,
    settings: [Setting] = [], between: Between? = nil,
    values: @escaping @Sendable (_ net: Numbers, _ a: MutableNumbers, _ count: Int, _ settings: [Double]) -> Void,
    jacobian:
      @escaping @Sendable (_ net: Numbers, _ a: Numbers, _ i: Int, _ k: Int, _ settings: [Double]) -> Double
  ) -> Activation {
    Activation(
      name: name, aliases: aliases, meaning: meaning, settings: settings, source: nil, formula: formula,
      computedFormula: computedFormula,
      derivativeFormula: derivativeFormula, range: range, between: between, values: values, slopes: nil,
      jacobian: jacobian,
      pullBack: { net, a, da, delta, units, count, settings in
        for k in units {
          delta[k] = sumOfProducts(count) { i in (da[i], jacobian(net, a, i, k, settings)) }
        }
      })
  }
}

/// An activation with its settings' values.
package typealias ActivationChoice = Choice<Activation>

extension Choice where Row == Activation {
  /// f(net) of a layer of one unit.
  package func value(_ net: Double) -> Double { rule.value(net, values) }

  /// f′ of a layer of one unit, at its pre-activation and its activation.
  package func derivative(net: Double, a: Double) -> Double { rule.derivative(net: net, a: a, values) }

  /// f of a column of pre-activations; of any matrix where each activation depends on its own net only.
  package func value(of net: Matrix) -> Matrix {
    var a = net.elements
    net.elements.withUnsafeBufferPointer { net in
      a.withUnsafeMutableBufferPointer { a in
        guard let net = net.baseAddress, let start = a.baseAddress else { return }
        rule.values(net, start, a.count, values)
      }
    }
    return Matrix(rows: net.rows, columns: net.columns, elements: a)
  }

  /// J[i,k] = ∂a[i]/∂net[k] of one layer.
  package func jacobian(net: Matrix, a: Matrix) -> Matrix {
    var result = Matrix(rows: a.count, columns: net.count)
    for i in 0..<a.count { for k in 0..<net.count { result[i, k] = jacobian(net: net, a: a, i, k) } }
    return result
  }

  /// One element of it, counted from 0.
  package func jacobian(net: Matrix, a: Matrix, _ i: Int, _ k: Int) -> Double {
    net.elements.withUnsafeBufferPointer { net in
      a.elements.withUnsafeBufferPointer { a in
        guard net.indices.contains(k), a.indices.contains(i), let net = net.baseAddress, let start = a.baseAddress
        else {
          return .nan
        }
        return rule.jacobian(net, start, i, k, values)
      }
    }
  }

  /// f′ of each unit of a layer; nil where an activation depends on more than its own net.
  package func slopes(net: [Double], a: [Double]) -> [Double]? {
    guard let slopes = rule.slopes, net.count == a.count else { return nil }
    var found = net
    net.withUnsafeBufferPointer { net in
      a.withUnsafeBufferPointer { a in
        found.withUnsafeMutableBufferPointer { found in
          guard let net = net.baseAddress, let a = a.baseAddress, let start = found.baseAddress else { return }
          slopes(net, a, start, found.count, values)
        }
      }
    }
    return found
  }

  /// One unit's activation and its derivative by its own net; of a layer that works as a whole, beside a unit whose net
  /// is 0.
  package func unit(net: Double) -> (a: Double, slope: Double) {
    let column = Matrix(column: rule.isElementwise ? [net] : [net, 0])
    let a = value(of: column)
    return (a.elements[0], jacobian(net: column, a: a, 0, 0))
  }

  /// Where its slope jumps, in net.
  package var kinks: [Double] { rule.kinks?(values) ?? [] }

  /// Whether a layer of a single unit gives the same whatever its net is.
  package var isConstantAlone: Bool { value(-1) == value(1) && value(0) == value(1) }

  /// What the row shows between the net and the activations of a layer; nil where there is nothing.
  package func between(net: [Double]) -> [Double]? { rule.between?.values(net, values) }
}
