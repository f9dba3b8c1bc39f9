// Functions and activations.
extension Compiler {
  func compile(
    call name: String, _ isDerivative: Bool, _ arguments: [Expression], _ range: Range<Int>, _ names: Names
  ) throws(EvaluationError) -> Code<N> {
    if let function = names.scope.function(named: name) {
      return try compile(own: function, isDerivative, arguments, range, names)
    }
    switch Function.named[name]?.rule {
    case .elementwise(let row):
      let rule = try located(range) { () throws(EvaluationError) in try N.function(row) }
      return try compile(of: arguments[0], names, range) { (value) throws(EvaluationError) in try value.map(rule) }
    case .pairwise(let row):
      let rule = try located(range) { () throws(EvaluationError) in try N.function(row) }
      let (a, b) = (try compile(arguments[0], names), try compile(arguments[1], names))
      return combined(a, b, range, row.name, rule)
    case .fold(let fold) where arguments.count == 1:
      let rule: (N, N) throws(EvaluationError) -> N = fold.rule()
      return try compile(of: arguments[0], names, range) { (value) throws(EvaluationError) in
        try fold.folded(value, rule)
      }
    case .fold(let fold):
      let (a, b) = (try compile(arguments[0], names), try compile(arguments[1], names))
      return combined(a, b, range, fold.rawValue, fold.rule())
    case .whole(let rule):
      let codes = try compile(all: arguments, names)
      return { evaluation throws(EvaluationError) in
        var values: [Value<N>] = []
        for code in codes { values.append(try code(evaluation)) }
        return try located(range) { () throws(EvaluationError) in
          let result = try rule.value(values)
          try evaluation.charge(result.count)
          return result
        }
      }
    case .form: return try compile(changed: arguments[0], names)
    case nil: return try compile(activation: name, isDerivative, arguments[0], range, names)
    }
  }

  private func compile(
    activation name: String, _ isDerivative: Bool, _ argument: Expression, _ range: Range<Int>, _ names: Names
  ) throws(EvaluationError) -> Code<N> {
    let code = try compile(argument, names)
    guard names.scope.activation(named: name) != nil else {
      throw EvaluationError(
        layer(ofActivation: name) == nil ? "\(name) is not a function" : "there is no layer \(name.dropFirst()) here",
        at: range)
    }
    let id = tally.id(name, nil)
    return { evaluation throws(EvaluationError) in
      let value = try code(evaluation)
      return try located(range) { () throws(EvaluationError) in
        try evaluation.charge(value.count)
        guard let activation = evaluation.binding.activation(named: name, id: id) else {
          throw EvaluationError("there is no layer \(name.dropFirst()) at that step")
        }
        return try activation.value(of: value, isDerivative: isDerivative, name)
      }
    }
  }
}
