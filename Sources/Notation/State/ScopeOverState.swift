import Engine

/// A scope that reads the numbers of a state in a way of its own; what the names mean beside their numbers is the state's.
protocol ScopeOverState: Scope {
  /// The state's own scope.
  var base: StateScope { get }
}

extension ScopeOverState {
  var quantityNames: [String] { base.quantityNames }
  var definitionNames: [String] { base.definitionNames }
  func definition(of name: String) -> Expression? { base.definition(of: name) }
  func function(named name: String) -> Definition? { base.function(named: name) }
  func shape(of quantity: String) -> Shape? { base.shape(of: quantity) }
  func unitNoun(of quantity: String, axis: Int) -> Text { base.unitNoun(of: quantity, axis: axis) }
  func versions(of quantity: String) -> (forward: Int, present: Int)? { base.versions(of: quantity) }
  func activation(ofLayer layer: Int) -> LayerActivation? { base.activation(ofLayer: layer) }
  var sampleCount: Int { base.sampleCount }
  var step: Int { base.step }
  var zeroTargetsWin: Bool { base.zeroTargetsWin }
  var layout: WeightLayout { base.layout }
}
