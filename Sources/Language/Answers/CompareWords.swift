import Diagnosis
import Engine
import Formats
import Notation

/// How a comparison with somebody else's numbers reads.
struct CompareWords {
  private let numbers: ForeignNumbers
  /// Those that were compared in this iteration, in the order of computation, this one among them.
  private let all: [ForeignNumbers]
  private let session: Session
  /// The first that is wrong; nil where none is.
  private let first: ForeignNumbers?
  /// What the one that was compared has to do with the first, where it is another.
  private let consequence: Consequence?
  /// Those that are wrong after it, where it is the first.
  private let later: [Later]
  /// What gives its numbers, where they follow from nothing else.
  private let found: Explanation.Found?
  private var state: State { session.timeline.state }
  private var writing: Writing { session.writing }

  init(_ numbers: ForeignNumbers, among compared: [ForeignNumbers], in session: Session) {
    self.numbers = numbers
    self.session = session
    let program = session.timeline.state.program
    let all = compared.sorted { $0.comes(before: $1, in: program) }
    self.all = all
    first = all.first { !$0.isRight }
    consequence = first.flatMap { first in
      numbers.isRight || first.quantity == numbers.quantity
        ? nil : Consequence(of: numbers, from: first, on: session.timeline)
    }
    let isFirst = !numbers.isRight && first?.quantity == numbers.quantity
    let wrong = all.filter { !$0.isRight }
    later = isFirst ? CompareWords.later(wrong.dropFirst(), after: numbers, on: session.timeline) : []
    let isFault = !numbers.isRight && consequence != .follows
    let right = Set(all.filter { $0.isRight && $0.convention == nil }.map(\.quantity))
    found = isFault ? Explanation.find(numbers, on: session.timeline, right: right) : nil
  }

  var answer: Answer {
    var answer = Answer(
      Verdict(holds: numbers.isRight, statement, worst: numbers.agreement.worst), numbers.isRight ? [] : departures)
    answer.fields = fields
    return answer
  }

  /// Whether it is wrong by itself, and nothing that was tried gives its numbers.
  var isUnexplained: Bool { found?.explanations.isEmpty == true }

  private var name: String { name(of: numbers) }

  /// A quantity's name; of a parameter, which is compared as the update has left it, with its version.
  private func name(of numbers: ForeignNumbers) -> String {
    let quantity = numbers.quantity
    return quantity.kind.isParameter ? "\(quantity.name)⟨\(state.version(of: quantity))⟩" : quantity.name
  }

  private var statement: Text {
    let agreement = numbers.agreement
    let sample: Text =
      numbers.isOfBatch
      ? " of the \(counted(numbers.sampleCount, "sample"))"
      : numbers.sample.map { state.batch.count > 1 ? " of sample \($0 + 1) of the batch" : "" } ?? ""
    if let convention = numbers.convention {
      return "\(name)\(sample) is \(convention.words(state))"
        + ", \(counted(agreement.count, "number")), largest error \(writing.error(agreement.worst))"
    }
    let text: Text = "\(name)\(sample), \(counted(agreement.count, "number"))"
    if numbers.isSingle {
      return text
        + ", right within single precision (single-precision: no mistake), largest error \(writing.error(agreement.worst))"
    }
    if numbers.isRight { return text + ", largest error \(writing.error(agreement.worst))" }
    return text + ", \(agreement.wrongCount) wrong, the largest error at \(index(agreement.worstPlace)): "
      + "\(sides(agreement.worstPlace)) as given"
  }

  /// `[2]` or `[2,1]`, counted from 1; nothing of one number.
  private func index(_ place: Int) -> String {
    let shape = numbers.truth
    if numbers.isOfBatch {
      let (sample, unit) = place.quotientAndRemainder(dividingBy: max(numbers.countOfOne, 1))
      return "\(name)\(numbers.countOfOne == 1 ? "" : "[\(unit + 1)]") of sample \(sample + 1)"
    }
    if shape.count == 1 { return name }
    return shape.isColumn
      ? "\(name)[\(place + 1)]" : "\(name)[\(place / shape.columns + 1),\(place % shape.columns + 1)]"
  }

  private func sides(_ place: Int) -> Text {
    Comparison.against(numbers.truth.elements[place], numbers.given.elements[place], writing)
  }

  // MARK: which is first

  private var wrong: [ForeignNumbers] { all.filter { !$0.isRight } }

  private var departures: [Text] {
    guard let first else { return [] }
    if first.quantity == numbers.quantity {
      let right = all.prefix { $0.quantity != numbers.quantity }.map { name(of: $0) }
      let before: Text =
        right.isEmpty
        ? ""
        : "; \(right.joined(separator: ", ")), computed before it, \(right.count == 1 ? "is" : "are" as Text) right"
      let others = words(ofThoseAfter: first)
      return explanations
        + (others.isEmpty && right.isEmpty ? [] : ["\(name) departs first, in the order of computation\(before)"])
        + others
    }
    return ["\(name(of: first)) departs first, in the order of computation"]
      + (consequence.map { [words(of: numbers, after: first, $0)] } ?? []) + explanations
  }

  /// What those that are wrong after the first have to do with it; what follows from it is said of all at once.
  private func words(ofThoseAfter first: ForeignNumbers) -> [Text] {
    let following = later.filter { $0.from == nil && $0.consequence == .follows }.map { name(of: $0.numbers) }
    let others = later.filter { following.count == 1 || $0.from != nil || $0.consequence != .follows }.map { later in
      later.from.map { "\(name(of: later.numbers)) follows from \(name(of: $0)) in the same way" }
        ?? words(of: later.numbers, after: first, later.consequence)
    }
    guard following.count > 1 else { return others }
    let all = following.joined(separator: ", ")
    return [
      "\(all) follow from it: with \(name(of: first)) as it was given, they come out as they were given"
    ] + others
  }

  /// One that is wrong after the first, what that has to do with it, and the one between them that it follows from.
  private typealias Later = (numbers: ForeignNumbers, consequence: Consequence, from: ForeignNumbers?)

  /// Those that are wrong after the first; one that does not follow from the first may follow from another before it.
  private static func later(
    _ wrong: ArraySlice<ForeignNumbers>, after first: ForeignNumbers, on timeline: Timeline
  ) -> [Later] {
    var all: [Later] = []
    for numbers in wrong {
      let consequence = Consequence(of: numbers, from: first, on: timeline)
      let faults = all.filter { $0.consequence != .follows && $0.from == nil }.map(\.numbers)
      let from =
        consequence == .follows
        ? nil : faults.first { Consequence(of: numbers, from: $0, on: timeline) == .follows }
      all.append((numbers, consequence, from))
    }
    return all
  }

  /// Those that are wrong after this one, which is the first, and follow from none.
  var furtherFaults: [ForeignNumbers] {
    later.filter { $0.consequence != .follows && $0.from == nil }.map(\.numbers)
  }

  // MARK: why

  /// The most explanations that are told.
  private static let mostTold = 5

  /// The slips that give what was given, or that none of those tried does.
  var explanations: [Text] {
    guard let found else { return [] }
    guard !found.explanations.isEmpty else {
      let rest: Text = found.left == 0 ? "" : "; \(found.left) more would have taken too long"
      return found.tried == 0
        ? [] : ["no slip, and no two, of the \(found.tried) that were tried gives these numbers\(rest)"]
    }
    let more = found.explanations.count - CompareWords.mostTold
    let odds: Text =
      found.chance > 1e-4
      ? "so few digits may fit one of the \(found.tried) slips that were tried by chance: give more of them" : ""
    return found.explanations.prefix(CompareWords.mostTold).map(words(of:))
      + (more > 0 ? ["and \(counted(more, "other")) would give the same"] : []) + (odds.isEmpty ? [] : [odds])
  }

  /// `missing-derivative: the activation's derivative is left out; dw2[k,j] = … as given, … is right`
  private func words(of explanation: Explanation) -> Text {
    let name: Text = explanation.mistakes.contains { !$0.name.isEmpty } ? "\(name(of: explanation)): " : ""
    let meanings = explanation.distinct.map(\.mistake.meaning).joined(separator: ", and ")
    var formulas: [Text] = explanation.before.compactMap { form -> Text? in
      guard let wrong = form.formula else { return nil }
      return "given is \(wrong), right is \(form.rightFormula(in: state.worked).map { "\($0)" } ?? "")"
    }
    if let wrong = explanation.wrong, wrong.expression != explanation.right.expression {
      formulas.append("given is \(wrong.subject) = \(wrong.expression), right is \(explanation.right.expression)")
    }
    let whose: Text =
      explanation.samples.map { ": sample \($0.map { String($0 + 1) }.joined(separator: ", ")) of the batch" } ?? ""
    let when: Text = explanation.iteration.map { ", in iteration \($0)" } ?? ""
    return formulas.reduce("\(name)\(meanings)\(when)\(whose)") { "\($0); \($1)" }
  }

  /// What a wrong quantity has to do with the first.
  private func words(of later: ForeignNumbers, after first: ForeignNumbers, _ consequence: Consequence) -> Text {
    let (name, source) = (name(of: later), name(of: first))
    switch consequence {
    case .follows: return "\(name) follows from it: with \(source) as it was given, \(name) comes out as it was given"
    case .departsBesides: return "\(name) is wrong besides: with \(source) as it was given, it is still another"
    case .isApart: return "\(name) is not made of \(source), and is wrong by itself"
    }
  }

  /// The slips' names, or what they are where they have none.
  private func name(of explanation: Explanation) -> String {
    explanation.distinct.map { slip in
      slip.count > 1 ? "\(slip.mistake.title) twice" : slip.mistake.title
    }.joined(separator: " and ")
  }

  // MARK: for programs

  private var fields: [JSONMember] {
    let agreement = numbers.agreement
    var fields = [
      JSONMember("quantity", .string(name)), JSONMember("numbers", .number(Double(agreement.count))),
      JSONMember("wrong", .number(Double(agreement.wrongCount))),
    ]
    guard !numbers.isRight else { return fields }
    fields += [
      JSONMember("at", .string(index(agreement.worstPlace))),
      JSONMember("exact", .number(numbers.truth.elements[agreement.worstPlace])),
      JSONMember("given", .number(numbers.given.elements[agreement.worstPlace])),
    ]
    if let first { fields.append(JSONMember("first", .string(first.quantity.name))) }
    if let found {
      fields.append(JSONMember("diagnosis", .array(found.explanations.map { .string(name(of: $0)) })))
      fields.append(JSONMember("tried", .number(Double(found.tried))))
    }
    return fields
  }
}
