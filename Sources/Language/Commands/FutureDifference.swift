import Engine
import Formats
import Notation

// Where two futures part, and by how much.
extension Session {
  /// `diff [A [B]] [EXPR… [every [N] STRIDE] [from PLACE [to PLACE]]]`, `diff none`
  mutating func difference(_ arguments: inout Arguments) throws(CommandError) -> Command.Outcome {
    if arguments.accept(Session.noFuture) {
      // Also where none is beside: of a session that is read again a line fails no more than it did.
      let was = content.futures.beside?.0.label
      content.futures.putNoneBeside()
      return .answer(Answer(was.map { "\($0) is no more beside this future" } ?? "no future was beside this one"))
    }
    let isNamed = arguments.peek.map { namesAFuture($0.text) } ?? false
    let onlyOther = futures.count == 2 ? futures.first { $0.number != content.futures.current } : nil
    // Of two the one that is meant is the other.
    let (one, column) =
      if !isNamed, let onlyOther { (onlyOther, arguments.column) } else { try future(&arguments) }
    var other = content.futures.all.first { $0.number == content.futures.current } ?? one
    guard futures.count > 1 else {
      throw CommandError("there is no other future; a change in the past begins one", at: column)
    }
    if isNamed, let word = arguments.peek, namesAFuture(word.text) { other = try future(&arguments).0 }
    guard one.number != other.number else {
      throw CommandError(
        one.number == content.futures.current
          ? "\(one.label) is the future that you are in; name another one"
          : "\(one.label) is named twice; name another one", at: column)
    }
    let lines = [one, other].map { content.futures.timeline(of: $0, here: timeline) }
    let furthest = lines.map { $0.step(at: $0.furthest) }.max() ?? 0
    let query = try TableQuery(&arguments, in: self, furthest: furthest)
    let pair = Pair(labels: (one.label, other.label), lines: (lines[0], lines[1]))
    let both = (one, other)
    return .look { session throws(CommandError) in
      let answer = query.expressions.isEmpty ? session.answer(to: pair) : try session.answer(to: pair, query)
      session.content.futures.put(both.0, beside: both.1)
      return answer
    }
  }

  /// Whether a word can only be meant as a future: it is one, a number, or a name that nothing else has.
  private func namesAFuture(_ word: String) -> Bool {
    if content.futures.named(word) != nil || Int(word) != nil { return true }
    let isName =
      word.first?.isLetter == true && word.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
    return isName && !TableQuery.words.contains(word) && Quantity.named(word) == nil && content.definitions[word] == nil
  }

  private struct Pair: Sendable {
    let labels: (String, String)
    let lines: (Timeline, Timeline)
  }

  /// Both side by side, a row for every stride.
  private func answer(to pair: Pair, _ query: TableQuery) throws(CommandError) -> Answer {
    let one = try table(of: query, along: pair.lines.0, isWhole: false)
    let other = try table(of: query, along: pair.lines.1, isWhole: false)
    return Answer(table: one.cells(beside: other, labels: pair.labels, writing), pinned: 1)
  }

  private func answer(to pair: Pair) -> Answer {
    var (one, other) = pair.lines
    guard let parting = one.parting(from: other) else {
      return Answer("\(pair.labels.0) and \(pair.labels.1) do not part: one is the beginning of the other")
    }
    var line = one
    line.move(to: line.place(ofStep: parting.step))
    var lines: [Text] = ["\(pair.labels.0) and \(pair.labels.1) part at \(line.state.stepInWords)"]
    var fields = [JSONMember("parting", .number(Double(parting.step)))]
    let complete = min(one.completeIterations, other.completeIterations)
    if complete > parting.iteration {
      one.move(to: one.end(ofIteration: complete - 1))
      other.move(to: other.end(ofIteration: complete - 1))
      let losses = [one, other].map { $0.state.headlineLoss?.loss ?? .nan }
      let name = one.state.headlineLoss?.name ?? Quantity.Kind.loss.name
      lines.append(
        "at the end of iteration \(complete): \(name) = \(writing.number(losses[0])) against \(writing.number(losses[1]))"
      )
      fields += [.init("compared", .number(Double(complete))), .init("losses", .array(losses.map { .number($0) }))]
      if let apart = furthestApart(one.state, other.state) {
        lines.append(words(of: apart))
        fields.append(.init("furthest", .string(apart.name)))
      } else {
        lines.append(noneApart(one.state, other.state))
      }
    } else {
      lines.append("one of them has not completed an iteration since")
    }
    let curves = TwoCurves([pair.lines.0, pair.lines.1], labels: pair.labels)
    let (width, height) = Session.plottedSize
    let picture = curves.lines(width: width, height: height)
    if !picture.isEmpty {
      let names = zip(curves.marks, [pair.labels.0, pair.labels.1]).map { mark, label -> Text in
        String(mark) == label ? Text(verbatim: label) : "\(label) (\(String(mark)))"
      }
      lines.append("the losses of \(names[0]) and \(names[1]), \(String(TwoCurves.both)) where both are:")
      lines += picture.map { Text(verbatim: $0) }
    }
    return Answer(lines, fields: fields)
  }

  /// What is said where no weight or bias differs.
  func noneApart(_ one: State, _ other: State) -> Text {
    one.experiment.network.sizes == other.experiment.network.sizes
      ? "all weights and biases are the same" : "no weight of one stands against one of the other"
  }

  /// `furthest apart is w1[1,2]: 0.5 against 0.25, by 0.25`
  func words(of apart: (name: String, values: (Double, Double))) -> Text {
    """
    furthest apart is \(apart.name): \(writing.number(apart.values.0)) against \(writing.number(apart.values.1)), by \
    \(writing.error(abs(apart.values.0 - apart.values.1)))
    """
  }

  /// The weight or bias by which two states are furthest apart; nil where their networks have not the same layers.
  func furthestApart(_ one: State, _ other: State) -> (name: String, values: (Double, Double))? {
    var found: (name: String, values: (Double, Double))?
    for layer in 1..<one.experiment.network.layers.count + 1 {
      for kind in [Quantity.Kind.w, .b] {
        let quantity = Quantity(kind, layer)
        guard let mine = try? one.value(of: quantity), let its = try? other.value(of: quantity),
          mine.rows == its.rows, mine.columns == its.columns
        else { continue }
        for row in 0..<mine.rows {
          for column in 0..<mine.columns {
            let values = (mine[row, column], its[row, column])
            guard distance(values) > found.map({ distance($0.values) }) ?? 0 else { continue }
            let element = Element(quantity, row: row, column: column)
            found = (quantity.name + element.indices(in: one.experiment.network), values)
          }
        }
      }
    }
    return found
  }
}

/// How far two numbers are apart; what is no number is furthest from every one that is.
private func distance(_ values: (Double, Double)) -> Double {
  if values.0 == values.1 || values.0.isNaN && values.1.isNaN { return 0 }
  let distance = abs(values.0 - values.1)
  return distance.isNaN ? .infinity : distance
}

extension Timeline {
  /// How many iterations are complete as far as the line was gone.
  var completeIterations: Int {
    furthest.iteration + (furthest == end(ofIteration: furthest.iteration) && furthest.operation > 0 ? 1 : 0)
  }
}
