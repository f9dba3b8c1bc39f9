extension Names {
  /// The shape that an expression will have, without evaluating it; nil where that cannot be told.
  func shape(of expression: Expression) throws(EvaluationError) -> Shape? {
    try visit(expression)
    switch expression.kind {
    case .number, .element, .norm: return .scalar
    case .name(let name, _):
      switch try meaning(of: name, at: expression.range) {
      case .index: return .scalar
      case .argument(let argument): return argument.shape
      case .definition(let definition, let inner): return try inner.shape(of: definition)
      case .quantity(_, let shape): return shape
      case .given, .unknown: return nil
      }
    case .matrix(let rows): return try shape(ofBlocks: Expression.Kind.rowsMeant(by: rows))
    case .file(let file): return Shape(file.matrix.rows, file.matrix.columns)
    case .unary(_, let operand), .old(let operand), .at(_, let operand): return try shape(of: operand)
    case .transpose(let operand): return try shape(of: operand)?.transposed
    case .binary(let sign, let left, let right):
      return shape(sign, try shape(of: left), try shape(of: right))
    case .call(let name, let isDerivative, let arguments):
      if let own = scope.function(named: name) { return try shape(of: own, isDerivative, arguments, expression.range) }
      return try shape(ofCall: name, isDerivative, arguments)
    case .fold(_, let index, _, let body): return try binding(index, slot: 0).shape(of: body)
    case .derivative(let body, let quantity):
      guard let above = try shape(of: body), let below = try shape(of: quantity) else { return nil }
      return above == .scalar ? below : below == .scalar ? above : Shape(above.count, below.count)
    }
  }

  private func shape(_ sign: BinaryOperator, _ left: Shape?, _ right: Shape?) -> Shape? {
    if sign.isComparison { return .scalar }
    guard let left, let right else { return nil }
    if left == .scalar { return right }
    if right == .scalar { return left }
    return sign == .times ? Shape(left.rows, right.columns) : left
  }

  /// The shapes of expressions, as far as they can be told.
  func shapes(of expressions: [Expression]) throws(EvaluationError) -> [Shape?] {
    var shapes: [Shape?] = []
    for expression in expressions { shapes.append(try shape(of: expression)) }
    return shapes
  }

  private func shape(
    of function: Definition, _ isDerivative: Bool, _ arguments: [Expression], _ range: Range<Int>
  ) throws(EvaluationError) -> Shape? {
    let own = try shapes(of: arguments)
    let known = own.compactMap(\.self)
    guard known.count == own.count else { return nil }
    let isNumeric = (try? numeric(function, isDerivative: isDerivative)) != nil
    if isNumeric, let common = Shape.common(to: known) { return common }
    return try inside(function, own.map { Names.Argument(slot: 0, shape: $0) }, at: range).shape(
      of: function.expression)
  }

  private func shape(ofBlocks rows: [[Expression]]) throws(EvaluationError) -> Shape? {
    var (height, width) = (0, 0)
    for row in rows {
      var (rowHeight, rowWidth) = (0, 0)
      for element in row {
        guard let shape = try shape(of: element) else { return nil }
        rowHeight = max(rowHeight, shape.rows)
        rowWidth += shape.columns
      }
      height += rowHeight
      width = max(width, rowWidth)
    }
    return Shape(height, width)
  }

  private func shape(ofCall name: String, _ isDerivative: Bool, _ arguments: [Expression]) throws(EvaluationError)
    -> Shape?
  {
    var shapes: [(shape: Shape, whole: Int?)] = []
    for argument in arguments {
      guard let shape = try shape(of: argument) else { return nil }
      let whole: Int? = if case .number(let literal) = argument.kind { literal.value.whole } else { nil }
      shapes.append((shape, whole))
    }
    guard let first = shapes.first?.shape else { return nil }
    if let activation = scope.activation(named: name) {
      return activation.shape(of: first, isDerivative: isDerivative)
    }
    switch Function.named[name]?.rule {
    case .fold where shapes.count == 1: return .scalar
    case .fold: return shape(.plus, first, shapes[1].shape)
    case .whole(let rule): return rule.shape(shapes)
    case .pairwise: return shape(.plus, first, shapes[1].shape)
    case .elementwise, .form: return first
    case nil: return nil
    }
  }
}
