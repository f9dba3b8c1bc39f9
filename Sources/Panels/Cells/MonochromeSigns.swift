extension Grid {
  /// The same grid for a terminal without colours: the lines and blocks of what is below zero are dotted evenly, so that
  /// signs can be told. Nothing moves.
  package func withDottedNegatives() -> Grid {
    var result = self
    for index in result.cells.indices {
      guard case .negative = result.cells[index].style.role else { continue }
      if let dotted = Grid.dotted(result.cells[index].character) { result.cells[index].character = dotted }
    }
    return result
  }

  /// A line's or a block's character, dotted; nil of any other.
  private static func dotted(_ character: Character) -> Character? {
    switch character {
    case "─": return "┈"
    case "═": return "┉"
    case "░": return "-"
    case "▒": return "="
    case "█": return "≡"
    default:
      guard let scalar = character.unicodeScalars.first, Braille.scalars.contains(scalar.value) else { return nil }
      // Of each two dots side by side the left one stays.
      let left = scalar.value & (Braille.scalars.lowerBound | 0x47)
      guard left != Braille.scalars.lowerBound else { return nil }
      return Unicode.Scalar(left).map(Character.init)
    }
  }
}
