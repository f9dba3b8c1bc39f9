import Diagnosis
import Engine
import Formats
import Notation

/// How a comparison with somebody else's numbers reads.
struct CompareWords {
  /// What was given; what is wrong in the form in which it was read.
  private let numbers: ForeignNumbers
  /// Those that were compared in this iteration, this one among them.
  private let compared: Compared
  private let session: Session
  /// What is wrong with it; nil where nothing is.
  private let departure: Departure?
  /// The first that is wrong; nil where none is.
  private var first: ForeignNumbers? { compared.departures.first?.numbers }
  private var state: State { session.timeline.state }
  private var writing: Writing { session.writing }

  /// - Parameter compared: what it was compared among; nil is all that was brought to the session.
  init(_ numbers: ForeignNumbers, among compared: Compared? = nil, in session: Session) {
    let compared = compared ?? session.compared
    (self.session, self.compared) = (session, compared)
    departure = compared.departure(of: numbers.quantity)
    self.numbers = departure?.numbers ?? compared.numbers(of: numbers.quantity) ?? numbers
  }

  var answer: Answer {
    var answer = Answer(
      Verdict(holds: numbers.isRight, statement, worst: numbers.agreement.worst),
      (numbers.isRight ? [] : departures) + doubts)
    answer.fields = fields
    return answer
  }

  /// What else would explain it, where nothing that was compared tells which it is, and what would tell.
  private var doubts: [Text] {
    guard let doubt = compared.numbers(of: numbers.quantity)?.doubt else { return [] }
    let slip: Text = doubt.slip.map { "or \($0.name): \($0.meaning)" } ?? ""
    switch doubt {
    case .transposed: return ["\(slip); another matrix of weights, or of their gradients, would tell"]
    case .permuted: return ["\(slip), and the others with them; more of the layer would tell"]
    case .order(let order):
      guard departure?.found?.explanations.first?.name == "permuted" else { return [] }
      return ["no fault where all of the layer is given so: \(order.list); more of the layer would tell"]
    }
  }

  /// Whether it is wrong by itself, and nothing that was tried gives its numbers.
  var isUnexplained: Bool { departure?.found?.explanations.isEmpty == true }

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
    let form = numbers.form(at: state)
    if let form, numbers.isRight, !numbers.isSingle {
      return "\(name)\(sample) is \(form)"
        + ", \(counted(numbers.givenCount, "number")), largest error \(writing.error(agreement.worst))"
    }
    let text: Text = "\(name)\(sample), \(counted(numbers.givenCount, "number"))"
    if numbers.isSingle {
      return text + (form.map { ", \($0)" } ?? "" as Text)
        + ", right within single precision (single-precision: no mistake), largest error \(writing.error(agreement.worst))"
    }
    if numbers.isRight { return text + ", largest error \(writing.error(agreement.worst))" }
    let isDoubted = compared.numbers(of: numbers.quantity)?.doubt == .transposed
    let others: Text =
      form.map { isDoubted ? ", \($0)" : ", \($0), as others are" }
      ?? departure?.form.map { ", \($0.words(state)), as the reason has it" } ?? ""
    return text + others + ", \(agreement.wrongCount) wrong, the largest error at \(index(agreement.worstPlace)): "
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

  private var departures: [Text] {
    guard let first, let departure else { return [] }
    guard first.quantity == numbers.quantity else {
      return ["\(name(of: first)) departs first, in the order of computation", words(of: departure)] + explanations
    }
    let right = compared.all.prefix { $0.quantity != numbers.quantity }.map { name(of: $0) }
    let before: Text =
      right.isEmpty
      ? "" : "; \(right.joined(separator: ", ")), computed before it, \(right.count == 1 ? "is" : "are" as Text) right"
    let others = words(ofThoseAfter: first)
    return explanations
      + (others.isEmpty && right.isEmpty ? [] : ["\(name) departs first, in the order of computation\(before)"])
      + others
  }

  /// What those that are wrong after the first have to do with it; what follows from it is said of all at once.
  private func words(ofThoseAfter first: ForeignNumbers) -> [Text] {
    let later = compared.departures.dropFirst()
    func isFollowing(_ departure: Departure) -> Bool { departure.cause == .follows(from: [first.quantity]) }
    let following = later.filter(isFollowing).map { name(of: $0.numbers) }
    let others = later.filter { following.count == 1 || !isFollowing($0) }.map { words(of: $0) }
    guard following.count > 1 else { return others }
    let all = following.joined(separator: ", ")
    return [
      "\(all) follow from it: with \(name(of: first)) as it was given, they come out as they were given"
    ] + others
  }

  /// What a wrong quantity has to do with those that are wrong before it.
  func words(of departure: Departure) -> Text {
    let name = name(of: departure.numbers)
    let source = first.map { self.name(of: $0) } ?? ""
    switch departure.cause {
    case .first: return "\(name) departs first, in the order of computation"
    case .follows(let from):
      let names = from.map { quantity in compared.numbers(of: quantity).map { self.name(of: $0) } ?? quantity.name }
      if names == [source] {
        return "\(name) follows from it: with \(source) as it was given, \(name) comes out as it was given"
      }
      let all = names.joined(separator: " and ")
      return names.count == 1
        ? "\(name) follows from \(all) in the same way"
        : "\(name) follows from \(all) together: with them as they were given, it comes out as it was given"
    case .sameSlip(let other): return "\(name) comes of the same slip as \(other.name)"
    case .besides: return "\(name) is wrong besides: with \(source) as it was given, it is still another"
    case .apart:
      // What an update adds cannot be put in, and a slip may read what the right formula does not.
      let isReadBySlip = first.map { departure.found?.explanations.first?.reads($0.quantity) ?? false } ?? false
      let isKnown = first.map { $0.quantity.kind.isInjectable || $0.quantity.kind == .loss } ?? true
      return isKnown && !isReadBySlip
        ? "\(name) is not made of \(source), and is wrong by itself" : "\(name) is wrong too"
    }
  }

  /// Those that are wrong after this one, which is the first, and follow from none.
  var furtherFaults: [ForeignNumbers] { compared.departures.dropFirst().filter(\.isFault).map(\.numbers) }

  /// The slips that give what was given, or that none of those tried does.
  var explanations: [Text] { departure.map { ExplanationWords($0, session).lines } ?? [] }

  // MARK: for programs

  private var fields: [JSONMember] {
    let agreement = numbers.agreement
    var fields = [
      JSONMember("quantity", .string(name)), JSONMember("numbers", .number(Double(numbers.givenCount))),
      JSONMember("wrong", .number(Double(agreement.wrongCount))),
    ]
    guard !numbers.isRight else { return fields }
    fields += [
      JSONMember("at", .string(index(agreement.worstPlace))),
      JSONMember("exact", .number(numbers.truth.elements[agreement.worstPlace])),
      JSONMember("given", .number(numbers.given.elements[agreement.worstPlace])),
    ]
    if let first { fields.append(JSONMember("first", .string(first.quantity.name))) }
    fields += departure.map { ExplanationWords($0, session).fields } ?? []
    return fields
  }
}
