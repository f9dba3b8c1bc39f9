import Diagnosis
import Engine
import Formats
import Notation

// The verdict on what is claimed always, in words and for programs.
extension Trial {
  func answer(_ tally: Tally, _ judgement: Judgement) -> Answer {
    let text = Session.text(of: claim)
    func verdict(_ statement: Text, _ grade: Verdict.Grade?, holds: Bool = true) -> Verdict {
      Verdict(holds: holds, statement, worst: tally.worst, grade: grade)
    }
    let elements = counted(tally.elements, "element")
    let error: Text = "largest error \(session.writing.error(tally.worst))"
    let drawn: Text = "in \(counted(tally.draws, "draw")) (seed \(draws.seed))"
    let tried: Text = "\(drawn), \(elements), \(error)"
    switch judgement {
    case .empty:
      return Answer(
        verdict("\(text), \(drawn), for no element: \(claim.whyNothingIsShown(in: session.scope))", nil, holds: false))
    case .undefined: return Answer(verdict("\(text), \(drawn): a side has no value in any of them", nil, holds: false))
    case .proved(let proof):
      return Answer(verdict("\(text), \(proof.words(session.timeline.state.worked)); \(tried)", .proved))
    case .tested(let why): return Answer(verdict("\(text), \(tried); no proof: \(why)", .tested))
    case .toldApart(let apart, let number, let witness):
      let place = Trial.place(apart.difference)
      let sides = Comparison.against(apart.difference.left, apart.difference.right, session.writing)
      return Answer(
        verdict("\(text), which doubles cannot tell \(tried)", .refuted, holds: false),
        ["draw \(number), with more digits: \(place)\(sides), \(session.writing.error(apart.gap)) apart"]
          + numbers(witness.timeline.state))
    case .refuted, .unclear:
      let held: Text = "\(tally.draws - tally.failures) of \(tally.draws) draws hold (seed \(draws.seed))"
      var statement: Text =
        "\(text), \(held), \(tally.elements - tally.wrongElements) of \(elements), \(error)"
      var grade: Verdict.Grade? = .refuted
      if case .unclear = judgement { (statement, grade) = (statement + "; rounding may be why", nil) }
      guard let failing = tally.failing, let wrong = failing.agreement.firstWrong else {
        return Answer(verdict(statement, grade, holds: false))
      }
      return Answer(
        verdict(statement, grade, holds: false),
        ["draw \(failing.number): \(session.first(wrong, of: failing.agreement))"]
          + numbers(failing.session.timeline.state))
    }
  }

  /// Where a difference is: `k=1, [2,1]: `.
  private static func place(_ difference: Agreement.Difference) -> String {
    var parts = difference.indices.map { "\($0.name)=\($0.value)" }
    if let element = difference.element { parts.append("[\(element.row),\(element.column)]") }
    return parts.isEmpty ? "" : parts.joined(separator: ", ") + ": "
  }

  /// A failing draw is shown whole where it has no more numbers than this.
  private static let mostNumbersShown = 32

  /// The numbers of a draw, where they are few: what can be `set` to see it.
  private func numbers(_ state: State) -> [Text] {
    let network = state.worked
    let count = network.parameterCount + network.inputs + network.outputs
    guard session.showsDraws, count <= Trial.mostNumbersShown, state.batch.count == 1 else { return [] }
    var found: [(name: String, value: Matrix)] = []
    for index in network.layers.indices {
      for kind in [Quantity.Kind.w, .b] {
        let quantity = Quantity(kind, index + 1)
        if let forward = state.forwardValue(of: quantity)?.value, forward.count > 0 {
          found.append((quantity.name, forward))
        }
      }
    }
    for kind in [Quantity.Kind.x, .y] {
      if let value = try? state.value(of: Quantity(kind)) { found.append((kind.name, value)) }
    }
    return found.map { "  \($0.name) = \(session.writing.matrix($0.value))" }
  }

  func fields(_ tally: Tally) -> [JSONMember] {
    var fields = [
      JSONMember("seed", .number(Double(draws.seed))), JSONMember("draws", .number(Double(tally.draws))),
      JSONMember("held", .number(Double(tally.draws - tally.failures))),
      JSONMember("elements", .number(Double(tally.elements))),
      JSONMember("wrong", .number(Double(tally.wrongElements))),
    ]
    if let failing = tally.failing {
      fields.append(JSONMember("draw", .number(Double(failing.number))))
      fields += failing.agreement.firstWrong?.fields ?? []
    }
    return fields
  }
}

extension Claim {
  /// Why a claim whose condition leaves out all is none; one of values is met by `with`, and not by luck in a draw.
  fileprivate func whyNothingIsShown(in scope: StateScope) -> Text {
    let why: Text = "the condition is never fulfilled, so that nothing is shown"
    let asksForValues =
      condition?.names.contains { Quantity.named($0) != nil || scope.definition(of: $0) != nil } ?? false
    return asksForValues ? why + "; a condition on values is stated by with, as in with y = y / sum(y)" : why
  }
}

extension Proof {
  /// `at 2-3-2, for any differentiable f in place of sigmoid, chance of error below 2^-98`
  fileprivate func words(_ network: Network) -> Text {
    reach(network) + ", chance of error below 2^\(exponent)"
  }

  /// What it was shown for: `at 2-3-2, for any differentiable f in place of sigmoid`.
  func reach(_ network: Network) -> Text {
    let names = network.layers.map(\.activation.rule.name)
    let fixed = names.enumerated().filter { place, name in
      !freeActivations.contains(name) && names.firstIndex(of: name) == place
    }.map(\.element)
    var words: Text = "at \(network.sizes)"
    if !fixed.isEmpty { words += " with \(fixed.joined(separator: ", "))" }
    if !freeActivations.isEmpty {
      words += ", for any differentiable f in place of \(freeActivations.joined(separator: ", "))"
    }
    if let holdsForAnyMemory {
      words += holdsForAnyMemory ? ", whatever the optimizer remembers" : ", at the optimizer's first update"
    }
    if leavesOutKinks { words += ", kinks left out" }
    if leavesOutUndefined { words += ", where both sides have a value" }
    return words
  }
}

extension Judgement {
  /// What there is to say of it for programs, beside the verdict.
  var fields: [JSONMember] {
    switch self {
    case .proved(let proof):
      return [
        JSONMember("exponent", .number(Double(proof.exponent))), JSONMember("points", .number(Double(proof.points))),
        JSONMember("patterns", .number(Double(proof.patterns))), JSONMember("degree", .number(Double(proof.degree))),
        JSONMember("free", .array(proof.freeActivations.map(JSONValue.string))),
      ]
    case .tested(let why): return [JSONMember("unproved", .string(why.description))]
    case .toldApart(let apart, let draw, _):
      return [JSONMember("draw", .number(Double(draw)))] + apart.difference.fields
        + [JSONMember("apart", .number(apart.gap))]
    case .empty: return [JSONMember("unproved", .string("the condition is never fulfilled"))]
    case .refuted, .undefined, .unclear: return []
    }
  }
}
