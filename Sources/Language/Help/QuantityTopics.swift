import Diagnosis
import Engine
import Notation

extension Topic {
  /// The quantities, those of a layer by the name before its number.
  static let quantities = Quantity.Kind.all.map { kind in
    Topic(
      name: kind.name, elsewhere: kind.elsewhere, kind: "a quantity",
      line: "print \(Quantity(kind, kind.isOfLayer ? 1 : 0).name)"
    ) { session in
      about(Quantity(kind, kind.isOfLayer ? 1 : 0), in: session)
    }
  }

  /// What a quantity is, its shape, its equation, where it comes from, and a line.
  static func about(_ quantity: Quantity, in session: Session) -> [Text] {
    let kind = quantity.kind
    // Without a network, or without such a layer in it, the opening one shows what it is like.
    let isThere = session.timeline.experiment.network.layers.indices.contains(max(quantity.layer, 1) - 1)
    let shown = isThere ? session : Session.first
    let network = shown.timeline.experiment.network
    let page: Text = kind.page == kind.name ? "" : "; on a page \(kind.page)"
    let written: Text = quantity.shownName == quantity.name ? "" : "; on the screen \(quantity.shownName)"
    var lines: [Text] = ["\(quantity.name), a quantity: \(kind.meaning)\(written)\(page)"]
    let shape: Text = shown.scope.shape(of: quantity.name).map { "\($0.description)" } ?? ""
    lines.append("  shape: \(kind.extent.meaning)\(isThere && !shape.isEmpty ? ", here \(shape)" as Text : "")")
    if let equation = quantity.equation(in: network) {
      let one: Text =
        kind.isParameter ? "update" : kind.isOverSamples && kind != .loss ? "equation, of one sample" : "equation"
      lines.append("  \(one): \(equation)")
    } else if let memory = kind.memory {
      let keepers = Optimizer.all.filter { $0.memory.contains { $0.name == memory } }
      for optimizer in keepers.prefix(1) {
        let rule = optimizer.formulas.filter { $0.name == memory }.map(\.explained)
        lines.append("  equation (\(optimizer.name)): \(rule.joined(separator: "; "))")
      }
      lines.append("  kept by \(keepers.map(\.name).joined(separator: ", ")) from one update to the next, from 0 on")
    } else if kind.gradientBefore != nil {
      let readers = Mistake.all.filter(\.showsLater).map(\.name).joined(separator: ", ")
      lines.append("  kept from one update to the next, from 0 on, while a mistake that reads it is on: \(readers)")
    } else if kind.parameter != nil {
      let rule = network.optimizer.of(kind).lines.map { "\($0.name) = \($0.expression)" }.joined(separator: "; ")
      lines.append("  equation (\(network.optimizer.rule.name)): \(rule)")
    }
    if kind.slot == nil { lines.append("  \(origin(of: quantity, in: shown.timeline.state.program))") }
    let indices = kind.extent.indexCount(in: network, layer: quantity.layer)
    let element = quantity.name + (indices == 0 ? "" : indices == 1 ? "[1]" : "[1,1]")
    var example = ["print \(quantity.name)"]
    if kind.gradientBefore != nil {
      example = Mistake.all.filter(\.showsLater).map { "mistake \($0.name)" } + example
    }
    if kind.isSettable { example.append("set \(element) = \(kind.countedParameter == nil ? "0.5" : "3")") }
    if quantity.equation(in: network) != nil { example.append("explain \(element)") }
    return lines + ["for example:"] + example.map { Text(verbatim: "  " + $0) }
  }

  /// Where its numbers come from.
  private static func origin(of quantity: Quantity, in program: Program) -> Text {
    if let index = program.producer(of: quantity) {
      let step = program.completedSteps(operations: index)
      let phase = program.operations[index].phase
      let place: Text = quantity.kind == .loss ? "" : ", layer \(program.operations[index].layer)"
      return "computed in step \(step + 1) of an iteration's \(program.steps.count): \(phase.rawValue)\(place)"
    }
    if quantity.kind.isParameter { return "there from the start; the update changes it" }
    if quantity.kind.isSettable { return "given, not computed" }
    return "read off where one stands"
  }
}
