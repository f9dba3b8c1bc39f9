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
          let changes = one.watched.filter(session.hasChanged).map { part -> Text in
            one.condition.isChange(of: part) ? session.change(of: part) : "\(part) \(session.change(of: part))"
          }
          return changes.isEmpty ? Text(verbatim: one.words) : "\(one.words): \(changes.joined(separator: ", "))"
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
    let (old, new) = (value(before: expression), try? value(of: expression))
    func written(_ value: Matrix?, _ writing: Writing) -> String {
      value.map { writing.value($0, of: expression) } ?? "·"
    }
    // What changed behind the last digit that is written is written with all of them.
    let isHidden = old != new && written(old, writing) == written(new, writing)
    let writing = isHidden ? Writing(digits: 17) : writing
    return "\(written(old, writing)) → \(written(new, writing))"
  }

  /// Whether it has another value than before the last step, or one where it had none.
  fileprivate func hasChanged(_ expression: Expression) -> Bool {
    value(before: expression) != (try? value(of: expression))
  }

  /// An expression's value before the last step; nil where it had none.
  private func value(before expression: Expression) -> Matrix? {
    try? value(of: Expression(.at(step: .name(Quantity.Kind.step.name) - 1, expression)))
  }
}

extension Expression {
  fileprivate static func - (left: Expression, right: Double) -> Expression {
    Expression(.binary(.minus, left, .number(right)))
  }
}
