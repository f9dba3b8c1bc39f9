import Engine

/// What names mean at a node of an expression: the indices bound around it, and the lets that it was reached through.
struct Names {
  private(set) var scope: any Scope
  /// The indices by name, each with the slot that holds its value.
  var indices: [String: Int] = [:]
  /// The names whose values are given, each with the slot that holds its value.
  var given: [String: Int] = [:]
  /// The arguments of the own function whose body is looked into.
  private(set) var arguments: [String: Argument] = [:]
  /// What a rule calls things, where the left side of a claim is what it makes.
  var ruleNames: [String: Expression] = [:]
  /// The lets that are looked into, outermost first.
  private var opened: [String] = []
  private var depth = 0
  /// How many own functions are looked into.
  private var functions = 0
  /// Whether indices may be free.
  var isClaim = false
  /// Whether what is read is what the scope itself shows: no other step, sample or weights, and nothing that moves.
  private(set) var isHere = true
  private let visits = Visits()
  /// The place in the typed text of the let that is looked into.
  private(set) var use: Range<Int>?

  /// The deepest tree that is walked: what the parser allows, read in one more form such as `old(…)`.
  private static let maximumDepth = Expression.maximumDepth + 8
  /// How many nodes may be looked at in all; lets that use lets can stand for far more than was typed.
  static let maximumVisits = 1_000_000

  private final class Visits {
    var count = 0
    /// What own functions make of numbers, by how they are called.
    var numeric: [String: Result<Expression, EvaluationError>] = [:]
  }

  /// An argument of an own function: the slot that holds its value, and its shape where that is known.
  struct Argument {
    let slot: Int
    let shape: Shape?
  }

  init(_ scope: any Scope) { self.scope = scope }

  enum Meaning {
    case index(slot: Int)
    case given(slot: Int)
    case argument(Argument)
    case definition(Expression, Names)
    /// A quantity by its own name: `delta2` of `dnet2`.
    case quantity(String, Shape)
    case unknown
  }

  /// What a name means here.
  /// - Throws: where it is a let that is defined by itself, or by too long a chain of others.
  func meaning(of name: String, at range: Range<Int>) throws(EvaluationError) -> Meaning {
    if let slot = indices[name] { return .index(slot: slot) }
    if let slot = given[name] { return .given(slot: slot) }
    if let argument = arguments[name] { return .argument(argument) }
    if let definition = scope.definition(of: name) {
      var inner = try opening(name, definition, at: range)
      inner.arguments = [:]
      return .definition(definition, inner)
    }
    if let meant = ruleNames[name] {
      // The rate that the update was made with need not be the present one.
      var inner = self
      inner.ruleNames = [:]
      inner.use = use ?? range
      return .definition(meant, inner)
    }
    let own = Quantity.named(name)?.name ?? name
    if let shape = scope.shape(of: own) { return .quantity(own, shape) }
    return .unknown
  }

  /// The quantity that an expression is the name of, seen through a let that only names it; nil where it is none.
  func quantity(namedBy expression: Expression) throws(EvaluationError) -> String? {
    guard case .name(let name, version: nil) = expression.kind else { return nil }
    switch try meaning(of: name, at: expression.range) {
    case .quantity(let name, _): return name
    case .definition(let definition, let inner): return try inner.quantity(namedBy: definition)
    case .index, .given, .argument, .unknown: return nil
    }
  }

  /// The names inside what a `let` gave a name.
  /// - Throws: where it is defined by itself, or by too long a chain of others.
  private func opening(_ name: String, _ definition: Expression, at range: Range<Int>) throws(EvaluationError) -> Names
  {
    let place = use ?? range
    if let first = opened.firstIndex(of: name) {
      let circle = (opened[first...] + [name]).joined(separator: " -> ")
      throw EvaluationError("\(name) is defined by itself: \(circle)", at: place)
    }
    var inner = self
    inner.opened.append(name)
    inner.depth += definition.depth
    inner.use = place
    guard inner.depth <= Expression.maximumDepth else {
      throw EvaluationError("the lets behind \(name) are too deep", at: place)
    }
    return inner
  }

  /// The names inside an own function, which knows its arguments and what the session knows, and nothing of where it is
  /// called.
  func inside(
    _ function: Definition, _ arguments: [Argument], at range: Range<Int>
  ) throws(EvaluationError) -> Names {
    var inner = try opening(function.name, function.expression, at: range)
    inner.functions += 1
    guard inner.functions <= Definition.deepest else {
      throw EvaluationError("at most \(Definition.deepest) functions in one another were expected", at: place(range))
    }
    (inner.indices, inner.given, inner.ruleNames) = ([:], [:], [:])
    inner.arguments = Dictionary(zip(function.parameters, arguments), uniquingKeysWith: { first, _ in first })
    return inner
  }

  /// The names inside what a function makes of numbers: its arguments alone.
  func alone(_ function: Definition, _ slots: [Int], in scope: any Scope, at range: Range<Int>) -> Names {
    var inner = self
    (inner.indices, inner.given, inner.ruleNames) = ([:], [:], [:])
    inner.scope = scope
    inner.use = use ?? range
    let arguments = slots.map { Argument(slot: $0, shape: .scalar) }
    inner.arguments = Dictionary(zip(function.parameters, arguments), uniquingKeysWith: { first, _ in first })
    return inner
  }

  /// What an own function makes of numbers, or its derivative, over its arguments.
  /// - Throws: where it is no function of numbers.
  func numeric(_ function: Definition, isDerivative: Bool) throws(EvaluationError) -> Expression {
    let key = function.name + (isDerivative ? "'" : "")
    if let known = visits.numeric[key] { return try known.get() }
    let body = NumericBody(scope)
    let found: Result<Expression, EvaluationError>
    do throws(EvaluationError) {
      found = .success(isDerivative ? try body.derivative(of: function) : try body.body(of: function))
    } catch {
      found = .failure(error)
    }
    visits.numeric[key] = found
    return try found.get()
  }

  /// With an index bound.
  func binding(_ index: String, slot: Int) -> Names {
    var inner = self
    inner.indices[index] = slot
    return inner
  }

  /// The names where another step, sample or set of weights is read.
  var elsewhere: Names {
    var inner = self
    inner.isHere = false
    return inner
  }

  /// The place to report for a node: of what stands in a let, the let's use.
  func place(_ range: Range<Int>) -> Range<Int> { use ?? range }

  /// The words that `phase` is compared with, each at the number that it stands for.
  static let phases = Phase.allCases.map(\.rawValue)

  /// Counts a node that is looked at.
  func visit(_ expression: Expression) throws(EvaluationError) {
    guard expression.depth <= Names.maximumDepth else {
      throw EvaluationError(
        "an expression of at most \(Expression.maximumDepth) operators on one another was expected",
        at: place(expression.range))
    }
    visits.count += 1
    guard visits.count <= Names.maximumVisits else {
      throw EvaluationError("this stands for more than \(Names.maximumVisits) operations", at: place(expression.range))
    }
  }

  /// What to say about a name that means nothing here.
  func complaint(_ name: String) -> Text {
    if Function.isKnown(name) { return "\(name) is a function: write \(name)(v)" }
    if let own = scope.function(named: name) { return "\(name) is a function: write \(own.usage)" }
    if Names.phases.contains(name) { return "\(name) stands only in phase == \(name)" }
    if Quantity.named(name) != nil {
      // The scope knows why there is no such layer, or no such memory.
      if let complaint = scope.complaint(about: name) { return complaint }
    }
    if let own = Token.foreign.first(where: { $0.spelling == name })?.own { return "\(name) is written \(own) here" }
    // A small letter may be meant as an index.
    let isIndex = isClaim && name.count == 1 && name.first?.isLowercase == true
    if !isIndex, let complaint = complaint(aboutForeign: name) { return complaint }
    let near = suggestion(for: name, among: scope.quantityNames + scope.definitionNames)
    if name.count == 1, isClaim {
      return "\(name) is not known here; as an index of the claim it has to stand bare somewhere, as in a1[\(name)]"
    }
    if name.count == 1 {
      return "\(name) is not known here; an index belongs to a claim, or to a sum(\(name), …) around it"
    }
    return "\(name) is not known here\(near)"
  }
}

extension Names {
  /// What to say about a quantity by another name than it has here, or by that of a layer's without its number.
  private func complaint(aboutForeign name: String) -> Text? {
    if let kind = Quantity.Kind.named(name) ?? Quantity.Kind.named(name.lowercased()), kind.isOfLayer {
      return "\(name) is a layer's, and says of which: \(kind.name)1"
    }
    let stem = String(name.prefix { !$0.isNumber })
    if let kind = Quantity.Kind.named(stem), !kind.isOfLayer, kind.extent.indexCount == 1,
      let index = Int(name.dropFirst(stem.count))
    {
      return "\(name) is not known here; an element is written \(stem)[\(index)]"
    }
    guard let own = Quantity.known(elsewhereAs: name) else { return nil }
    return own.name == own.kind.name && own.kind.isOfLayer
      ? "\(name) is not known here; it is called \(own.name), with the layer's number: \(own.name)1"
      : "\(name) is not known here; it is called \(own.name)"
  }

  /// Looks at an expression and all that stands in it and in the lets that it uses, from left to right, and at whatever is
  /// under a node where that is asked for. Each is met with the names as they are there.
  func walk(
    _ expression: Expression, _ look: (Expression, Names) throws(EvaluationError) -> Bool
  ) throws(EvaluationError) {
    try visit(expression)
    guard try look(expression, self) else { return }
    switch expression.kind {
    case .name(let name, _):
      if case .definition(let definition, let inner) = try meaning(of: name, at: expression.range) {
        try inner.walk(definition, look)
      }
    case .fold(_, let index, let bounds, let body):
      if let bounds { for end in [bounds.first, bounds.last] { try walk(end, look) } }
      try binding(index, slot: 0).walk(body, look)
    case .call(let name, _, let arguments):
      for argument in arguments { try walk(argument, look) }
      // A function of numbers reads nothing else.
      if let function = scope.function(named: name), (try? numeric(function, isDerivative: false)) == nil {
        let own = try shapes(of: arguments).map { Argument(slot: 0, shape: $0) }
        try inside(function, own, at: expression.range).walk(function.expression, look)
      }
    default: for child in expression.children { try walk(child, look) }
    }
  }
}

extension Scope {
  /// Why a name has no value, where it has none.
  func complaint(about name: String) -> Text? {
    do throws(EvaluationError) {
      _ = try value(of: name, Reading())
      return nil
    } catch {
      return error.message
    }
  }

  /// What a function's name applies: an activation with its setting's initial value, or a layer's own.
  func activation(named name: String) -> LayerActivation? {
    if let layer = layer(ofActivation: name) { return activation(ofLayer: layer) }
    return Activation.named(name).map { LayerActivation(ActivationChoice($0), units: 0) }
  }
}

extension Names {
  /// Whether an expression is made of targets, numbers and indices alone, such as `1 - y[k]`.
  func isOfTargets(_ expression: Expression) throws(EvaluationError) -> Bool {
    guard expression.depth <= 8 else { return false }
    var readsElse = false
    try walk(expression) { (node, names) throws(EvaluationError) in
      switch node.kind {
      case .name(let name, _):
        switch try names.meaning(of: name, at: node.range) {
        case .quantity(let name, _): readsElse = readsElse || !Quantity.Kind.y.isCalled(name)
        case .argument: readsElse = true
        case .given: readsElse = readsElse || !Quantity.Kind.y.isCalled(name)
        case .unknown: readsElse = true
        case .index, .definition: break
        }
      case .call, .at, .derivative: readsElse = true
      default: break
      }
      return !readsElse
    }
    return !readsElse
  }
}
