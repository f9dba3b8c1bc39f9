/// One weight matrix or bias vector with all that training keeps about it. Arrays are copy-on-write, so iterations that
/// left it alone share it.
public struct Parameter: Equatable, Sendable {
  /// The numbers; a weight matrix row by row.
  public var values: [Double]
  /// How many of them make a row.
  public private(set) var columns: Int
  /// The optimizer's memory: one array for each name in its list, or none before the first update.
  public var memory: [[Double]]
  /// How many updates this optimizer has made to it; a change of optimizer begins again at 0.
  public var updates: Int
  /// The number of updates behind it: its version, `w2⟨0⟩`.
  public var version: Int

  /// Numbers that no update has touched.
  public init(_ values: [Double], columns: Int = 1) {
    self.values = values
    self.columns = columns
    memory = []
    updates = 0
    version = 0
  }

  /// Takes another shape, with a row of so many; the optimizer begins anew.
  mutating func reshape(_ values: [Double], columns: Int) {
    self.values = values
    self.columns = columns
    clearMemory()
  }

  /// Forgets what the optimizer remembered.
  public mutating func clearMemory() {
    memory = []
    updates = 0
  }
}

/// The weights and biases of one layer.
public struct LayerParameters: Equatable, Sendable {
  /// `wl`, one row for each unit.
  public var w: Parameter
  /// `bl`.
  public var b: Parameter

  /// Weights of that shape, biases at 0.
  public init(weights: Matrix, biases: Int) {
    w = Parameter(weights.elements, columns: weights.columns)
    b = Parameter(Array(repeating: 0, count: biases))
  }
}
