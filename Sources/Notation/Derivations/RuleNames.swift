import Engine

// What an optimizer's rule calls things, so that its lines can be typed as they are shown.
extension StateScope {
  /// The names that the rule behind a change or a memory has for it: the settings, `count`, the memory as it was before the
  /// update, `w` and `g`, and what the lines above its own give. Empty for other quantities.
  func ruleNames(of quantity: String, at indices: [Expression]) -> [String: Expression] {
    guard let known = Quantity.named(quantity), let kind = known.kind.parameter,
      let lines = state.worked.optimizer.of(kind).lines(to: known.kind)
    else { return [:] }
    var meaning = ruleBeginnings(of: quantity, at: indices)
    guard !meaning.isEmpty else { return [:] }
    for line in lines.dropLast() { meaning[line.name] = .formula(line.expression).replacing(meaning) }
    return meaning
  }

  /// The same before the first of its lines.
  package func ruleBeginnings(of quantity: String, at indices: [Expression]) -> [String: Expression] {
    guard let known = Quantity.named(quantity), !known.kind.isParameter, known.kind.gradientOf == nil,
      let kind = known.kind.parameter, let forward = state.forwardValue(of: Quantity(kind, known.layer))
    else { return [:] }
    func read(_ name: String, version: Int? = nil) -> Expression {
      .name(name, version: version, at: indices)
    }
    let parameter = state.forward[known.layer - 1][kind]
    let optimizer = state.worked.optimizer.of(kind)
    var meaning = optimizer.names(of: parameter).mapValues(Expression.number)
    meaning["w"] = read(Quantity(kind, known.layer).name, version: forward.version)
    meaning["g"] = kind.gradient.map { read(Quantity($0, known.layer).name) }
    for name in optimizer.memory {
      guard let memory = Quantity.Kind.memory(name, of: kind) else { continue }
      meaning[name] = read(Quantity(memory, known.layer).name, version: forward.version)
    }
    return meaning
  }
}

extension Choice where Row == Optimizer {
  /// The settings, and which update of a parameter the next one is, by their names in the rule's lines.
  func names(of parameter: Parameter) -> [String: Double] {
    formulaNumbers.merging(["count": Double(parameter.updates + 1)]) { own, _ in own }
  }

  /// The lines of the rule up to the one that gives a change or a memory; nil where none does.
  func lines(to kind: Quantity.Kind) -> ArraySlice<Optimizer.Line>? {
    let wanted = kind.memory ?? "u"
    return lines.lastIndex { $0.name == wanted }.map { lines[...$0] }
  }
}
