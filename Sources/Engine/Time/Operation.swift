/// The phases of an iteration.
package enum Phase: String, CaseIterable, Comparable, Sendable {
  case start, forward, loss, backward, update

  /// In the order in which an iteration goes through them.
  package static func < (one: Phase, other: Phase) -> Bool { one.place < other.place }

  private var place: Int { Phase.allCases.firstIndex(of: self) ?? 0 }
}

/// One operation of a layer step: it computes one quantity, unit by unit.
package struct Operation: Equatable, Sendable {
  /// The phase of the step that it belongs to.
  package let phase: Phase
  /// The layer, counted from 1; 0 for the loss.
  package let layer: Int
  /// What it computes. `w` and `b` stand for an update, which computes `uw` and the optimizer's memory with them.
  package let quantity: Quantity
  /// How many units it has: elements of a column, rows of a matrix.
  package var units: Int { work.units }
  /// What stands in the place of its own formula; nil where nothing does. Behind a reference: operations are copied at every
  /// step.
  private let altered: Altered?

  private final class Altered: Sendable {
    let alteration: Alteration

    init(_ alteration: Alteration) { self.alteration = alteration }
  }

  /// What stands in the place of its own formula; nil where nothing does.
  var alteration: Alteration? { altered?.alteration }
  /// Whether something does.
  var isAltered: Bool { altered != nil }
  /// What has to be done.
  let work: Work

  /// What has to be done where another computation stands for its own, and maybe for that of others.
  func work(by computation: any Computation.Type) -> Work {
    Work(computation: computation, index: work.index, units: work.units, isUpdate: work.isUpdate)
  }

  /// What has to be done of an operation: a type where a closure would do, so that neither a copy nor a call counts
  /// references.
  struct Work: Equatable, Sendable {
    fileprivate let computation: any Computation.Type
    /// The layer, counted from 0.
    fileprivate let index: Int
    let units: Int
    /// Whether it changes what is trained, so that it cannot be left in its middle.
    let isUpdate: Bool

    /// Does some of the units. Stepping and running both come through here, so that they are the same arithmetic.
    @inline(__always)
    func perform(on workspace: Workspace, _ units: Range<Int>) { computation.compute(workspace, index, units) }

    /// Does all of them.
    @inline(__always)
    func perform(on workspace: Workspace) { perform(on: workspace, 0..<units) }

    static func == (one: Work, other: Work) -> Bool {
      one.computation == other.computation && one.index == other.index && one.units == other.units
    }
  }

  /// A row of the table at a layer of a network.
  init(_ row: Row, layer: Int, in network: Network) {
    phase = row.phase
    self.layer = layer
    quantity = Quantity(row.gives, row.gives.isOfLayer ? layer : 0)
    work = Work(
      computation: row.computation, index: layer - 1, units: row.gives.extent.shape(in: network, layer: layer).rows,
      isUpdate: phase == .update)
    let own = quantity
    altered = network.alterations.first { $0.quantity == own && $0.computation != nil }.map(Altered.init)
  }

  /// The quantities that it reads; of an update, with the gradient that the optimizer's rule reads.
  package func reads(in network: Network) -> Set<Quantity> {
    let own = Operation.equation(of: quantity, in: network)?.reads(Equation.layer(of: quantity, in: network)) ?? []
    guard quantity.kind.isParameter, let gradient = quantity.kind.gradient else { return own }
    return own.union([Quantity(gradient, layer)])
  }

  /// Two are the same where they compute the same at the same place.
  package static func == (one: Operation, other: Operation) -> Bool {
    one.phase == other.phase && one.quantity == other.quantity && one.units == other.units
      && one.alteration == other.alteration
  }
}

extension Operation {
  /// What there is to know of a kind of operation.
  struct Row: Sendable {
    /// What it computes.
    let gives: Quantity.Kind
    /// The phase that it belongs to.
    let phase: Phase
    /// Whether a layer of a network, counted from 1, has it.
    let applies: @Sendable (Network, _ layer: Int) -> Bool
    /// What it computes at a layer of a network.
    let equation: @Sendable (Network, _ layer: Int) -> Equation
    /// How it is computed.
    let computation: any Computation.Type

    init(
      _ gives: Quantity.Kind, in phase: Phase,
      where applies: @escaping @Sendable (Network, Int) -> Bool = { _, _ in true },
      _ equation: @escaping @Sendable (Network, Int) -> Equation, by computation: any Computation.Type
    ) {
      self.gives = gives
      self.phase = phase
      self.applies = applies
      self.equation = equation
      self.computation = computation
    }

    init(
      _ gives: Quantity.Kind, in phase: Phase,
      where applies: @escaping @Sendable (Network, Int) -> Bool = { _, _ in true },
      _ formula: String, summed order: SummationOrder = .plain, by computation: any Computation.Type
    ) {
      self.init(gives, in: phase, where: applies, { _, _ in Equation(formula, summed: order) }, by: computation)
    }
  }

  /// Every operation, in the order in which those of a layer are done. A new one is one entry.
  static let rows = forward + backward + update

  /// What a quantity is in a network, by the operation that computes it; nil of what no operation gives. Several bias
  /// modes and rules have rows of their own: the one that applies is meant.
  package static func equation(of quantity: Quantity, in network: Network) -> Equation? {
    let layer = Equation.layer(of: quantity, in: network)
    guard network.layers.indices.contains(layer - 1) else { return nil }
    if let altered = network.alteration(of: quantity) { return altered.equation }
    return rows.first { $0.gives == quantity.kind && $0.applies(network, layer) }?.equation(network, layer)
  }
}

/// How an operation's units are computed.
protocol Computation: Sendable {
  /// Computes some units of a layer, which is counted from 0, for every sample of the batch; the loss and ∂L/∂x belong to no
  /// layer.
  static func compute(_ workspace: Workspace, _ index: Int, _ units: Range<Int>)
}

extension Workspace {
  /// The places of some units of a layer for every sample, run by run: one run where they are all of them.
  @inline(__always)
  func eachRun(of units: Range<Int>, of width: Int, _ work: (_ start: Int, _ count: Int) -> Void) {
    if units.count == width { return work(atWork.lowerBound * width, atWork.count * width) }
    for sample in atWork { work(sample * width + units.lowerBound, units.count) }
  }
}
