/// The phases of an iteration.
public enum Phase: String, CaseIterable, Sendable {
  case start, forward, loss, backward, update
}

/// One operation of a layer step: it computes one quantity, unit by unit.
public struct Operation: Equatable, Sendable {
  /// The phase of the step that it belongs to.
  public let phase: Phase
  /// The layer, counted from 1; 0 for the loss.
  public let layer: Int
  /// What it computes. `w` and `b` stand for an update, which computes `uw` and the optimizer's memory with them.
  public let quantity: Quantity
  /// How many units it has: elements of a column, rows of a matrix.
  public let units: Int
}

/// One layer step: the default stride.
public struct LayerStep: Equatable, Sendable {
  /// The phase.
  public let phase: Phase
  /// The layer, counted from 1; 0 for the loss.
  public let layer: Int
  /// Its operations, as indices into the program's.
  public let operations: Range<Int>
}

/// One iteration of a network as a list of operations: forward 1…L, loss, backward L…1, update 1…L. Time moves along this
/// list; nothing else knows the order.
public struct Program: Equatable, Sendable {
  /// All operations of an iteration, in order.
  public private(set) var operations: [Operation] = []
  /// The 3L+1 layer steps.
  public private(set) var steps: [LayerStep] = []
  /// The operations that a weight's value depends on, and the loss: what has to run where nobody looks.
  private(set) var training: [Operation] = []
  /// How many iterations can be taken again in about a tenth of a millisecond, as a power of two up to 64: so many may lie
  /// between two that are kept for going back.
  private(set) var stretch = 1
  private var producers: [Quantity: Int] = [:]

  /// The iteration of a network.
  public init(_ network: Network) {
    let last = network.layers.count
    guard network.isComplete else { return }
    for layer in 1...last { add(.forward, layer, [.net, .a], network) }
    add(.loss, 0, [.loss], network)
    for layer in (1...last).reversed() {
      let biases: [Quantity.Kind] = network.layers[layer - 1].bias == .none ? [] : [.db]
      add(.backward, layer, [.da, .jacobian, .delta, .dw] + biases + (layer == 1 ? [.dx] : []), network)
    }
    for layer in 1...last {
      add(.update, layer, network.layers[layer - 1].bias == .none ? [.w] : [.w, .b], network)
    }
    while stretch < 64, stretch * network.parameterCount < 10_000 { stretch *= 2 }
    training = operations.filter { operation in
      switch operation.quantity.kind {
      case .dx: false
      case .da, .jacobian: operation.layer != last || network.closedForm == nil
      default: true
      }
    }
  }

  private mutating func add(_ phase: Phase, _ layer: Int, _ kinds: [Quantity.Kind], _ network: Network) {
    let first = operations.count
    for kind in kinds {
      let quantity = Quantity(kind, kind.isOfLayer ? layer : 0)
      let units =
        switch kind {
        case .loss: 1
        case .dx: network.inputs
        case .db, .b: network.layers[layer - 1].biasCount
        default: network.layers[layer - 1].units
        }
      producers[quantity] = operations.count
      operations.append(Operation(phase: phase, layer: layer, quantity: quantity, units: units))
    }
    steps.append(LayerStep(phase: phase, layer: layer, operations: first..<operations.count))
  }

  /// The index of the operation with which a quantity comes, or nil for what is there all the time.
  public func producer(of quantity: Quantity) -> Int? {
    switch quantity.kind {
    case .out: producers[Quantity(.a, steps.count / 3)]
    case .w, .b: nil
    case .uw, .mw, .vw, .cw, .vmaxw: producers[Quantity(.w, quantity.layer)]
    case .ub, .mb, .vb, .cb, .vmaxb: producers[Quantity(.b, quantity.layer)]
    default: producers[quantity]
    }
  }

  /// How many layer steps are complete once that many operations are.
  public func completedSteps(operations count: Int) -> Int {
    steps.firstIndex { $0.operations.upperBound > count } ?? steps.count
  }
}
