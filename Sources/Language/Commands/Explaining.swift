import Engine
import Notation
import Panels

// One number of a quantity, and how it comes about.
extension Session {
  /// `explain QUANTITY[INDICES] [deep]`
  func explain(_ arguments: inout Arguments) throws(CommandError) -> Answer {
    let expression = try arguments.expression("a quantity")
    let isDeep = arguments.accept("deep")
    let element = try element(expression)
    let column = expression.range.lowerBound
    do throws(NotComputed) {
      let derivation = try Derivation(
        of: element, in: content.timeline.state, digits: digits, letters: letters)
      var answer = Answer(verbatim: derivation.lines(deep: isDeep))
      answer.fields = [.init("value", .number(derivation.value))]
      return answer
    } catch {
      throw CommandError(error.message, at: column)
    }
  }

  /// The element that an expression names: `dw1[1,1]`, `z[2]` where a let says so, `∂L/∂w2[1,1]`, `loss[3]`.
  func element(_ expression: Expression, depth: Int = 0) throws(CommandError) -> Element {
    let column = expression.range.lowerBound
    var (base, indices) = (expression, [Expression]())
    if case .derivative(of: let above, by: let below) = expression.kind {
      return try gradient(above, below, at: column)
    }
    if case .element(let inner, let typed) = expression.kind { (base, indices) = (inner, typed) }
    guard case .name(let name, version: nil) = base.kind else {
      throw CommandError("a quantity and its indices were expected here, as in dw1[1,2]", at: column)
    }
    if let definition = content.definitions[name], depth < 32 {
      let whole = indices.isEmpty ? definition : Expression(.element(definition, indices), range: expression.range)
      return try element(whole, depth: depth + 1)
    }
    guard let quantity = Quantity.named(name) else {
      throw CommandError("\(name) is not a quantity" + suggestion(for: name, among: scope.quantityNames), at: column)
    }
    return try element(quantity, indices, at: column)
  }

  private func element(_ quantity: Quantity, _ indices: [Expression], at column: Int) throws(CommandError) -> Element {
    let state = content.timeline.state
    do throws(NotComputed) { _ = try state.value(of: quantity) } catch { throw CommandError(error.message, at: column) }
    guard let shape = state.shape(of: quantity) else { throw CommandError("there is no \(quantity.name)", at: column) }
    if quantity.kind == .loss, let index = indices.first, indices.count == 1 {
      let sample = try place(index, in: 1...max(state.batch.count, 1), of: quantity.name)
      return Element(quantity, sample: sample)
    }
    if indices.isEmpty, shape.rows * shape.columns == 1 { return Element(quantity) }
    let extents = quantity.kind.extent.indexCount == 2 ? [shape.rows, shape.columns] : [shape.rows]
    guard indices.count == extents.count else {
      let example = extents.count == 2 ? "\(quantity.name)[1,1]" : "\(quantity.name)[1]"
      throw CommandError(
        "\(quantity.name) is \(shape.rows)×\(shape.columns); one element was expected: \(example)", at: column)
    }
    let row = try place(indices[0], in: 1...shape.rows, of: quantity.name)
    let second = indices.count > 1 ? try place(indices[1], in: 1...shape.columns, of: quantity.name) : 0
    return Element(quantity, row: row, column: second)
  }

  /// The gradient that `∂L/∂q` stands for.
  private func gradient(_ above: Expression, _ below: Expression, at column: Int) throws(CommandError) -> Element {
    guard above.names(.loss) else {
      throw CommandError("of derivatives, those of the loss can be explained", at: column)
    }
    var element = try element(below)
    guard let kind = element.quantity.kind.gradient else {
      throw CommandError("∂L/∂\(element.quantity.name) is not a quantity", at: column)
    }
    element.quantity = Quantity(kind, element.quantity.layer)
    do throws(NotComputed) { _ = try content.timeline.state.value(of: element.quantity) } catch {
      throw CommandError(error.message, at: column)
    }
    return element
  }

  /// An index, counted from 0.
  func place(_ index: Expression, in range: ClosedRange<Int>, of name: String) throws(CommandError) -> Int {
    let value = try number(of: index, "an index")
    guard let number = Int(exactly: value), range.contains(number) else {
      throw CommandError(
        "an index of \(name) from 1 to \(range.upperBound) was expected, not \(shortest(value))",
        at: index.range.lowerBound)
    }
    return number - 1
  }
}
