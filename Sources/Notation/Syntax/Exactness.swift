import Engine

extension Expression {
  /// How exact a typed number or matrix of numbers is: half a unit of each one's last digit, in its shape. Nil where it is
  /// anything else, which is exact.
  package var halfUnits: Matrix? {
    switch kind {
    case .number(let literal): return Matrix(literal.halfUnit)
    case .unary(.minus, let operand):
      if case .number(let literal) = operand.kind { return Matrix(literal.halfUnit) }
      return nil
    case .transpose(let operand): return operand.halfUnits?.transposed
    case .matrix(let rows):
      var elements: [Double] = []
      let rows = Expression.Kind.rowsMeant(by: rows)
      for element in rows.joined() {
        guard let half = element.halfUnits?.scalar else { return nil }
        elements.append(half)
      }
      guard let columns = rows.first?.count, rows.allSatisfy({ $0.count == columns }) else { return nil }
      return Matrix(rows: rows.count, columns: columns, elements: elements)
    default: return nil
    }
  }
}

extension Expression {
  /// A value, written out.
  package init(_ value: Matrix) {
    if let number = value.scalar {
      self = .number(number)
    } else {
      self.init(.matrix((0..<value.rows).map { row in (0..<value.columns).map { .number(value[row, $0]) } }))
    }
  }
}

extension Literal {
  /// Half a unit of the last digit that was typed.
  package var halfUnit: Double { Double("5e\(-decimals - 1)") ?? 0 }
}
