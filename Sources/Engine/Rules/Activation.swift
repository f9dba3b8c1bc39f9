/// How a layer's pre-activations become its activations: a = f(net), with its derivative beside it.
public struct Activation: Rule {
  /// The name that `dense` takes, and a function's name in expressions.
  public let name: String
  /// What it is, in one sentence.
  public let meaning: String
  /// At most one setting, its `slope` or `alpha`.
  public let settings: [Setting]
  /// f(net) in the session's own notation, over `net` (one unit's, or for softmax the layer's) and the setting.
  public let formula: String
  /// The same as it is computed, where that is in another form which does not overflow.
  public let computedFormula: String?
  /// f′(net) likewise, over `net`, `a` and the setting; for softmax the Jacobian's element, over `a`, `i` and `k`.
  public let derivativeFormula: String
  /// Bounds between which every activation lies, whatever the settings: a probability where they are 0 and 1.
  public let range: ClosedRange<Double>
  let kind: Kind

  enum Kind: Sendable {
    /// Each unit by itself; both are given (net, …, setting).
    case elementwise(
      value: @Sendable (Double, Double) -> Double, derivative: @Sendable (Double, Double, Double) -> Double)
    /// All units of the layer together.
    case softmax
  }

  /// Whether each activation depends on its own pre-activation only, so that the Jacobian is diagonal.
  public var isElementwise: Bool {
    if case .elementwise = kind { true } else { false }
  }

  /// f(net) of one unit. Of softmax, which has no such thing, what a layer of one unit gives: 1.
  public func value(_ net: Double, _ parameter: Double) -> Double {
    if case .elementwise(let value, _) = kind { value(net, parameter) } else { 1 }
  }

  /// f′ of one unit, at its pre-activation and its activation. Of softmax, the Jacobian's diagonal a·(1 − a).
  public func derivative(net: Double, a: Double, _ parameter: Double) -> Double {
    if case .elementwise(_, let derivative) = kind { derivative(net, a, parameter) } else { a * (1 - a) }
  }

  static func elementwise(
    _ name: String, _ formula: String, derivative derivativeFormula: String, _ meaning: String,
    in range: ClosedRange<Double> = -.infinity ... .infinity, settings: [Setting] = [],
    value: @escaping @Sendable (_ net: Double, _ setting: Double) -> Double,
    derivative: @escaping @Sendable (_ net: Double, _ a: Double, _ setting: Double) -> Double
  ) -> Activation {
    Activation(
      name: name, meaning: meaning, settings: settings, formula: formula, computedFormula: nil,
      derivativeFormula: derivativeFormula, range: range,
      kind: .elementwise(value: value, derivative: derivative))
  }
}

/// An activation with its setting's value.
public typealias ActivationChoice = Choice<Activation>

extension Choice where Row == Activation {
  /// f of a column of pre-activations.
  public func value(of net: Matrix) -> Matrix {
    if rule.isElementwise { return net.map { rule.value($0, parameter) } }
    var a = net.elements
    net.elements.withUnsafeBufferPointer { z in
      a.withUnsafeMutableBufferPointer { a in
        guard let z = z.baseAddress, let a = a.baseAddress else { return }
        softmax(z, into: a, count: net.count)
      }
    }
    return Matrix(rows: net.rows, columns: net.columns, elements: a)
  }

  /// J[i,k] = ∂a[i]/∂net[k] of one layer: diagonal for the elementwise ones, a[i]·((i = k) − a[k]) for softmax.
  public func jacobian(net: Matrix, a: Matrix) -> Matrix {
    var result = Matrix(rows: a.count, columns: net.count)
    for row in 0..<a.count {
      if rule.isElementwise {
        result[row, row] = rule.derivative(net: net.elements[row], a: a.elements[row], parameter)
      } else {
        for column in 0..<net.count {
          result[row, column] = softmaxJacobian(a.elements[row], a.elements[column], isDiagonal: row == column)
        }
      }
    }
    return result
  }
}

/// ∂S_i/∂z_k of softmax: S_i·(1 − S_k) where i = k, else −S_i·S_k.
@inlinable func softmaxJacobian(_ i: Double, _ k: Double, isDiagonal: Bool) -> Double {
  isDiagonal ? i * (1 - k) : -i * k
}
