import Engine
import Notation

/// The parts of formulas that stand in many of them, each with a number of its own, and compiled once for all grounds.
final class FormulaParts {
  private var places: [Part: Int] = [:]
  private var formulas: [ElementFormula] = []
  private var compiled: [FormulaNumbers??] = []
  /// Whether a part reads nothing but what the forward pass has computed, and the parameters that it read.
  private(set) var isOfForwardPass: [Bool] = []

  /// A part of a formula, and how its sums are added up.
  private struct Part: Hashable {
    let expression: Expression
    let order: SummationOrder
  }

  /// The number of a part.
  fileprivate func place(of expression: Expression, in formula: ElementFormula) -> Int {
    let part = Part(expression: expression, order: formula.order)
    if let known = places[part] { return known }
    let place = formulas.count
    places[part] = place
    formulas.append(formula.replaced(by: expression))
    compiled.append(.none)
    isOfForwardPass.append(expression.isOfForwardPass)
    return place
  }

  /// What a part gives on a ground; nil where it means nothing there.
  func numbers(of part: Int, on ground: FormulaGround, samples: [Int]) -> FormulaNumbers? {
    if let known = compiled[part] { return known?.moved(to: ground) }
    let numbers = formulas[part].numbers(on: ground, samples: samples)
    compiled[part] = .some(numbers)
    return numbers
  }
}

/// A formula as sums and products of parts, in the order in which they are worked out.
struct FormulaOfParts {
  /// What is done with the values so far, the last of which come first.
  enum Step {
    case number(Double), part(Int)
    case opposite, sum, difference, product, quotient
  }

  private(set) var steps: [Step] = []

  /// A formula, whose parts are numbered among others.
  init(_ formula: ElementFormula, _ parts: FormulaParts) { add(formula.expression, of: formula, parts) }

  private mutating func add(_ expression: Expression, of formula: ElementFormula, _ parts: FormulaParts) {
    func both(_ left: Expression, _ right: Expression, _ step: Step) {
      add(left, of: formula, parts)
      add(right, of: formula, parts)
      steps.append(step)
    }
    switch expression.kind {
    case .number(let literal): steps.append(.number(literal.value))
    case .unary(.minus, let inner):
      add(inner, of: formula, parts)
      steps.append(.opposite)
    case .binary(.plus, let left, let right): both(left, right, .sum)
    case .binary(.minus, let left, let right): both(left, right, .difference)
    case .binary(.times, let left, let right): both(left, right, .product)
    case .binary(.over, let left, let right): both(left, right, .quotient)
    default: steps.append(.part(parts.place(of: expression, in: formula)))
    }
  }
}

extension Expression {
  /// Whether it reads nothing but what the forward pass has computed, and the parameters that it read.
  fileprivate var isOfForwardPass: Bool {
    switch kind {
    case .at, .old, .derivative, .file, .name(_, version: .some): false
    // Any other name is an index.
    case .name(let name, version: nil):
      Quantity.named(name).map { $0.kind.isForward || $0.kind == .y } ?? true
    default: children.allSatisfy(\.isOfForwardPass)
    }
  }
}
