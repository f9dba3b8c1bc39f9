import Engine
import Formats
import Notation

// What is said of a search.
extension Search {
  /// What it came to: `break 2: loss < 0.01 at step 1407 (loss, iteration 201)`.
  func words(in session: Session) -> Text {
    guard isOver else { return "\(session.whereItStands); nothing was found up to then" }
    guard !found.isEmpty else { return "\(session.whereItStands); \(nothing)" }
    let parts: [Text] =
      switch subject {
      case .breakpoints:
        met.map { one in
          one.watched.map { "\(one.words): \(session.change(of: $0))" } ?? Text(verbatim: one.words)
        }
      case .change(let expression): ["\(expression): \(session.change(of: expression))"]
      }
    let loss: Text = session.lossHere.map { ", loss = \(session.writing.number($0))" } ?? ""
    let place: Text = isHere ? "at this very step, " : "at "
    return "\(parts.joined(separator: "; ")) \(place)\(session.timeline.state.stepInWords)" + loss
  }

  /// What is said where nothing was found.
  private var nothing: Text {
    switch (subject, direction) {
    case (.breakpoints, .ahead): "no break holds up to here"
    case (.breakpoints, .behind): "no break holds before; this is the beginning"
    case (.change(let expression), _): "\(expression) has not changed before"
    }
  }

  /// The numbers of the breakpoints that it stopped at, for programs.
  var fields: [JSONMember] {
    met.isEmpty ? [] : [JSONMember("breaks", .array(met.map { .number(Double($0.number)) }))]
  }
}

extension State {
  /// A step that is complete in words: `step 1407 (loss, iteration 201)`.
  package var stepInWords: Text { "step \(step) (\(describe(lastStep)), iteration \(iteration))" }
}

extension Session {
  /// An expression's value before the last step and after it: `0.5 → 0.493`.
  fileprivate func change(of expression: Expression) -> Text {
    let ago = Expression(.at(step: .name(Quantity.Kind.step.name) - 1, expression))
    return "\(written(ago)) → \(written(expression))"
  }

  private func written(_ expression: Expression) -> String {
    (try? value(of: expression)).map(writing.matrix) ?? "·"
  }
}

extension Expression {
  fileprivate static func - (left: Expression, right: Double) -> Expression {
    Expression(.binary(.minus, left, .number(right)))
  }
}
