import Engine

extension Derivation {
  /// Whether something is computed by a formula that is kept secret, so that this one, in which it may be written out, is
  /// not to be made fit.
  private var isHidden: Bool { state.worked.alterations.contains(where: \.isSecret) }

  /// The derivation as a transcript shows it: the formula, the rows in columns, what is to be said. With `deep` it is
  /// followed by those of its factors, down to inputs, weights and targets.
  package func lines(deep: Bool, in tongue: Tongue = .english) -> [String] { text(levels: deep ? .max : 0, in: tongue) }

  /// The derivation, unfolded so many levels.
  package func text(levels: Int, in tongue: Tongue = .english) -> [String] {
    unfolded(levels: levels).flatMap { level, derivation in
      let margin = String(repeating: "  ", count: min(level, 8))
      return derivation.rows(in: tongue).map { margin + $0.text }
    }
  }

  /// A line of text and what it is for; nil where it is the formula or a note.
  package struct Row: Equatable, Sendable {
    /// The text.
    package var text: String
    /// What it is for.
    package var kind: Kind
    /// The number of characters before the words that say that numbers agree; nil where there are none.
    package var agreement: Int?

    /// What a line of text is for.
    package enum Kind: Equatable, Sendable {
      /// The formula in symbols.
      case formula
      /// A row with numbers.
      case line(Line.Kind)
      /// Something to be said about the numbers.
      case note
    }
  }

  /// The derivation by itself as lines of text in a language, numbers in columns.
  package func rows(in tongue: Tongue) -> [Row] {
    let (name, formula) = (name + tongue(ofSample), tongue(formula))
    guard check != .given else {
      return [Row(text: "\(name) = \(significant(value, digits: digits))  \(formula)", kind: .formula)]
    }
    let labels = lines.map { String(repeating: "  ", count: $0.level) + $0.label }
    let labelWidth = max(labels.map(\.count).filter { $0 <= Derivation.widestLabel }.max() ?? 0, 5)
    let contents = alignedContents(in: tongue)
    let numbers = lines.map { $0.value.map { significant($0, digits: digits) } }
    let whole = numbers.compactMap { $0?.wholeWidth }.max() ?? 0
    // Ways that agree lead to the table's cell.
    let checked = ways == 1 ? lines.count - 1 : check == .same ? nil : lines.lastIndex(where: \.isAgreement)
    let widths = zip(lines, contents).filter { $0.0.value != nil }.map(\.1.count).filter {
      $0 <= Derivation.widestColumn
    }
    let width = widths.max() ?? 0
    var rows = [Row(text: "\(name) = \(formula)", kind: .formula)]
    for (index, (line, label)) in zip(lines, labels).enumerated() {
      let content = contents[index]
      var text = " " + label.padded(to: labelWidth) + " " + content
      if let number = numbers[index] {
        let sign = content.isEmpty && line.kind == .result ? "   " : " = "
        let blanks = max(whole, 2) - number.wholeWidth
        text = text.padded(to: labelWidth + 2 + width) + sign + String(repeating: " ", count: blanks) + number
      }
      var agreement: Int?
      func say(_ words: Text, isAgreement: Bool) {
        let remark = tongue(words)
        guard !remark.isEmpty else { return }
        text += "  "
        if isAgreement { agreement = agreement ?? text.count }
        text += remark
      }
      let isBare = line.remark.isEmpty || line.kind == .way || line.kind == .result
      say(isBare ? line.remark : "(\(line.remark))", isAgreement: line.isAgreement)
      if index == checked { say(checkText, isAgreement: check == .same) }
      rows.append(Row(text: text, kind: .line(line.kind), agreement: agreement))
    }
    return rows + notes.map { Row(text: " " + tongue($0), kind: .note) }
  }

  /// What stands in each line, the factors of a sum's terms under each other.
  private func alignedContents(in tongue: Tongue) -> [String] {
    var contents = lines.map { tongue($0.content.text) }
    var first = 0
    while first < lines.count {
      let isTerm = { (line: Line) in line.kind == .term && line.level == lines[first].level }
      let end = lines[first...].firstIndex { !isTerm($0) } ?? lines.count
      if end > first + 1 {
        contents.replaceSubrange(first..<end, with: Array(contents[first..<end]).withAlignedFactors)
      }
      first = max(end, first + 1)
    }
    return contents
  }

  /// Of a number of another sample than the one on show, which.
  private var ofSample: Text {
    guard element.quantity.kind != .loss, let sample = element.sample else { return "" }
    return " (sample \(sample + 1))"
  }

  /// Where the core's number is seen.
  private var shownPlace: Text { element.quantity.kind == .loss ? "the loss" : "the table's cell" }

  /// Labels up to this width stand in one column; a longer one, of many indices, pushes its row to the right.
  static let widestLabel = 8

  /// Formulas with numbers up to this width stand in one column.
  static let widestColumn = 52

  /// How the value that the formula ends in compares with the core's, in words.
  var checkText: Text {
    switch check {
    case .given: return ""
    case .same: return "✓ = \(shownPlace)"
    case .lastPlace(let units):
      let than: Text = units > 0 ? "larger" : "smaller"
      return "≈ \(shownPlace), which is \(counted(abs(units), "unit")) in the last place \(than)"
    case .other:
      return
        "\(shownPlace) is \(significant(value, digits: digits))\(isHidden ? "" : ": the core computes it in a form that loses nothing")"
    }
  }
}

extension [String] {
  /// Products of as many factors as there are, the points of those that are numbers under each other.
  fileprivate var withAlignedFactors: [String] {
    let sign = " \(BinaryOperator.times.pretty) "
    let factors = map { $0.split(separator: sign).map(String.init) }
    let areProducts = !contains { $0.contains(" + ") || $0.contains(" - ") }
    guard areProducts, let count = factors.first?.count, count > 1, factors.allSatisfy({ $0.count == count }) else {
      return self
    }
    var aligned = factors
    for place in 0..<count {
      let column = factors.map { $0[place] }
      let areNumbers = column.allSatisfy { $0.allSatisfy { $0.isNumber || "-.()e".contains($0) } }
      let whole = areNumbers ? column.map(\.wholeWidth).max() ?? 0 : 0
      let shifted = column.map { String(repeating: " ", count: Swift.max(whole - $0.wholeWidth, 0)) + $0 }
      let width = place == count - 1 ? 0 : shifted.map(\.count).max() ?? 0
      for row in indices { aligned[row][place] = shifted[row].padded(to: width) }
    }
    return aligned.map { $0.joined(separator: sign) }
  }
}

extension String {
  /// How many characters stand before the point: all of a number that has none, but for its power of ten.
  fileprivate var wholeWidth: Int {
    (firstIndex { $0 == "." || $0 == "e" || $0 == ")" } ?? endIndex).utf16Offset(in: self)
  }

  /// With blanks behind it, so many characters long; a longer one stays as it is.
  func padded(to width: Int) -> String { self + String(repeating: " ", count: max(width - count, 0)) }
}
