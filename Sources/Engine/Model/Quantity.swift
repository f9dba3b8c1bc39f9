/// A named value at a place in time: what panels, expressions, breakpoints and exports read.
public struct Quantity: Hashable, Sendable {
  /// What kind of value it is.
  public let kind: Kind
  /// The layer, counted from 1, or 0 where the kind has none.
  public let layer: Int

  /// A quantity of a layer, or one that has none.
  public init(_ kind: Kind, _ layer: Int = 0) {
    self.kind = kind
    self.layer = layer
  }

  /// The kinds of quantity; the raw value is the name, before the layer's number.
  public enum Kind: String, CaseIterable, Sendable {
    case x, y, out, loss, rate, t, dx, accuracy
    case holdoutAccuracy = "holdout-accuracy"
    case step, iteration, epoch, phase, layer, sample
    case w, b, net, a, da, delta, dw, db
    case jacobian = "J"
    case uw, ub, mw, mb, vw, vb, cw, cb, vmaxw, vmaxb

    /// Whether its name ends in a layer's number.
    public var isOfLayer: Bool { info.isOfLayer }
    /// What it is, in a few words.
    public var meaning: String { info.meaning }
    /// Whether it belongs to one sample of the batch.
    public var isOfSample: Bool { info.isOfSample }
    /// Whether it is a weight or a bias.
    public var isParameter: Bool { self == .w || self == .b }
  }

  /// The name as it is typed: `w2`, `loss`.
  public var name: String { kind.isOfLayer ? kind.rawValue + String(layer) : kind.rawValue }

  /// The name as the screen writes it: `δ2`, `∂w1`.
  public var shownName: String {
    switch kind {
    case .delta: "δ\(layer)"
    case .da, .dw, .db, .dx: "∂" + name.dropFirst()
    default: name
    }
  }

  /// The quantity that a name stands for: `dnet2` is `delta2`, and `a0` is `x`. Whether the network has that layer is
  /// not asked here.
  public static func named(_ name: String) -> Quantity? {
    if let kind = Kind(rawValue: name), !kind.isOfLayer { return Quantity(kind) }
    // Read as bytes: every evaluation of an expression comes through here for each name.
    var (layer, power, digits) = (0, 1, 0)
    for byte in name.utf8.reversed() {
      guard byte >= 48, byte <= 57 else { break }
      (digits, layer, power) = (digits + 1, layer + Int(byte - 48) * power, power * 10)
      guard digits <= 4 else { return nil }
    }
    let hasLeadingZero = digits > 1 && layer < power / 10
    guard digits > 0, !hasLeadingZero else { return nil }
    let prefix = String(name.utf8.dropLast(digits)) ?? ""
    if layer == 0 { return prefix == "a" ? Quantity(.x) : prefix == "da" ? Quantity(.dx) : nil }
    if prefix == "dnet" { return Quantity(.delta, layer) }
    guard let kind = Kind(rawValue: prefix), kind.isOfLayer else { return nil }
    return Quantity(kind, layer)
  }
}

extension Quantity.Kind {
  /// What the table below knows of a kind.
  struct Info {
    let meaning: String
    var isOfLayer = false
    var isOfSample = false
  }

  var info: Info {
    switch self {
    case .x: Info(meaning: "the inputs of the sample on show", isOfSample: true)
    case .y: Info(meaning: "its targets", isOfSample: true)
    case .out: Info(meaning: "the last layer's activations", isOfSample: true)
    case .loss: Info(meaning: "the loss of the batch")
    case .rate: Info(meaning: "the learning rate")
    case .t: Info(meaning: "the iteration, from 1")
    case .dx: Info(meaning: "the loss's derivative by the inputs", isOfSample: true)
    case .accuracy: Info(meaning: "the share of all samples to train on that come out right")
    case .holdoutAccuracy: Info(meaning: "the share of the held-out samples that come out right")
    case .step: Info(meaning: "the layer steps completed")
    case .iteration: Info(meaning: "the iteration, from 1")
    case .epoch: Info(meaning: "the epoch, from 1")
    case .phase: Info(meaning: "the phase of the step just completed")
    case .layer: Info(meaning: "the layer of the step just completed")
    case .sample: Info(meaning: "the number of the sample on show")
    case .w: Info(meaning: "weights, one row for each unit", isOfLayer: true)
    case .b: Info(meaning: "biases", isOfLayer: true)
    case .net: Info(meaning: "pre-activations, w * a + b", isOfLayer: true, isOfSample: true)
    case .a: Info(meaning: "activations, f(net)", isOfLayer: true, isOfSample: true)
    case .da: Info(meaning: "the loss's derivative by the activations", isOfLayer: true, isOfSample: true)
    case .delta: Info(meaning: "the loss's derivative by the pre-activations", isOfLayer: true, isOfSample: true)
    case .dw: Info(meaning: "the loss's derivative by the weights", isOfLayer: true)
    case .db: Info(meaning: "the loss's derivative by the biases", isOfLayer: true)
    case .jacobian: Info(meaning: "J[i,k], activation i by pre-activation k", isOfLayer: true, isOfSample: true)
    case .uw: Info(meaning: "the change that the update makes to the weights", isOfLayer: true)
    case .ub: Info(meaning: "the change that the update makes to the biases", isOfLayer: true)
    case .mw: Info(meaning: "the optimizer's momentum or first moment of the weights", isOfLayer: true)
    case .mb: Info(meaning: "the optimizer's momentum or first moment of the biases", isOfLayer: true)
    case .vw: Info(meaning: "the optimizer's squares of the weights", isOfLayer: true)
    case .vb: Info(meaning: "the optimizer's squares of the biases", isOfLayer: true)
    case .cw: Info(meaning: "centered rmsprop's mean gradient of the weights", isOfLayer: true)
    case .cb: Info(meaning: "centered rmsprop's mean gradient of the biases", isOfLayer: true)
    case .vmaxw: Info(meaning: "amsgrad's largest squares of the weights", isOfLayer: true)
    case .vmaxb: Info(meaning: "amsgrad's largest squares of the biases", isOfLayer: true)
    }
  }

  /// For an optimizer's memory: its name in the optimizer's table, and whether it is that of the weights.
  public var memory: (name: String, ofWeights: Bool)? {
    switch self {
    case .mw, .vw, .cw, .vmaxw: (String(rawValue.dropLast()), true)
    case .mb, .vb, .cb, .vmaxb: (String(rawValue.dropLast()), false)
    default: nil
    }
  }
}
