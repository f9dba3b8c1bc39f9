import Engine
import Notation

/// Two values compared element by element; a scalar is compared with every element of the other.
struct Comparison {
  let left: Expression
  let sign: BinaryOperator
  let right: Expression
  let tolerance: Tolerance?
  let a: Matrix
  let b: Matrix
  /// What is said behind two shapes that differ.
  let hint: Text

  func answer(_ writing: Writing) -> Answer {
    var rule = Agreement.Rule(sign, tolerance: tolerance?.amount)
    rule.spreads = true
    if tolerance == .digits { rule.halfUnits = (left.halfUnits, right.halfUnits) }
    let agreement = Agreement(a, b, by: rule)
    guard agreement.shapes == nil else {
      return Answer(Verdict(holds: false, "\(left) is \(a.shape), \(right) is \(b.shape)\(hint)"))
    }
    let shape = a.count == 1 ? b : a
    let (wrong, worst) = (agreement.wrongCount, agreement.worst)
    // What is not equal as a whole may be so in parts.
    let holds = sign == .unequal ? wrong < shape.count : wrong == 0
    let digits = holds ? "" : digitsAreRight
    func answer(_ statement: Text) -> Answer {
      Answer(Verdict(holds: holds, statement + digits, worst: sign == .near || sign == .equal ? worst : nil))
    }
    if shape.count == 1 {
      let (x, y) = (a.elements[0], b.elements[0])
      let sides = holds ? [writing.number(x), writing.number(y)] : Comparison.apart(x, y, writing)
      return answer(Text(verbatim: scalar(sides)) + error(worst, writing))
    }
    var text: Text = "\(left) \(sign.rawValue) \(right), \(shape.count) elements"
    if sign == .near || sign == .equal {
      text += ", largest error \(writing.error(worst))"
      if worst > 0, holds { text += " at \(Comparison.index(agreement.worstPlace, shape))" }
    }
    if sign == .unequal, !holds {
      text += "; all are equal"
    } else if let first = agreement.firstWrong, let element = first.element, !holds {
      let place = (element.row - 1) * shape.columns + element.column - 1
      text += "; \(wrong) wrong, the first at \(Comparison.index(place, shape)): "
      text += Comparison.against(first.left, first.right, writing)
    }
    if let tolerance { text += ", within \(tolerance.words)" }
    return answer(text)
  }

  /// That a comparison fails by what lies behind the last digit that was typed, where that is so.
  private var digitsAreRight: Text {
    guard sign == .near, tolerance != .digits, let half = Claim(left, right).coarsestHalfUnit else { return "" }
    var rule = Agreement.Rule(sign, tolerance: tolerance?.amount)
    rule.spreads = true
    rule.halfUnits = (left.halfUnits, right.halfUnits)
    return Agreement(a, b, by: rule).holds ? Comparison.digitsAreRight(half) : ""
  }

  /// The end of a sentence on numbers that were typed with fewer digits than they have; `half` is half a unit of the last.
  static func digitsAreRight(_ half: Double) -> Text { "; the digits typed are right, within \(shortest(half))" }

  /// `loss = 0.298371109 ~= 0.3`
  private func scalar(_ sides: [String]) -> String {
    func side(_ expression: Expression, _ value: String) -> String {
      if case .number = expression.kind { return value }
      if case .unary(.minus, let operand) = expression.kind, case .number = operand.kind { return value }
      return "\(expression) = \(value)"
    }
    return "\(side(left, sides[0])) \(sign.rawValue) \(side(right, sides[1]))"
  }

  private func error(_ worst: Double, _ writing: Writing) -> Text {
    guard sign == .near || sign == .equal && worst != 0 else { return "" }
    let text: Text = ", error \(writing.error(worst))"
    return tolerance.map { text + ", within \($0.words)" } ?? text
  }

  /// `0.5 against 0.25`
  static func against(_ x: Double, _ y: Double, _ writing: Writing) -> Text {
    let sides = apart(x, y, writing)
    return "\(sides[0]) against \(sides[1])"
  }

  /// Two numbers with so many digits that they can be told apart where they differ.
  static func apart(_ x: Double, _ y: Double, _ writing: Writing) -> [String] {
    guard x != y, !x.isNaN, !y.isNaN else { return [writing.number(x), writing.number(y)] }
    for digits in writing.digits...17 {
      let both = [x, y].map { significant($0, digits: digits) }
      if both[0] != both[1] { return both }
    }
    return [shortest(x), shortest(y)]
  }

  /// `[2]` or `[2,1]`, counted from 1.
  private static func index(_ place: Int, _ shape: Matrix) -> String {
    shape.isColumn ? "[\(place + 1)]" : "[\(place / shape.columns + 1),\(place % shape.columns + 1)]"
  }
}

extension Tolerance {
  /// As it stands behind `within`.
  var words: String {
    switch self {
    case .value(let amount): shortest(amount)
    case .digits: "digits"
    }
  }
}
