import Diagnosis
import Engine
import Formats
import Notation

extension Command {
  /// The command that holds somebody else's numbers against ours.
  static let comparing: [Command] = [
    Command(
      "compare", .verify,
      "compare QUANTITY[INDICES] = EXPR | compare [QUANTITY] from FILE [prefix=NAME]",
      """
      Holds somebody else's numbers for a computed quantity against ours: how many are wrong, where the largest error is, \
      and what is another convention and no fault. A number that is typed is right within half a unit of its last digit, \
      and single precision within single precision. Of several that were compared in one iteration it says which departs \
      first in the order of computation, and whether the others follow from it.
      """,
      details: {
        [
          """
          Why a quantity is wrong is looked for among slips in its formula, up to three at once, at all of its numbers: a \
          factor or a sum that is left out, another argument, layer, version, sample or sign. Those that give what was given \
          are told, with the formula beside the right one, the fewest slips first: \(Mistake.names.joined(separator: ", ")).
          """,
          """
          What follows is found by carrying on: with the first as it was given in place of ours, as inject puts it in, the \
          others come out as they were given, or do not. What belongs to a sample is that of the one on show.
          """,
          """
          A square matrix that is right the other way round is taken for one in the other layout, and several quantities of a \
          hidden layer that are right with its units in another order for that, where nothing else that was compared is \
          right as it stands; else it is the slip: transposed, permuted. Where nothing tells, both are said.
          """,
          """
          From a file (npz, safetensors, JSON) come all arrays whose names are known: dw1, dW1, delta2, dZ2, a1, A1, z1; \
          single ones by: compare dw1 = from FILE NAME.
          """,
        ]
      },
      example: small
        + "forward\nbackward\ncompare dw2 = -1 * dw2\nrefute compare delta2 = 2 * delta2\nrefute compare delta1 = f1'(net1) .* (w2' * (2 * delta2))",
      effect: .looks, work: .ofParameters, isVerdict: true,
      complete: { session, words in (words.count == 1 ? ["from"] : []) + session.names }
    ) { session, arguments throws(CommandError) in .answer(try session.compare(&arguments)) }
  ]
}

extension Session {
  /// `compare QUANTITY = EXPR`, `compare [QUANTITY] from FILE`
  fileprivate mutating func compare(_ arguments: inout Arguments) throws(CommandError) -> Answer {
    if let reason = timeline.experiment.obstacle { throw CommandError(reason, at: 0) }
    if arguments.accept("from") { return try compareAll(&arguments, alone: nil) }
    if let word = arguments.peek {
      let name = String(word.text.prefix { $0 != "=" })
      let own = Quantity.named(name)
      if let quantity = own ?? quantity(calledElsewhere: name) {
        let ahead = arguments
        if arguments.accept(name), arguments.accept("from") { return try compareAll(&arguments, alone: quantity) }
        arguments = ahead
        if own == nil, let expression = try arguments.value(behind: name) {
          let kept = try comparable(quantity.name, at: word.range.lowerBound)
          if kept.kind.isParameter { try requireUpdate(of: kept, called: name, at: word.range.lowerBound) }
          let given = try foreign(
            expression, for: kept, givenTo: Expression(.name(quantity.name, version: nil), range: word.range))
          return takeIn(given.numbers, ["\(name) is \(kept.name) here"] + given.said)
        }
      } else if name.contains("."), !name.contains("["), let meaning = ForeignName(name) {
        throw CommandError(
          "\(name) does not say by itself of which layer it is: compare \(meaning.kind.name)1 = …",
          at: word.range.lowerBound)
      }
    }
    let (target, expression) = try arguments.assignment("a computed quantity was expected here: dw1, delta2, a1")
    let (name, indices) = try Session.target(target)
    let place = target.range.lowerBound
    let quantity = try comparable(name, at: place)
    if !indices.isEmpty {
      let value = try value(of: expression)
      guard let number = foreign(value, expression.slack(of: value), for: quantity, at: indices) else {
        throw CommandError("one number of \(name) was expected here, with its indices, such as \(name)[1,2]", at: place)
      }
      return takeIn([number])
    }
    let given = try foreign(expression, for: quantity, givenTo: target)
    return takeIn(given.numbers, given.said)
  }

  /// Takes numbers in, and says what is to be said of them.
  private mutating func takeIn(_ numbers: [ForeignNumbers], _ said: [Text] = []) -> Answer {
    let before = compared
    compared.take(numbers, on: timeline)
    var whole = Answer()
    var told: [[JSONMember]] = []
    for one in numbers {
      let answer = CompareWords(one, in: self).answer
      whole.append(answer)
      told.append(answer.fields)
    }
    whole.fields = told.count == 1 ? told[0] : [JSONMember("compared", .array(told.map(JSONValue.object)))]
    // What was right by itself, in a form of its own, need not be beside others.
    for old in before.right where !numbers.contains(where: { $0.quantity == old.quantity }) {
      guard compared.departure(of: old.quantity) != nil else { continue }
      whole.lines.append("\(old.quantity.name) was right by itself; beside what is given now it is not")
      whole.append(CompareWords(old, in: self).answer)
    }
    // What was wrong by itself may be right in a form that others have too.
    for old in before.departures.map(\.numbers) where !numbers.contains(where: { $0.quantity == old.quantity }) {
      guard let now = compared.numbers(of: old.quantity), now.isRight else { continue }
      whole.lines.append("\(old.quantity.name) was wrong by itself; beside what is given now it is right")
      whole.append(CompareWords(now, in: self).answer)
    }
    whole.lines += said + faultyCode(behind: numbers)
    return whole
  }

  /// That on our side stands what faulty code computes, where a mistake is on that has a part in it.
  private func faultyCode(behind numbers: [ForeignNumbers]) -> [Text] {
    let state = timeline.state
    let names = numbers.filter { $0.isHeldAgainstFaultyCode(at: state) }.map(\.quantity.name)
    guard !names.isEmpty else { return [] }
    let ours: Text =
      "\(names.joined(separator: ", ")) \(names.count == 1 ? "is" : "are" as Text) the faulty code's here"
    let mistakes = state.worked.mistakes()
    guard !mistakes.isEmpty else { return ["\(ours), since hunt has hidden a mistake in it"] }
    let on: Text = mistakes.count == 1 ? "a mistake is on" : "mistakes are on"
    return ["\(ours), since \(on): \(mistakes.joined(separator: ", ")); mistake none makes it right"]
  }

  /// Compares what a file has names for.
  private mutating func compareAll(
    _ arguments: inout Arguments, alone: Quantity?
  ) throws(CommandError) -> Answer {
    let (file, word, prefix) = try arrayFile(&arguments, of: "compare")
    let column = word.range.lowerBound
    let (known, unplaced) = known(file.names.filter { $0.hasPrefix(prefix) }, behind: prefix)
    var found = known.filter { $0.quantity.kind.isInjectable && (alone == nil || alone == $0.quantity) }
      .map { (quantity: $0.quantity.kept(in: timeline.experiment.network), name: $0.name) }
    if let alone, found.isEmpty, file.names.count == 1, let only = file.names.first { found = [(alone, only)] }
    guard !found.isEmpty else {
      let all = file.names.prefix(8).joined(separator: ", ") + (file.names.count > 8 ? ", …" : "")
      let wanted: Text = alone.map { "\($0.name)" } ?? "a computed quantity, such as dw1 or dW1"
      let how: Text =
        unplaced.first.map { "; of one whose layer it does not say: compare dw1 = from \(word.text) \($0)" } ?? ""
      throw CommandError("none of its arrays is called like \(wanted); there are \(all)\(how)", at: column)
    }
    // In the order of computation, so that the first that departs is told first.
    let program = timeline.state.program
    found.sort { program.computes($0.quantity, before: $1.quantity) }
    var given: [(quantity: Quantity, file: GivenFile)] = []
    for (quantity, name) in found {
      do throws(FormatError) { given.append((quantity, try Session.given(name, in: file, at: word.text))) } catch {
        throw CommandError("\(word.text): \(error.message)", at: column)
      }
    }
    let exactness = Session.exactness(of: given)
    var (all, said): ([ForeignNumbers], [Text]) = ([], [])
    for (quantity, file) in given {
      let target = Expression(.name(quantity.name, version: nil), range: word.range)
      let read = try foreign(
        Expression(.file(file), range: word.range), for: quantity, givenTo: target, exactness[quantity])
      (all, said) = (all + read.numbers, said + read.said)
    }
    var whole = takeIn(all, said)
    if alone == nil, !unplaced.isEmpty {
      let list = unplaced.prefix(8).joined(separator: ", ") + (unplaced.count > 8 ? ", …" : "")
      whole.warnings.append("not compared, since the names do not say of which layer they are: \(list)")
    }
    return whole
  }

  /// How exact the arrays of a file are, as those of a case are.
  private static func exactness(of given: [(quantity: Quantity, file: GivenFile)]) -> [Quantity: CaseExactness] {
    let arrays = given.compactMap { quantity, file in
      CaseArray(
        name: quantity.name, shape: [file.matrix.count], elements: file.matrix.elements, isSingle: file.isSingle
      ).map { (quantity, $0) }
    }
    let inferred = zip(arrays.map(\.0), CaseArray.inferringExactness(arrays.map(\.1)).map(\.exactness))
    return Dictionary(inferred) { first, _ in first }
  }

  /// The quantities that names mean here or in other programs' files: `dW1`, `dZ2`, `fc1.weight.grad`. Which layer a name
  /// of elsewhere belongs to is told by all of them: some count from 0, and PyTorch's `nn.Sequential` counts activations too.
  private func known(
    _ names: [String], behind prefix: String
  ) -> (known: [(quantity: Quantity, name: String)], unplaced: [String]) {
    let network = timeline.experiment.network
    let meanings = names.map { ($0, String($0.dropFirst(prefix.count))) }.map { name, own in
      (name: name, own: Quantity.named(own), foreign: ForeignName(own).flatMap { $0.isAfterUpdate ? nil : $0 })
    }
    let layers = ForeignLayers(ofGradients: meanings.compactMap { $0.own == nil ? $0.foreign : nil }, in: network)
    var (known, unplaced): ([(Quantity, String)], [String]) = ([], [])
    for (name, own, foreign) in meanings {
      if let own {
        known.append((own, name))
      } else if let foreign, !foreign.kind.isOfLayer {
        known.append((Quantity(foreign.kind), name))
      } else if let foreign {
        let layer = layers.map { $0.layer(of: foreign) } ?? foreign.numberedLayer
        if let layer, 1...network.layers.count ~= layer {
          known.append((Quantity(foreign.kind, layer), name))
        } else if foreign.kind.isInjectable {
          unplaced.append(name)
        }
      }
    }
    return (known, unplaced)
  }

  /// The quantity of a name that files have, as far as that alone says its layer: `dW1`, `dZ2`, `fc1.weight.grad`. The modules
  /// of PyTorch's `nn.Sequential` are counted from 0, and a layer's activation is the next: `2.weight.grad` is of the second layer.
  private func quantity(calledElsewhere name: String) -> Quantity? {
    guard name.allSatisfy({ $0.isLetter || $0.isNumber || "._".contains($0) }), let meaning = ForeignName(name),
      meaning.isAfterUpdate ? meaning.kind.isParameter : meaning.kind.isInjectable
    else { return nil }
    guard meaning.kind.isOfLayer else { return Quantity(meaning.kind) }
    let (layers, number) = (timeline.experiment.network.layers, meaning.layer.numbers.last)
    var layer = meaning.numberedLayer ?? (layers.count == 1 ? 1 : nil)
    if layer == nil, let number {
      layer = name.first?.isNumber == true ? (number % 2 == 0 ? number / 2 + 1 : nil) : number > 0 ? number : nil
    }
    return layer.flatMap { 1...layers.count ~= $0 ? Quantity(meaning.kind, $0) : nil }
  }

  /// Refuses what an update makes of a parameter where this iteration's is still to come.
  private func requireUpdate(of quantity: Quantity, called name: String, at column: Int) throws(CommandError) {
    let state = timeline.state
    guard let read = state.forwardValue(of: quantity)?.version, state.version(of: quantity) > read else {
      throw CommandError(
        "\(name) is what the update makes of \(quantity.name), and this iteration's is not made yet; step update makes it",
        at: column)
    }
  }

  /// The quantity of a name, where it is computed.
  private func comparable(_ name: String, at column: Int) throws(CommandError) -> Quantity {
    guard let quantity = Quantity.named(name) else {
      throw Session.unknown(name, at: column, among: names)
    }
    guard timeline.state.shape(of: quantity) != nil else {
      throw CommandError("there is no \(name) here", at: column)
    }
    return quantity.kept(in: timeline.experiment.network)
  }
}

extension Expression {
  /// How far the numbers of a value may be off that stands in a line: by half a unit of what is typed, and what a file holds by
  /// how exact it is, or looks where nobody says. A square value may have been turned since.
  func slack(of value: Matrix, isTurned: Bool = false, _ exactness: CaseExactness? = nil) -> Matrix {
    if case .file(let file) = kind {
      return (exactness ?? (file.isSingle ? .single : CaseExactness(of: file.matrix.elements))).slack(of: value)
    }
    let none = Matrix(rows: value.rows, columns: value.columns)
    guard let halves = halfUnits else { return none }
    let ways = isTurned ? [halves.transposed, halves] : [halves, halves.transposed]
    guard let found = ways.first(where: { $0.hasShape(of: value) }) else { return none }
    // A 0 that is typed without decimals is no rounding of a half: it is as exact as the finest number beside it.
    // Where all are 0, those with decimals are as exact as these say.
    let finest = zip(value.elements, found.elements).filter { $0.0 != 0 }.map(\.1).min()
    return Matrix(
      rows: value.rows, columns: value.columns,
      elements: zip(value.elements, found.elements).map { number, half in
        number != 0 ? half : finest.map { min(half, $0) } ?? (half < 0.5 ? half : 0)
      })
  }
}
