extension String {
  /// The text as lines of at most so many cells, broken at blanks where there are any; never none.
  package func wrapped(to width: Int) -> [String] {
    let width = max(width, 1)
    var lines: [String] = []
    var line = ""
    var used = 0
    var isBegun = false
    for word in split(separator: " ", omittingEmptySubsequences: false) {
      var word = String(word)
      var length = word.displayWidth
      if isBegun, used + 1 + length <= width {
        line += " " + word
        used += 1 + length
        continue
      }
      if isBegun { lines.append(line) }
      while length > width {
        // A word longer than a line is cut where the line ends.
        let head = word.prefix(cells: width)
        lines.append(head)
        word.removeFirst(head.count)
        length = word.displayWidth
      }
      (line, used, isBegun) = (word, length, true)
    }
    return lines + [line]
  }

  /// The longest beginning that takes at most so many cells, at least one character.
  func prefix(cells width: Int) -> String {
    var (result, used) = ("", 0)
    for character in self {
      let next = character.displayWidth
      if used + next > width, !result.isEmpty { break }
      result.append(character)
      used += next
    }
    return result
  }
}
