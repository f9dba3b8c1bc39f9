import Engine
import Testing

@testable import Notation

/// A scope of plain matrices, without a network.
struct Values: Scope {
  var values: [String: Matrix] = [:]
  var lets: [String: Expression] = [:]
  var activations: [LayerActivation] = []
  /// Quantities that exist and are not computed yet.
  var hidden: Set<String> = []
  var samples = 1
  var step = 5
  var earlier: [Int: [String: Matrix]] = [:]

  init(_ texts: [String: String] = [:]) throws {
    for (name, text) in texts { values[name] = try Expression.parse(text).value(in: self).matrix }
  }

  var quantityNames: [String] { values.keys.sorted() }
  var definitionNames: [String] { lets.keys.sorted() }
  func definition(of name: String) -> Expression? { lets[name] }
  func shape(of quantity: String) -> Shape? { values[quantity].map { Shape($0.rows, $0.columns) } }
  func unitNoun(of quantity: String, axis: Int) -> Text { "elements" }
  func activation(ofLayer layer: Int) -> LayerActivation? {
    activations.indices.contains(layer - 1) ? activations[layer - 1] : nil
  }
  var sampleCount: Int { samples }
  func value(of quantity: String, _ reading: Reading) throws(EvaluationError) -> Value<Double> {
    guard let value = values[quantity], !hidden.contains(quantity) else {
      throw EvaluationError("no \(quantity)", isNotComputed: true)
    }
    return Value(value)
  }
  func at(step: Int) throws(EvaluationError) -> any Scope<Double> {
    guard let values = earlier[step] else { throw EvaluationError("step \(step) has not been reached yet") }
    var other = self
    (other.values, other.step) = (values, step)
    return other
  }
}
