import Engine

extension Table {
  /// A field as a number. Throws where it is none, or not a finite one.
  func finiteNumber(_ row: Int, _ column: Int) throws(FormatError) -> Double {
    if let number = number(row, column) {
      if number.isFinite { return number }
      throw error(row, column, "\(label(column)) is \(text(row, column)), and only finite numbers can be learned from")
    }
    let word = text(row, column)
    let onCommas = hintOnCommas(word)
    let hint: Text =
      !onCommas.isEmpty || holdsNumbers(column)
      ? onCommas : "; it holds words, which a target may: targets=\(column + 1)"
    throw error(row, column, "`\(shortened(word))` is not a number (\(label(column)))\(hint)")
  }

  /// What to say of a word that would be a number, but for its commas.
  private func hintOnCommas(_ word: String) -> Text {
    if decimalSign == UInt8(ascii: ","), word.contains("."), word.contains(",") {
      return "; thousands are written without points here: \(word.filter { $0 != "." })"
    }
    let (plain, pointed) = (word.filter { $0 != "," }, word.replacing(",", with: "."))
    guard word.contains(","), decimalNumber(Array(plain.utf8)[...]) != nil else { return "" }
    if decimalNumber(Array(pointed.utf8)[...]) == nil { return "; thousands are written without commas here: \(plain)" }
    let isThousand = word.split(separator: ",").last?.count == 3
    return isThousand
      ? "; it may be \(plain) or \(pointed): write it without a comma"
      : "; others have their decimals behind a point: \(pointed)"
  }
}

/// A field as a message shows it: on one line and not too long.
func shortened(_ word: String) -> String {
  let line = String(word.prefix(40).map { $0.isNewline ? " " : $0 })
  return word.count > 40 ? line + "…" : line
}
