/// How a gradient becomes a change of a parameter: w ← w + u. Update rules and initial values are PyTorch's
/// (torch.optim, version 2), except that plain gradient descent has rate 1 where none is given.
package struct Optimizer: Rule {
  /// The name that `optimizer` takes.
  package let name: String
  /// Other names that it goes by.
  package var aliases: [String] = []
  /// What other programs call it.
  package var elsewhere: [String] = []
  /// What they call it with some settings.
  package var elsewhereSet: [String: [String: String]] = [:]
  /// What comes near and is not the same.
  package var near: [String] = []
  /// What PyTorch calls it; nil where it has none of the kind.
  package private(set) var torch: TorchName?
  /// How other programs and courses have it otherwise, a sentence each.
  package var differences: [Text] = []
  /// What it is, in one sentence.
  package let meaning: Text
  /// What can be set; the first is always the rate.
  package let settings: [Setting]
  /// What it remembers of each parameter between updates.
  package let memory: [Memory]
  /// The rule as lines of the session's notation, over `w`, `g` (the gradient), the memory's names as they were before,
  /// `count` (this update's number, from 1) and the settings. A line may use those above it; the last is `u`.
  package let formulas: [Line]
  /// Writes u and the new memory of a run of parameters; the values are those of `settings`, in order.
  /// Which values of the settings don't go together, and why.
  var contradicts: @Sendable (_ values: [Double]) -> Text? = { _ in nil }
  let update: @Sendable (_ span: UpdateSpan, _ values: [Double]) -> Void

  /// u where nothing but the rate and the gradient counts.
  static let plainDescent = "-rate * g"
  /// What a momentum makes of a gradient, where it takes it whole or keeps a running mean, and the step along it.
  static let (wholeMomentum, meanMomentum) = ("momentum * m + g", "momentum * m + (1 - momentum) * g")
  static let alongMomentum = "-rate * m"

  /// Why these values don't go together, or nil where they do.
  package func contradiction(_ values: [Double]) -> Text? { contradicts(values) }

  /// The class of PyTorch that is the same rule.
  package struct TorchName: Sendable {
    /// Its name.
    package let name: String
    /// Its arguments, the settings in braces; what is not given has the row's own initial values there, too.
    package let arguments: [String]
    /// Whether it keeps the number of a parameter's updates as `step`.
    package let countsSteps: Bool
    /// The settings with which it has no such rule.
    package let excluded: [String]
  }

  /// The row with the class of PyTorch that is the same rule.
  func inTorch(_ name: String, _ arguments: String..., countsSteps: Bool = true, without excluded: String...)
    -> Optimizer
  {
    var row = self
    row.torch = TorchName(name: name, arguments: arguments, countsSteps: countsSteps, excluded: excluded)
    return row
  }

  /// A number that is kept for each parameter, from one update to the next; it begins at 0.
  package struct Memory: Sendable {
    /// `m` for a momentum or first moment, `v` for squares, and what else a rule keeps.
    package let name: String
    /// What it is, as in "… of the weights".
    package let meaning: Text
    /// The setting without which it is not needed, and so not kept.
    package let condition: String?
    /// Whether it is made of squares, and so never below 0.
    package let isOfSquares: Bool
    /// What PyTorch calls it in an optimizer's state.
    package let torch: String

    init(
      _ name: String, _ meaning: Text, inTorch torch: String, when condition: String? = nil, isOfSquares: Bool = false
    ) {
      self.name = name
      self.torch = torch
      self.isOfSquares = isOfSquares
      self.meaning = meaning
      self.condition = condition
    }
  }

  /// One line of the rule.
  package struct Line: Sendable {
    /// What it gives: a name of the rule's own, a memory's new value, or `u`.
    package let name: String
    /// The formula.
    package let expression: String
    /// The settings, parted by blanks, without which the line is passed over; with `!`, whose absence it wants.
    package let condition: String?

    /// The line as help shows it, with what it takes: `m = momentum * m + g  (with momentum; without average)`.
    package var explained: String {
      let parts = (condition ?? "").split(separator: " ")
      let wanted = parts.filter { !$0.hasPrefix("!") }.joined(separator: ", ")
      let unwanted = parts.filter { $0.hasPrefix("!") }.map { $0.dropFirst() }.joined(separator: ", ")
      let words = [wanted.isEmpty ? "" : "with \(wanted)", unwanted.isEmpty ? "" : "without \(unwanted)"]
      let condition = words.filter { !$0.isEmpty }.joined(separator: "; ")
      return "\(name) = \(expression)" + (condition.isEmpty ? "" : "  (\(condition))")
    }

    init(_ name: String, _ expression: String, when condition: String? = nil) {
      self.name = name
      self.expression = expression
      self.condition = condition
    }
  }
}

extension Optimizer {
  /// The rate, which is a quantity as well: every optimizer's first setting.
  package static var rate: Setting { all[0].settings[0] }

  /// How much a parameter is pulled towards 0, in those optimizers that have it.
  static func weightDecay(_ initial: Double) -> Setting {
    .number("weight-decay", initial, in: 0...1e300, "pulls every parameter, biases too, towards 0", aliases: ["wd"])
      .byFactors
  }

  /// Whether the decay reaches the biases.
  static let decayBiases = Setting.flag("decay-biases", true, "whether weight decay reaches the biases")

  /// The row with what others have otherwise.
  func differing(_ sentences: Text...) -> Optimizer {
    var row = self
    row.differences = sentences
    return row
  }
}

/// An optimizer with its settings' values.
package typealias OptimizerChoice = Choice<Optimizer>

extension Choice where Row == Optimizer {
  /// The rate.
  package var rate: Double { parameter }

  /// The choice as it is for the biases: without decay, where that spares them.
  package var forBiases: OptimizerChoice {
    var choice = self
    if self[Optimizer.decayBiases.name] == 0 { _ = choice.set(Optimizer.weightDecay(0).name, to: 0) }
    return choice
  }

  /// The choice as it is for a kind of parameter, or for its change and memory.
  package func of(_ parameter: Quantity.Kind) -> OptimizerChoice { parameter.parameter == .b ? forBiases : self }

  /// The names of what is remembered with these settings.
  package var memory: [String] { rule.memory.filter { applies($0.condition) }.map(\.name) }

  /// Whether it is the same rule with other numbers alone: what is off is off in both, so that they remember the same and
  /// the same lines count.
  func isOtherInNumbersAlone(than other: OptimizerChoice) -> Bool {
    rule.name == other.rule.name && values.count == other.values.count
      && zip(values, other.values).allSatisfy { ($0 == 0) == ($1 == 0) }
  }

  /// The lines of the rule that count with these settings.
  package var lines: [Optimizer.Line] { rule.formulas.filter { applies($0.condition) } }

  private func applies(_ condition: String?) -> Bool {
    guard let condition else { return true }
    return condition.split(separator: " ").allSatisfy { part in
      part.hasPrefix("!") ? self[String(part.dropFirst())] == 0 : self[String(part)] != 0
    }
  }

  /// Whether the rule is gradient descent as the derivations have it, with these settings: w ← w − rate · ∂L/∂w.
  package var isPlainDescent: Bool { lines.map(\.expression) == [Optimizer.plainDescent] }

  /// How much of each gradient goes into the momentum, where a step is along that and nothing else: then it is a sum of what
  /// the gradients have left. Nil of any other rule.
  package var shareInMomentum: Double? {
    switch lines.map(\.expression) {
    case [Optimizer.wholeMomentum, Optimizer.alongMomentum]: 1
    case [Optimizer.meanMomentum, Optimizer.alongMomentum]: self["momentum"].map { 1 - $0 }
    default: nil
    }
  }
}

/// A run of parameters to be updated, with their gradients and memory.
package struct UpdateSpan {
  let w: UnsafePointer<Double>
  let g: UnsafePointer<Double>
  let u: UnsafeMutablePointer<Double>
  /// The optimizer's memory in the order of its table, from the parameter's first number on.
  let slots: UnsafePointer<UnsafeMutablePointer<Double>>
  /// Where in the parameter the run begins.
  let offset: Int
  /// How many parameters.
  let length: Int
  /// The number of this update, from 1.
  let count: Int

  /// The memory in a place of the rule's table. What the rule with these settings does not keep must not be read.
  @inline(__always)
  func memory(_ place: Int) -> UnsafeMutablePointer<Double> { slots[place] + offset }

  /// Puts what is kept into the slots that the rule's table gives it, by their places among what is kept; the others point at
  /// what must not be read.
  static func slots(
    _ places: [Int?], kept: [UnsafeMutablePointer<Double>], otherwise unused: UnsafeMutablePointer<Double>
  ) -> UnsafeMutablePointer<UnsafeMutablePointer<Double>> {
    guard !places.isEmpty else { return noSlots }
    let slots = UnsafeMutablePointer<UnsafeMutablePointer<Double>>.allocate(capacity: places.count)
    slots.initialize(repeating: unused, count: places.count)
    for (slot, place) in places.enumerated() {
      if let place, kept.indices.contains(place) { slots[slot] = kept[place] }
    }
    return slots
  }

  /// Gives the room of slots back.
  static func deallocate(_ slots: UnsafeMutablePointer<UnsafeMutablePointer<Double>>) {
    if slots != noSlots { slots.deallocate() }
  }

  /// The slots of a rule that remembers nothing, which nobody reads.
  private nonisolated(unsafe) static let noSlots = UnsafeMutablePointer<UnsafeMutablePointer<Double>>.allocate(
    capacity: 1)

  /// Fills u from each parameter and its gradient.
  @inline(__always)
  func each(_ rule: (_ w: Double, _ g: Double) -> Double) {
    for index in 0..<length { u[index] = rule(w[index], g[index]) }
  }

  /// Fills u from each parameter, its gradient and its index, for rules that remember.
  @inline(__always)
  func eachIndex(_ rule: (_ w: Double, _ g: Double, _ index: Int) -> Double) {
    for index in 0..<length { u[index] = rule(w[index], g[index], index) }
  }
}
