import Engine
import Notation

extension Command {
  /// The commands that put a value in where one is computed.
  static let injecting: [Command] = [
    Command(
      "inject", elsewhere: ["override", "force", "patch"], .move, "inject QUANTITY[INDICES] = EXPR",
      """
      Puts a value in by hand in place of what is computed, at its place of this iteration, and what follows uses it; after \
      the last update it counts for the next iteration, and it is gone when that is over. What belongs to a sample is put \
      in for the one on show.
      """,
      example: small + "forward\ninject delta1 = [0.1; -0.2]\nbackward\nexplain dw1[1,1]\nupdate",
      complete: { session, words in words.count == 1 ? session.injectableNames : [] }
    ) { session, arguments throws(CommandError) in .answer(try session.inject(&arguments)) }
  ]
}

extension Session {
  /// The names of what can be injected.
  fileprivate var injectableNames: [String] {
    let layers = timeline.experiment.network.layers.count
    return Quantity.Kind.all.filter(\.isInjectable).flatMap { kind in
      kind.isOfLayer ? (0..<layers).map { "\(kind.name)\($0 + 1)" } : [kind.name]
    }
  }

  /// `inject QUANTITY[INDICES] = EXPR`
  fileprivate mutating func inject(_ arguments: inout Arguments) throws(CommandError) -> Answer {
    let (target, expression) = try arguments.assignment("a computed quantity was expected here: delta2, dw1[1,2], a1")
    let (name, indices) = try Session.target(target)
    let place = target.range.lowerBound
    if let reason = timeline.experiment.obstacle { throw CommandError(reason, at: 0) }
    let quantity = try injectable(name, at: place)
    let value = try value(of: expression, givenTo: target)
    let assignment = try assignment(quantity, indices, to: value, at: place, from: expression.range.lowerBound)
    let state = timeline.state
    let kept = quantity.kept(in: timeline.experiment.network)
    let numbers = assignment.places.map { ($0, value.elements[value.count == 1 ? 0 : $0]) }
    let injection = Injection(
      kept, sample: kept.kind.isOfSample ? state.selected : nil, values: Dictionary(uniqueKeysWithValues: numbers))
    let iteration = state.iteration + (timeline.isBetweenIterations ? 1 : 0)
    partWhereThereIsAFuture()
    content.timeline.inject(injection)
    return Answer(said(of: kept, in: iteration, sample: state.selected))
  }

  /// What was put in, and who reads it.
  private func said(of quantity: Quantity, in iteration: Int, sample: Int) -> Text {
    let state = timeline.state
    let whose: Text =
      quantity.kind.isOfSample && timeline.experiment.samplesPerBatch > 1 ? " of sample \(sample + 1) of the batch" : ""
    let text: Text = "\(quantity.name)\(whose) is given by hand in iteration \(iteration)"
    let readers = state.program.readers(of: quantity, in: timeline.experiment.network)
    return readers.isEmpty && quantity.kind != .loss ? text + "; nothing that follows reads it" : text
  }

  /// The quantity of a name, where a value can be put in for it.
  private func injectable(_ name: String, at column: Int) throws(CommandError) -> Quantity {
    guard let quantity = Quantity.named(name) else {
      throw Session.unknown(name, at: column, among: injectableNames)
    }
    guard !quantity.kind.isInjectable else { return quantity }
    if quantity.kind.isSettable { throw CommandError("\(name) is given, not computed: set \(name) = …", at: column) }
    let near: Text =
      quantity.kind.parameter.flatMap(\.gradient).map { gradient in
        "; its gradient can be: inject \(Quantity(gradient, quantity.layer).name) = …"
      } ?? "; net, a, da, delta, dw, db, dx and loss can be"
    throw CommandError("\(name) cannot be put in by hand\(near)", at: column)
  }
}
