import Engine

// A sum as rows: its terms, and what they come to.
extension Expansion {
  mutating func expandSum(_ sum: Expression, _ index: String, _ body: Expression, isWhole: Bool)
    throws(NotComputed)
  {
    let value = try values.value(sum)
    let over: Text = "\(index) over the \(counted(index, body))"
    if try isRead(body, index) {
      return append(.part, "Σ\(index)", .sum(try listed(index, body)), value, remark: over)
    }
    try terms(index, body)
    let part = formula.parts.first { $0.expression == sum }
    if isWhole { return (wholeSum, wholeRange) = ("Σ\(index)", "(\(over))") }
    let name = part.map { Subject(element: $0.element, numbers: values.numbers).expression }
    append(.part, "Σ\(index)", name.map { .expression($0) } ?? .none, value, remark: over)
  }

  /// What an index runs over, in words: `2 outputs`.
  func counted(_ index: String, _ body: Expression) -> Text {
    let count = values.places(of: index, in: body).count
    func of(_ noun: String) -> Text { Engine.counted(count, noun) }
    if index == Fold.overBatch { return "\(of(index)) of the batch" }
    let network = values.numbers.network
    guard let (name, axis) = values.extent(of: index, in: body)?.quantity,
      let layer = Quantity.named(name)?.layer(along: axis, in: network)
    else { return of("unit") }
    return layer == 0 ? of("input") : layer == network.layers.count ? of("output") : "\(of("unit")) of layer \(layer)"
  }

  /// Whether a sum's body is only a number that is read, so that the sum fits into one row.
  func isRead(_ body: Expression, _ index: String) throws(NotComputed) -> Bool {
    values.binding(index, 1).element(body) != nil
  }

  /// `1 + 0 + 0`
  mutating func listed(_ index: String, _ body: Expression) throws(NotComputed) -> [Expression?] {
    let places = Array(values.places(of: index, in: body))
    var terms: [Expression?] = []
    for place in elided(places) {
      guard let place else {
        terms.append(nil)
        continue
      }
      terms.append(try numbered(body, values.binding(index, place)))
    }
    return terms
  }

  /// The first few and the last of many, with nil for what is left out.
  func elided(_ places: [Int]) -> [Int?] {
    guard places.count > Expansion.mostTerms, let last = places.last else { return places }
    return places.prefix(4).map { $0 } + [nil, last]
  }

  /// A row for each term; terms of 0 share one.
  mutating func terms(_ index: String, _ body: Expression, level: Int = 0) throws(NotComputed) {
    let (condition, rest) = body.conditional(on: index)
    // Those of a batch may be very many, and share nothing: only what has a row is worked out.
    if index == Fold.overBatch, condition == nil {
      return try rows(Array(values.places(of: index, in: body)), index, rest, level) { (_, inner) throws(NotComputed) in
        try inner.value(rest)
      }
    }
    var (known, zeros): ([Int: Double], [Int]) = ([:], [])
    var places: [Int] = []
    for place in values.places(of: index, in: body) {
      let inner = values.binding(index, place)
      if let condition, try inner.value(condition) == 0 { continue }
      let value = try inner.value(rest)
      known[place] = value
      places.append(place)
      if value == 0 { zeros.append(place) }
    }
    // Under a condition what is 0 is not worth a row.
    let sharesZeros = index != Fold.overBatch && (condition != nil || zeros.count >= 2 && places.count > zeros.count)
    let own = sharesZeros ? places.filter { known[$0] != 0 } : places
    try rows(own, index, rest, level) { (place, _) throws(NotComputed) in known[place] ?? 0 }
    guard sharesZeros, condition == nil else { return }
    let zero = Expression.number(0)
    let terms: [Expression?] = zeros.count <= 4 ? zeros.map { _ in zero } : [zero, nil, zero]
    let label = Expansion.label(of: zeros)
    let remark: Text = zeros.count <= 4 ? "" : "the other \(zeros.count) terms are 0"
    append(.term, "\(index)=\(label)", .sum(terms), 0, remark: remark, level: level)
  }

  /// A row for each place of an index, the first few and the last of many, with what the term is worth there.
  private mutating func rows(
    _ places: [Int], _ index: String, _ term: Expression, _ level: Int,
    _ worth: (Int, FormulaValues) throws(NotComputed) -> Double
  ) throws(NotComputed) {
    for place in elided(places) {
      guard let place else {
        append(.term, "…", .more(places.count - 5), nil, level: level)
        continue
      }
      let inner = values.binding(index, place)
      let (shown, value) = (try numbered(term, inner), try worth(place, inner))
      // Where the term is one number, its name says more than the number twice.
      if shown.isNumber {
        let name = term.replacing([index: .number(Double(place))])
        append(.term, "\(index)=\(place)", .expression(name), value, level: level)
      } else {
        append(.term, "\(index)=\(place)", shown, value, level: level)
      }
    }
  }
}

extension Expansion {
  /// Indices in rising order as one label: `1,3`, three and more in a row as `4…9`, and of many parts the first and the
  /// last, with what is between left out.
  static func label(of places: [Int]) -> String {
    var runs: [ClosedRange<Int>] = []
    for place in places {
      if let last = runs.last, last.upperBound + 1 == place {
        runs[runs.count - 1] = last.lowerBound...place
      } else {
        runs.append(place...place)
      }
    }
    let parts = runs.flatMap { run in
      run.count > 2 ? ["\(run.lowerBound)…\(run.upperBound)"] : run.map(String.init)
    }
    let shown = parts.count > 5 ? parts.prefix(3) + ["…"] + parts.suffix(1) : parts
    return shown.joined(separator: ",")
  }
}

extension Expression {
  /// A product that begins with a comparison of an index, such as `(i != 1) * y[i]`, as the condition and the rest.
  func conditional(on index: String) -> (condition: Expression?, rest: Expression) {
    guard case .binary(.times, let left, let right) = kind else { return (nil, self) }
    if case .binary(let sign, let compared, _) = left.kind, sign.isComparison, compared == .name(index) {
      return (left, right)
    }
    let (condition, rest) = left.conditional(on: index)
    return condition == nil ? (nil, self) : (condition, rest * right)
  }
}
