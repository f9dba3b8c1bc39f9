import Engine
import Testing

/// Every row of the table against the same rule differentiated by Swift, by differences, and at the ends of the range.
struct ActivationsTests {
  static let elementwise = Activation.all.filter(\.isElementwise).map(\.name)
  static let points = [-30, -8.5, -3, -1, -0.4, -1e-3, 1e-3, 0.2, 1, 2.5, 7, 30]

  private func choice(_ name: String, _ setting: Double? = nil) throws -> ActivationChoice {
    let choice = try ActivationChoice.named(name)
    guard let setting, let first = choice.rule.settings.first else { return choice }
    return try .named(name, [first.name: setting])
  }

  @Test func theTableIsThatOfTheDesign() {
    #expect(
      Activation.all.map(\.name) == [
        "identity", "sigmoid", "tanh", "relu", "leaky-relu", "elu", "softplus", "gelu", "silu", "softmax",
      ])
    let settings = Activation.all.flatMap { row in row.settings.map { "\(row.name) \($0.name) \($0.initial)" } }
    #expect(settings == ["leaky-relu slope 0.01", "elu alpha 1.0"])
  }

  @Test(arguments: elementwise)
  func valueAndDerivativeAgreeWithSwiftsOwn(name: String) throws {
    for setting in [0.01, 1, 0.3] {
      let choice = try choice(name, setting)
      for net in Self.points {
        let a = choice.rule.value(net, setting)
        let plain = PlainRules.activation(name, setting, net)
        #expect(agree(a, plain, within: 1e-14), "\(name)(\(net)) = \(a), not \(plain)")
        let slope = choice.rule.derivative(net: net, a: a, setting)
        let plainSlope = PlainRules.slope(name, setting, net)
        #expect(agree(slope, plainSlope, within: 1e-12), "\(name)'(\(net)) = \(slope), not \(plainSlope)")
      }
    }
  }

  @Test(arguments: elementwise)
  func derivativeAgreesWithCentralDifferences(name: String) throws {
    let rule = try choice(name, 0.3).rule
    for net in Self.points where abs(net) > 1e-2 {
      let (h, a) = (1e-5, rule.value(net, 0.3))
      let difference = (rule.value(net + h, 0.3) - rule.value(net - h, 0.3)) / (2 * h)
      #expect(agree(rule.derivative(net: net, a: a, 0.3), difference, within: 1e-8), "\(name) at \(net)")
    }
  }

  @Test(arguments: [
    ("identity", 1.0), ("sigmoid", 0.25), ("tanh", 1), ("relu", 0), ("leaky-relu", 0.3), ("elu", 0.3),
    ("softplus", 0.5),
    ("gelu", 0.5), ("silu", 0.5),
  ])
  func derivativeAtZero(name: String, expected: Double) throws {
    let rule = try choice(name).rule
    for zero in [0.0, -0.0] {
      #expect(rule.derivative(net: zero, a: rule.value(zero, 0.3), 0.3) == expected, "\(name)'(\(zero))")
    }
  }

  /// At ±1000: (name, f(−1000), f′(−1000), f(1000), f′(1000)), settings 0.3.
  @Test(arguments: [
    ("identity", [-1000, 1, 1000, 1]), ("sigmoid", [0, 0, 1, 0]), ("tanh", [-1, 0, 1, 0]), ("relu", [0, 0, 1000, 1]),
    ("leaky-relu", [-300, 0.3, 1000, 1]), ("elu", [-0.3, 0, 1000, 1]), ("softplus", [0, 0, 1000, 1]),
    ("gelu", [0, 0, 1000, 1]), ("silu", [0, 0, 1000, 1]),
  ])
  func farOutNothingOverflows(name: String, expected: [Double]) throws {
    let rule = try choice(name).rule
    let found = [-1000.0, 1000].flatMap { net in
      let a = rule.value(net, 0.3)
      return [a, rule.derivative(net: net, a: a, 0.3)]
    }
    #expect(found == expected, "\(name)")
  }

  @Test func theSmallEndIsKept() throws {
    let sigmoid = try choice("sigmoid").rule
    let softplus = try choice("softplus").rule
    // e^-700 and e^-740 to 17 digits, the latter as far as a subnormal has them
    #expect(agree(sigmoid.value(-700, 0) * 1e304, 0.98596765437597708, within: 1e-13))
    #expect(sigmoid.value(-740, 0) == Double(bitPattern: 0x55))
    #expect(agree(softplus.value(-40, 0) * 1e18, 4.2483542552915889, within: 1e-15))
    #expect(agree(sigmoid.derivative(net: -40, a: sigmoid.value(-40, 0), 0) * 1e18, 4.2483542552915889, within: 1e-15))
    let tiny = try choice("elu").rule.value(-1e-20, 1)
    #expect(tiny == -1e-20)
    // Φ(-10) = 7.619853024160527e-24
    #expect(agree(try choice("gelu").rule.value(-10, 0) * 1e23, -7.6198530241605269, within: 1e-13))
  }

  @Test(arguments: elementwise + ["softmax"])
  func notANumberStaysOne(name: String) throws {
    let choice = try choice(name)
    let a = choice.value(of: Matrix(column: [.nan]))
    #expect(a.elements[0].isNaN)
    if name != "identity" {
      #expect(choice.rule.derivative(net: .nan, a: a.elements[0], 0.3).isNaN)
    }
  }

  @Test func softmaxIsTheSharesAndItsJacobianFull() throws {
    let softmax = try choice("softmax")
    var generator = Generator(seed: 5)
    for units in 1...6 {
      let net = (0..<units).map { _ in generator.uniform(-4, 4) }
      let a = softmax.value(of: Matrix(column: net))
      #expect(agree(a.elements, PlainRules.activate("softmax", 0, net), within: 1e-15))
      let jacobian = softmax.jacobian(net: Matrix(column: net), a: a)
      let plain = PlainRules.jacobian("softmax", 0, net).flatMap { $0 }
      #expect(agree(jacobian.elements, plain, within: 1e-15), "net \(net)")
      #expect(jacobian == jacobian.transposed)
    }
  }

  @Test func softmaxTakesLogitsOfAThousand() throws {
    let softmax = try choice("softmax")
    #expect(softmax.value(of: Matrix(column: [1000, -1000, 1000])).elements == [0.5, 0, 0.5])
    #expect(softmax.value(of: Matrix(column: [-1000, -1000])).elements == [0.5, 0.5])
    // the small end: e^-700 of the share
    let share = softmax.value(of: Matrix(column: [1000, 300])).elements[1]
    #expect(agree(share * 1e304, 0.98596765437597708, within: 1e-13))
  }

  @Test(arguments: elementwise)
  func theJacobianOfTheOthersIsDiagonal(name: String) throws {
    let choice = try choice(name, 0.3)
    let net = [-1.5, 0.25, 2]
    let a = choice.value(of: Matrix(column: net))
    let jacobian = choice.jacobian(net: Matrix(column: net), a: a)
    #expect(agree(jacobian.elements, PlainRules.jacobian(name, 0.3, net).flatMap { $0 }, within: 1e-14))
  }
}
