import Engine
import Notation

/// An expression that stands in the output's place on the map.
package struct MappedExpression: Sendable {
  /// The expression.
  package var expression: Expression
  /// What `let` gave names.
  package var definitions: Definitions

  /// An expression and the names that it may use.
  package init(_ expression: Expression, definitions: Definitions = Definitions()) {
    self.expression = expression
    self.definitions = definitions
  }

  /// The least and the largest finite value over the inputs that a map shows, as its heading has them; nil where none is
  /// finite.
  /// - Throws: where it is no forward quantity or no scalar, or takes too long for every frame.
  package func bounds(in state: State) throws(EvaluationError) -> ClosedRange<Double>? {
    try MappedValues(self, state, over: InputRange(state.experiment.data)).bounds
  }
}

/// The values of an expression at evenly spaced points of the plane of two inputs or the line of one, and between them
/// what lies between those of the nearest points.
struct MappedValues: Equatable {
  /// How many points there are, across and from below to above.
  let columns: Int
  let rows: Int
  /// The values, row by row from below.
  let values: [Double]
  /// The least and the largest finite value.
  let bounds: ClosedRange<Double>?

  /// A map looks at so many points at most; at fewer where each takes more than its share of the work, in operations on
  /// numbers, that a frame leaves time for. With fewer than the least there is none.
  static let most = (points: 1200, work: 250_000, multiplications: 4_000_000)
  static let least = 48

  /// The present weights' values, all points in one forward pass.
  init(_ mapped: MappedExpression, _ state: State, over range: InputRange) throws(EvaluationError) {
    let place = mapped.expression.range
    if let obstacle = MapSubject.obstacle(state.experiment) { throw EvaluationError(obstacle, at: place) }
    func forward(at points: [Double]) throws(EvaluationError) -> ForwardExpression {
      guard let forward = state.forward(at: points) else { throw EvaluationError("there is no point to look at") }
      return try ForwardExpression(mapped.expression, in: StateScope(forward, definitions: mapped.definitions))
    }
    let middle = range.bounds.indices.map { range.point(at: 0.5, input: $0) }
    let parameters = max(state.experiment.network.parameterCount, 1)
    guard parameters <= MappedValues.most.multiplications / MappedValues.least else {
      throw EvaluationError(
        "a network of \(parameters) weights and biases is too large to be looked at in every frame",
        at: place)
    }
    let cost = try forward(at: middle).cost
    let points = min(
      MappedValues.most.points, MappedValues.most.work / max(cost, 1), MappedValues.most.multiplications / parameters)
    guard points >= MappedValues.least else {
      throw EvaluationError(
        "this takes \(cost) operations on numbers at each point, too many for every frame", at: place)
    }
    let isPlane = range.bounds.count > 1
    rows = isPlane ? Int((Double(points) * 0.75).squareRoot()) : 1
    columns = isPlane ? points / rows : min(points, 256)
    var inputs: [Double] = []
    for row in 0..<rows {
      for column in 0..<columns {
        inputs.append(range.point(at: Double(column) / Double(columns - 1), input: 0))
        if isPlane { inputs.append(range.point(at: Double(row) / Double(rows - 1), input: 1)) }
      }
    }
    values = try forward(at: inputs).values()
    let finite = values.filter(\.isFinite)
    if let low = finite.min(), let high = finite.max() { bounds = low...high } else { bounds = nil }
  }

  /// From where levels are counted: 0.5 where all values lie between 0 and 1, else 0.
  var middle: Double { bounds.map { $0.lowerBound >= 0 && $0.upperBound <= 1 } == true ? 0.5 : 0 }

  /// The value at a place of the range, by its shares from 0 to 1 across and from below to above.
  func value(across: Double, up: Double = 0) -> Double {
    let (x, y) = (MappedValues.place(across, among: columns), MappedValues.place(up, among: rows))
    func along(_ row: Int) -> Double {
      MappedValues.between(values[row * columns + x.before], values[row * columns + x.after], x.share)
    }
    return MappedValues.between(along(y.before), along(y.after), y.share)
  }

  /// Between which points a share of the range lies, and how far from the first of them.
  private static func place(_ share: Double, among count: Int) -> (before: Int, after: Int, share: Double) {
    let position = min(max(share, 0), 1) * Double(count - 1)
    let before = Int(position)
    return (before, min(before + 1, count - 1), position - Double(before))
  }

  /// What lies between two numbers; at one of them, whatever the other is.
  private static func between(_ first: Double, _ second: Double, _ share: Double) -> Double {
    share == 0 ? first : share == 1 ? second : first + (second - first) * share
  }
}
