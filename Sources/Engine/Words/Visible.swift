extension String {
  /// The text as a terminal can be given it: what would move the cursor, change the writing's direction or not be seen at
  /// all is shown by its number, as `\x1b` or `\u{202e}`. Tabs stay. What is so shown stays as it is when it is shown again.
  package var visible: String {
    if utf8.allSatisfy({ (0x20..<0x7F).contains($0) || $0 == 0x09 }) { return self }
    return unicodeScalars.reduce(into: "") { text, scalar in
      if scalar.isVisible || scalar == "\t" { text.unicodeScalars.append(scalar) } else { text += scalar.number }
    }
  }
}

extension Unicode.Scalar {
  /// Whether it is seen where it stands, or shapes what is: a letter, a mark, a blank, a joiner.
  package var isVisible: Bool {
    switch properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator, .surrogate: false
    case .format: properties.isJoinControl
    default: true
    }
  }

  fileprivate var number: String {
    let digits = String(value, radix: 16)
    return value < 0x100 ? "\\x" + (digits.count < 2 ? "0" : "") + digits : "\\u{\(digits)}"
  }
}
