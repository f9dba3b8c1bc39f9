extension Quantity {
  /// What there is to know of a kind of quantity. A class, so that looking at one of its facts copies none of the others.
  final class Row: Sendable {
    /// The name, before the layer's number.
    let name: String
    /// What it is, in a few words.
    let meaning: Text
    /// Along which sizes it extends.
    let extent: Extent
    /// Where its numbers come from.
    let source: Source
    /// Whether its name ends in a layer's number.
    let isOfLayer: Bool
    /// How it stands to the samples of a batch.
    let share: Share
    /// The kind that the loss is differentiated by to get it: `w` for `dw`.
    let gradientOf: String?
    /// How the screen writes the name.
    let shown: String
    /// What it is on a page, before its index: `∂L/∂net`.
    let page: String
    /// The quantity that layer 0 of it is: `x` for `a`.
    let atInput: String?
    /// What other programs and pages call it, before the layer's number: not understood, but answered with its name.
    let elsewhere: [String]
    /// What files call it besides, where nothing that is named so here could be meant: `t` of targets.
    let inFiles: [String]
    /// What pages call it besides, by letters that mean much else elsewhere: `E` of the loss.
    let onPages: [String]
    /// Why it has no value in an experiment, whatever is computed; nil where it has.
    let obstacle: @Sendable (Experiment) -> Text?

    init(
      _ name: String, _ meaning: Text, _ extent: Extent, _ source: Source, of share: Share = .batch,
      gradientOf: String? = nil, shown: String? = nil, page: String? = nil, atInput: String? = nil,
      elsewhere: [String] = [], inFiles: [String] = [], onPages: [String] = [],
      obstacle: (@Sendable (Experiment) -> Text?)? = nil
    ) {
      self.name = name
      self.meaning = meaning
      self.extent = extent
      self.source = source
      isOfLayer = extent.isOfLayer
      self.share = share
      self.gradientOf = gradientOf
      self.shown = shown ?? gradientOf.map { "∂" + $0 } ?? name
      self.page = page ?? gradientOf.map { "∂L/∂" + $0 } ?? name
      self.atInput = atInput
      (self.elsewhere, self.inFiles, self.onPages) = (elsewhere, inFiles, onPages)
      self.obstacle = obstacle ?? { share == .sample ? $0.obstacle : nil }
    }
  }

  /// How a quantity stands to the samples of a batch.
  enum Share: Sendable {
    /// Each sample has its own: `a`.
    case sample
    /// What its equation says of each sample, added or averaged over the batch: `dw`.
    case samples
    /// The batch has one, and its equation says it once: `w`.
    case batch
  }

  /// Where a quantity's numbers come from.
  enum Source: Sendable {
    /// Numbers that are trained.
    case parameter
    /// Numbers that come with each sample.
    case sample
    /// A setting of the experiment, read off the state.
    case setting(@Sendable (State) -> Double)
    /// Counted as time goes.
    case counted(@Sendable (State) -> Double)
    /// How many updates the optimizer has counted for the parameter of this name.
    case counts(String)
    /// Measured over many samples where it is asked for.
    case measured(@Sendable (State) -> Double)
    /// An operation computes them, and they are kept until the next iteration.
    case computed
    /// An operation computes them, and they are read off other quantities, here of a sample of the batch, counted from 0.
    case derived(@Sendable (State, _ layer: Int, _ sample: Int) -> Matrix)
    /// Those of another kind at the last layer.
    case ofLastLayer(String)
    /// The update makes them, with its parameter.
    case change
    /// The optimizer remembers them under this name, and changes them with its parameter.
    case memory(String)
    /// The gradient of this name as the iteration before left it, which a mistake in the code may read.
    case gradientBefore(String)
  }
}

extension Quantity.Kind {
  /// Whether it is a weight or a bias.
  package var isParameter: Bool { if case .parameter = row.source { true } else { false } }

  /// Whether its numbers lie in a place of their own, and are not made of others where they are asked for.
  package var isKept: Bool {
    switch row.source {
    case .parameter, .sample, .computed, .change, .memory, .gradientBefore: true
    case .setting, .counted, .counts, .measured, .derived, .ofLastLayer: false
    }
  }

  /// Whether its numbers stay as they are all through an iteration, but for the operation that makes them anew.
  package var changesByItsOperation: Bool {
    switch row.source {
    case .parameter, .sample, .setting, .computed, .change, .memory, .gradientBefore, .ofLastLayer: true
    case .counted, .counts, .measured, .derived: false
    }
  }

  /// Whether an iteration begins with what the one before it left.
  package var isHandedOn: Bool {
    switch row.source {
    case .parameter, .setting, .memory, .gradientBefore: true
    case .sample, .computed, .change, .ofLastLayer, .counted, .counts, .measured, .derived: false
    }
  }

  /// Whether a case of somebody else's may hold it: what goes into an iteration, and what comes of it.
  var isInCases: Bool {
    switch row.source {
    case .parameter, .sample, .setting, .computed, .ofLastLayer: true
    case .counted, .counts, .measured, .derived, .change, .memory, .gradientBefore: false
    }
  }

  /// Whether it is read off other quantities, without an operation that is its own.
  package var isReadOff: Bool { if case .derived = row.source { true } else { false } }

  /// Whether `set` may give it a value.
  package var isSettable: Bool {
    switch row.source {
    case .parameter, .sample, .setting, .memory, .counts: true
    default: false
    }
  }

  /// Whether it is there without being computed by an operation and without being trained.
  package var isGiven: Bool {
    switch row.source {
    case .sample, .setting, .counted, .counts, .measured: true
    default: false
    }
  }

  /// The parameter whose updates it counts; nil of what counts none.
  package var countedParameter: Quantity.Kind? {
    if case .counts(let name) = row.source { Quantity.Kind.named(name) } else { nil }
  }

  /// Whether it is measured with the present weights where it is asked for.
  package var isMeasured: Bool { if case .measured = row.source { true } else { false } }

  /// Whether it is there once the forward pass is done, with nothing but inputs and weights.
  package var isForward: Bool { isParameter || Self.forward.contains(self) }

  private static let forward: Set<Quantity.Kind> = {
    let computed = Set(Operation.rows.filter { $0.phase == .forward }.map(\.gives))
    return computed.union(all.filter { $0 == .x || $0.lastLayersKind.map(computed.contains) == true })
  }()

  /// Whether it may stand in what is differentiated: the forward quantities and the loss, and what never moves.
  package var isDifferentiable: Bool {
    switch row.source {
    case .sample, .setting, .counted: true
    default: isForward || self == .loss
    }
  }

  /// The kind whose numbers at the last layer it has; nil where it has its own.
  package var lastLayersKind: Quantity.Kind? {
    if case .ofLastLayer(let name) = row.source { Quantity.Kind.named(name) } else { nil }
  }

  /// For an optimizer's memory: the name that the optimizer has for it.
  package var memory: String? { if case .memory(let name) = row.source { name } else { nil } }

  /// The gradient that it is as the iteration before left it; nil of all else.
  package var gradientBefore: Quantity.Kind? {
    if case .gradientBefore(let name) = row.source { Quantity.Kind.named(name) } else { nil }
  }

  /// Whether formulas read it as it was when the iteration began, though its update makes it another.
  package var isReadAsBefore: Bool { isParameter || gradientBefore != nil }

  /// What is kept of each parameter beside its numbers under this name; nil of what is not kept beside one.
  package var slot: String? { gradientBefore == nil ? memory : Quantity.Kind.slotOfGradients }

  /// The name under which each parameter's gradient of the iteration before is kept.
  static let slotOfGradients = "pastd"

  /// The parameter that it is, or whose update makes it, or that the loss is differentiated by to get it.
  package var parameter: Quantity.Kind? {
    switch extent {
    case .weights: .w
    case .biases: .b
    default: nil
    }
  }

  /// The memory of a parameter's kind under an optimizer's name for it: `mw`.
  package static func memory(_ name: String, of parameter: Quantity.Kind) -> Quantity.Kind? {
    named(name + parameter.name)
  }
}
