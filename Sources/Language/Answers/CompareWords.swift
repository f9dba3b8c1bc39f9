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
  private var state: State { session.timeline.state }
  private var writing: Writing { session.writing }

  init(_ numbers: ForeignNumbers, among compared: [ForeignNumbers], in session: Session) {
    self.numbers = numbers
    self.session = session
    let program = session.timeline.state.program
    all = compared.sorted { (program.producer(of: $0.quantity) ?? 0) < (program.producer(of: $1.quantity) ?? 0) }
  }

  var answer: Answer {
    var answer = Answer(
      Verdict(holds: numbers.isRight, statement, worst: numbers.agreement.worst), numbers.isRight ? [] : departures)
    answer.fields = fields
    return answer
  }

  private var name: String { numbers.quantity.name }

  private var statement: Text {
    let agreement = numbers.agreement
    let sample: Text =
      numbers.sample.map { state.batch.count > 1 ? " of sample \($0 + 1) of the batch" : "" } ?? ""
    if let convention = numbers.convention {
      return "\(name)\(sample) is \(convention.words(numbers.quantity, state))"
        + ", \(counted(agreement.count, "number")), largest error \(writing.error(agreement.worst))"
    }
    let text: Text = "\(name)\(sample), \(counted(agreement.count, "number"))"
    if numbers.isRight { return text + ", largest error \(writing.error(agreement.worst))" }
    return text + ", \(agreement.wrongCount) wrong, the largest error at \(index(agreement.worstPlace)): "
      + "\(sides(agreement.worstPlace)) as given"
  }

  /// `[2]` or `[2,1]`, counted from 1; nothing of one number.
  private func index(_ place: Int) -> String {
    let shape = numbers.truth
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
    guard let first = wrong.first else { return [] }
    if first.quantity == numbers.quantity {
      let right = all.prefix { $0.quantity != numbers.quantity }.map(\.quantity.name)
      let before: Text =
        right.isEmpty
        ? ""
        : "; \(right.joined(separator: ", ")), computed before it, \(right.count == 1 ? "is" : "are" as Text) right"
      let others = wrong.dropFirst().map { words(of: $0, after: first) }
      return (others.isEmpty && right.isEmpty ? [] : ["\(name) departs first, in the order of computation\(before)"])
        + others
    }
    return ["\(first.quantity.name) departs first, in the order of computation", words(of: numbers, after: first)]
  }

  /// What a wrong quantity has to do with the first.
  private func words(of later: ForeignNumbers, after first: ForeignNumbers) -> Text {
    let (name, source) = (later.quantity.name, first.quantity.name)
    switch Consequence(of: later, from: first, on: session.timeline) {
    case .follows: return "\(name) follows from it: with \(source) as it was given, \(name) comes out as it was given"
    case .departsBesides: return "\(name) is wrong besides: with \(source) as it was given, it is still another"
    case .isApart: return "\(name) is not made of \(source), and is wrong by itself"
    }
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
    if let first = wrong.first { fields.append(JSONMember("first", .string(first.quantity.name))) }
    return fields
  }
}
