import Engine

/// Where a row of a menu has what was typed to narrow the list down, and how well it fits.
package struct MenuMatch: Equatable, Sendable {
  /// How well it fits, the best first: a name before all that is said of it, and beginnings before what merely holds it.
  enum Fit: Int, Comparable, Sendable {
    case name, startOfName, word, startOfWordInName, inName, startOfWord, anywhere

    static func < (left: Fit, right: Fit) -> Bool { left.rawValue < right.rawValue }
  }

  let fit: Fit
  /// The characters of the name, where it is there.
  package private(set) var name: Range<Int>?
  /// The characters of the value, where it is there.
  package private(set) var value: Range<Int>?
  /// The word by which it is found, where neither shows it.
  package private(set) var word = ""

  /// Nil where a row has nothing of it; `filter` is in lower case and not empty.
  init?(_ filter: String, name: String, value: String, words: String) {
    let (inName, inValue) = (Places(of: filter, in: name), Places(of: filter, in: value))
    let inWords = Places(of: filter, in: words)
    if let place = inName.start ?? inName.first {
      let isStart = place.lowerBound == 0
      let isWhole = isStart && place.count == name.count
      // A whole word that a row is also known by comes before a name that has it somewhere.
      fit =
        isWhole
        ? .name
        : isStart ? .startOfName : inWords.whole != nil ? .word : inName.start != nil ? .startOfWordInName : .inName
      self.name = place
    } else if let place = inValue.start ?? inValue.first {
      fit = inWords.whole != nil ? .word : inValue.start != nil ? .startOfWord : .anywhere
      self.value = place
    } else if let place = inWords.whole ?? inWords.start ?? inWords.first {
      fit = inWords.whole != nil ? .word : inWords.start != nil ? .startOfWord : .anywhere
      word = inWords.word(around: place)
    } else if "\(name) \(value) \(words)".lowercased().contains(filter) {
      fit = .anywhere
    } else {
      return nil
    }
  }
}

/// Where a text is found in another, in characters.
private struct Places {
  /// The first place, the first where a word begins, and the first that is a whole word.
  private(set) var (first, start, whole): (Range<Int>?, Range<Int>?, Range<Int>?)
  private let text: [Character]

  init(of wanted: String, in text: String) {
    self.text = Array(text)
    // What a letter's small form has more of would move all places behind it; there is none in what menus say.
    let (low, wanted) = (Array(text.lowercased()), Array(wanted))
    guard low.count == self.text.count, !wanted.isEmpty, low.count >= wanted.count else { return }
    for index in 0...(low.count - wanted.count) where low[index] == wanted[0] {
      let place = index..<(index + wanted.count)
      guard low[place].elementsEqual(wanted) else { continue }
      let isStart = index == 0 || !Places.isOfWord(low[index - 1])
      let isWhole = isStart && (place.upperBound == low.count || !Places.isOfWord(low[place.upperBound]))
      first = first ?? place
      if isStart { start = start ?? place }
      if isWhole { whole = whole ?? place }
    }
  }

  private static func isOfWord(_ character: Character) -> Bool { character.isLetter || character.isNumber }

  /// The word that a place belongs to.
  func word(around place: Range<Int>) -> String {
    func isOfName(_ character: Character) -> Bool { Places.isOfWord(character) || character == "-" }
    let start = text[..<place.lowerBound].lastIndex { !isOfName($0) }.map { $0 + 1 } ?? 0
    let end = text[place.upperBound...].firstIndex { !isOfName($0) } ?? text.count
    return String(text[start..<max(end, start)])
  }
}

extension MenuRow {
  /// Where it has what was typed; nil where it has not.
  package func match(_ filter: String, in tongue: Tongue = .english) -> MenuMatch? {
    MenuMatch(filter.lowercased(), name: tongue(name), value: tongue(value), words: tongue(words))
  }
}

extension Menu {
  /// The rows that have what was typed to narrow the list down, those that fit best first, with where they have it. All of
  /// them as they stand where nothing was typed.
  package func found(by filter: String) -> [(row: MenuRow, match: MenuMatch?)] {
    guard !filter.isEmpty else { return rows.map { ($0, nil) } }
    // What was typed for a cell is its name, which no other row has.
    let made = made(filter)
    guard made.isEmpty else { return made.map { ($0, $0.match(filter)) } }
    let found = rows.enumerated().compactMap { index, row in row.match(filter).map { (index, row, $0) } }
    return found.sorted { ($0.2.fit, $0.0) < ($1.2.fit, $1.0) }.map { ($0.1, $0.2) }
  }
}
