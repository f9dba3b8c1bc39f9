/// A line of a derivation before it is known how much room there is for it.
struct DerivationLine {
  let text: String
  let style: Style
  /// Whether its numbers stand in columns, which is kept as far as it can be.
  let isColumns: Bool
  /// How far it is set in.
  var margin = 0
  /// The number of characters before the words that say that numbers agree.
  var agreement: Int?
  /// Whether it is what the whole derivation comes to.
  var isResult = false

  init(_ text: String, _ style: Style, isColumns: Bool) {
    self.text = text
    self.style = style
    self.isColumns = isColumns
  }

  /// What stands in a row of the panel.
  struct Row {
    let text: String
    let style: Style
    let isResult: Bool
    /// The cells before the words that say that numbers agree.
    let agreement: Int?
  }

  /// The line in so many cells.
  func rows(width: Int) -> [Row] {
    guard isColumns else {
      return text.wrapped(to: width).map { Row(text: $0, style: style, isResult: isResult, agreement: nil) }
    }
    guard text.displayWidth > width else {
      let cells = agreement.map { String(text.prefix($0)).displayWidth }
      return [Row(text: text, style: style, isResult: isResult, agreement: cells)]
    }
    let characters = Array(text)
    let inset = margin + DerivationLine.inset < width / 2 ? margin + DerivationLine.inset : 0
    return broken(characters, width: width, inset: inset).map { part in
      let blanks = String(repeating: " ", count: part.blanks)
      let isHere = agreement.map(part.range.contains) == true
      return Row(
        text: blanks + String(characters[part.range]), style: style, isResult: isResult,
        agreement: isHere
          ? agreement.map { part.blanks + String(characters[part.range.lowerBound..<$0]).displayWidth } : nil)
    }
  }

  /// How far the further rows of a line are set in.
  private static let inset = 7

  /// Parts of a line that fit, each after so many blanks: first its remarks go to rows of their own, then it is broken at
  /// blanks.
  private func broken(_ characters: [Character], width: Int, inset: Int) -> [(blanks: Int, range: Range<Int>)] {
    var parts: [(blanks: Int, range: Range<Int>)] = []
    var (blanks, begin) = (0, 0)
    while begin < characters.count {
      let rest = characters[begin...]
      guard blanks + String(rest).displayWidth > width else { break }
      let cut = cut(rest, room: width - blanks)
      parts.append((blanks, begin..<cut))
      begin = characters[cut...].firstIndex { $0 != " " } ?? characters.count
      blanks = inset
    }
    if begin < characters.count { parts.append((blanks, begin..<characters.count)) }
    return parts
  }

  /// Where a row ends.
  private func cut(_ characters: ArraySlice<Character>, room: Int) -> Int {
    let first = characters.startIndex
    let start = characters.firstIndex { $0 != " " } ?? first
    var best: Int?
    for place in characters.indices.dropFirst(start - first + 6)
    where place - first <= room && characters[place] == " " {
      let isRemark = place + 1 < characters.endIndex && characters[place + 1] == " "
      // A gap before a number or an equals sign belongs to the columns.
      if isRemark, let next = characters[place...].first(where: { $0 != " " }), !"=-.0123456789".contains(next) {
        best = place
      }
    }
    let last = characters.indices.last { $0 - first <= room && $0 > start + 6 && characters[$0] == " " }
    return best ?? last ?? min(first + max(room, 1), characters.endIndex)
  }
}
