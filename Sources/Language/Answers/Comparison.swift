import Engine
import Notation

/// Two values compared element by element; a scalar is compared with every element of the other.
struct Comparison {
  let left: Expression
  let sign: BinaryOperator
  let right: Expression
  let tolerance: Double?
  let a: Matrix
  let b: Matrix

  private func holds(_ x: Double, _ y: Double) -> Bool {
    switch sign {
    case .near: approximatelyEqual(x, y, tolerance: tolerance)
    case .equal: x == y
    case .unequal: x != y
    case .less: x < y
    case .atMost: x <= y
    case .greater: x > y
    default: x >= y
    }
  }

  func answer(_ writing: Writing) -> Answer {
    guard a.hasShape(of: b) || a.count == 1 || b.count == 1 else {
      return Answer(Verdict(holds: false, "\(left) is \(a.shape), \(right) is \(b.shape)"))
    }
    let shape = a.count == 1 ? b : a
    func pair(_ place: Int) -> (Double, Double) {
      (a.elements[a.count == 1 ? 0 : place], b.elements[b.count == 1 ? 0 : place])
    }
    var firstWrong: Int?
    var (wrong, worst, worstPlace) = (0, 0.0, 0)
    for place in 0..<shape.count {
      let (x, y) = pair(place)
      let error = x == y ? 0 : abs(x - y)
      if !holds(x, y) {
        wrong += 1
        if firstWrong == nil { firstWrong = place }
      }
      if error > worst || error.isNaN && !worst.isNaN { (worst, worstPlace) = (error, place) }
    }
    // What is not equal as a whole may be so in parts.
    let holds = sign == .unequal ? wrong < shape.count : wrong == 0
    func answer(_ statement: Text) -> Answer {
      Answer(Verdict(holds: holds, statement, worst: sign == .near || sign == .equal ? worst : nil))
    }
    if shape.count == 1 {
      let (x, y) = pair(0)
      let sides = holds ? [writing.number(x), writing.number(y)] : Comparison.apart(x, y, writing)
      return answer(Text(verbatim: scalar(sides)) + error(worst, writing))
    }
    var text: Text = "\(left) \(sign.rawValue) \(right), \(shape.count) elements"
    if sign == .near || sign == .equal {
      text += ", largest error \(writing.error(worst))"
      if worst > 0, holds { text += " at \(Comparison.index(worstPlace, shape))" }
    }
    if sign == .unequal, !holds {
      text += "; all are equal"
    } else if let firstWrong, !holds {
      let (x, y) = pair(firstWrong)
      text += "; \(wrong) wrong, the first at \(Comparison.index(firstWrong, shape)): "
      text += Comparison.against(x, y, writing)
    }
    if let tolerance { text += ", within \(shortest(tolerance))" }
    return answer(text)
  }

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
    return tolerance.map { text + ", within \(shortest($0))" } ?? text
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
