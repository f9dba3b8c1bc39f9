import Diagnosis
import Engine
import Notation

extension Panel {
  /// What was compared with somebody else's numbers: what is right, what departs first, why, and of the chosen one the formula
  /// that was used beside the right one, with their numbers.
  package static let verdict = Panel(
    "verdict", "what was compared with somebody else's numbers, and why it is wrong",
    .main(.then(1), asking: .inOneColumn), arrows: .own
  ) { scene throws(Missing) in
    guard !scene.compared.all.isEmpty else {
      throw Missing(reason: "nothing was compared with somebody else's numbers here; see: help compare")
    }
    let verdict = VerdictLines(scene)
    let title = {
      let (wrong, count) = (scene.compared.departures.count, scene.compared.all.count)
      let remark: Text = wrong == 0 ? "\(count) right" : "\(wrong) of \(count) wrong"
      return Title(scene.tongue("Verdict"), remark: scene.tongue(remark))
    }
    return Prepared(title: title, columns: Room(40, 100)) { width in
      let whole = verdict.lines(width: max(width - 2, 20))
      return Fitted(rows: Room(min(whole.count, 3), whole.count)) { grid in
        var lines = whole
        let chosen = lines.firstIndex(where: \.isChosen) ?? 0
        let scroll = scene.view.scroll(of: "verdict").rows
        let isExplained = whole[chosen...].dropFirst().prefix(while: \.isDetail).count + 2 > grid.height
        // The rows in which the formulas differ come before those that are alike, which are scrolled to.
        if isExplained, scroll == 0 { lines = verdict.lines(width: max(width - 2, 20), isShort: true) }
        // What belongs to the chosen one is seen below it; where that takes all rows, nothing stands above it.
        let above = isExplained && scene.view.isVerdictOpen ? 0 : 1
        let first =
          lines.count <= grid.height ? 0 : min(max(chosen - above + scroll, 0), lines.count - grid.height)
        for (row, line) in lines.dropFirst(first).prefix(grid.height).enumerated() {
          for part in line.parts {
            grid.put(part.text, row: row, column: 1 + part.column, style: part.style)
          }
        }
        grid.markHidden(before: first, shown: grid.height, of: whole.count)
      }
    }
  }
  .with(Sign.ofVerdict)
}

/// The rows of the verdict.
struct VerdictLines {
  private let scene: Scene
  private var compared: Compared { scene.compared }
  private var say: Tongue { scene.tongue }

  init(_ scene: Scene) { self.scene = scene }

  /// A row, in parts that may look different.
  struct Line {
    struct Part {
      let column: Int
      let text: String
      let style: Style
    }

    var parts: [Part]
    var isChosen = false
    /// Whether it says more of the line above it.
    var isDetail = false

    init(_ text: String, _ style: Style = .plain, at column: Int = 0) {
      parts = [Part(column: column, text: text, style: style)]
    }
  }

  /// All rows in so many cells; the short form leaves out what both formulas have alike before they differ.
  func lines(width: Int, isShort: Bool = false) -> [Line] {
    let chosen = scene.chosenDeparture
    return compared.all.flatMap { numbers -> [Line] in
      let departure = compared.departure(of: numbers.quantity)
      let isChosen = departure != nil && departure?.numbers.quantity == chosen?.numbers.quantity
      var head = Line(isChosen ? ">" : " ", isChosen ? Style(.lit) : .plain)
      head.isChosen = isChosen
      let style = Style(departure == nil ? .good : .bad)
      head.parts.append(.init(column: 2, text: departure == nil ? "✓" : "✗", style: style))
      let name = numbers.quantity.shownName.padded(to: 6)
      head.parts.append(.init(column: 4, text: name, style: isChosen ? Style(.selected) : .plain))
      let text = say(summary(numbers, departure)).clipped(to: max(width - 11, 1))
      head.parts.append(.init(column: 11, text: text, style: departure?.isFault == false ? Style(.muted) : .plain))
      guard isChosen, let departure else { return [head] }
      return [head]
        + details(of: departure, width: width, isShort: isShort).map {
          var line = $0
          line.isDetail = true
          return line
        }
    }
  }

  /// `8 of 8 wrong: missing-derivative`
  private func summary(_ numbers: ForeignNumbers, _ departure: Departure?) -> Text {
    let count = numbers.givenCount
    guard let departure else {
      let form = numbers.form(at: scene.state).map { ", \($0)" } ?? "" as Text
      return "\(counted(count, "number"))\(form)"
    }
    let wrong: Text = "\(departure.numbers.agreement.wrongCount) of \(count) wrong"
    switch departure.cause {
    case .follows(let from):
      return "\(wrong), follows from \(from.map(\.shownName).joined(separator: ", "))"
    case .sameSlip(let other): return "\(wrong), the same slip as in \(other.shownName)"
    case .first, .besides, .apart:
      guard let found = departure.found, let first = found.explanations.first else { return "\(wrong), not explained" }
      let others = found.explanations.count - 1
      let more: Text = others > 0 ? " (or \(counted(others, "other")))" : ""
      return "\(wrong): \(first.name)\(more)"
    }
  }

  /// The reason, and the formula that was used beside the right one.
  private func details(of departure: Departure, width: Int, isShort: Bool) -> [Line] {
    guard let explanation = departure.found?.explanations.first else { return [] }
    let meaning = explanation.distinct.map { say($0.mistake.meaning) }.joined(separator: ", ")
    var lines = meaning.wrapped(to: max(width - 4, 10)).map { Line($0, Style(.warning), at: 4) }
    let others = departure.found?.explanations.dropFirst().map(\.name) ?? []
    if !others.isEmpty {
      let text = say("or \(others.joined(separator: ", "))")
      lines += text.wrapped(to: max(width - 4, 10)).map { Line($0, Style(.muted), at: 4) }
    }
    guard scene.view.isVerdictOpen else { return lines }
    guard let sides = departure.sides, let (wrong, right) = sides.derivations(digits: scene.digits),
      let short = sides.derivations(digits: min(scene.tableDigits, scene.digits))
    else {
      return lines
        + (explanation.said.map { say("given is \($0)").wrapped(to: max(width - 4, 10)) } ?? []).map {
          Line($0, at: 4)
        }
    }
    return lines
      + (beside(rows(wrong), rows(right), width: width - 4, isShort: isShort) ?? beside(
        rows(short.wrong), rows(short.right), width: width - 4, isShort: isShort)
        ?? stacked(rows(wrong), rows(right), width: width - 4))
  }

  private struct Row {
    let text: String
    let style: Style
    /// The cells that are lit.
    var lit: Range<Int>?
  }

  private func rows(_ derivation: Derivation) -> [Row] {
    derivation.rows(in: scene.tongue).compactMap { row -> Row? in
      switch row.kind {
      case .formula: Row(text: row.text, style: Style(.label, .bold))
      case .line(.result):
        Row(text: String(row.text.prefix(row.agreement ?? row.text.count)), style: Style(.plain, .bold))
      case .line: Row(text: row.text, style: .plain)
      case .note: nil
      }
    }
  }

  /// Rows with what differs in the two formulas lit.
  private func lit(_ wrong: [Row], _ right: [Row]) -> (wrong: [Row], right: [Row]) {
    guard let one = wrong.first?.text, let other = right.first?.text else { return (wrong, right) }
    var (first, second) = (wrong, right)
    (first[0].lit, second[0].lit) = VerdictLines.difference(one, other)
    return (first, second)
  }

  private func parts(_ row: Row, at column: Int, room: Int, lit: Role) -> [Line.Part] {
    var parts = [Line.Part(column: column, text: row.text.clipped(to: room), style: row.style)]
    if let cells = row.lit, cells.lowerBound < room {
      let text = String(Array(row.text)[cells]).clipped(to: room - cells.lowerBound)
      parts.append(.init(column: column + cells.lowerBound, text: text, style: Style(lit, .reverse)))
    }
    return parts
  }

  /// One under the other.
  private func stacked(_ wrong: [Row], _ right: [Row], width: Int) -> [Line] {
    let (wrong, right) = lit(wrong, right)
    return [(say("as given"), wrong, Role.bad), (say("right"), right, .good)].flatMap { head, rows, role in
      [Line(head, Style(role), at: 4)]
        + rows.map { row in
          var whole = Line("")
          whole.parts = parts(row, at: 4, room: width, lit: role)
          return whole
        }
    }
  }

  /// Side by side, without the remarks on a row; nil where there is no room.
  private func beside(_ wrong: [Row], _ right: [Row], width: Int, isShort: Bool) -> [Line]? {
    func withoutRemarks(_ rows: [Row]) -> [Row] {
      rows.map { row in
        let characters = Array(row.text)
        let end = characters.indices.dropLast(2).first { characters[$0...($0 + 2)].elementsEqual("  (") }
        return Row(text: String(characters[..<(end ?? characters.count)]), style: row.style, lit: row.lit)
      }
    }
    let half = (width - 2) / 2
    let (left, other) = (withoutRemarks(wrong), withoutRemarks(right))
    guard (left + other).allSatisfy({ $0.text.displayWidth <= half }) else { return nil }
    let (one, two) = lit(left, other)
    var lines = [Line(say("as given"), Style(.bad), at: 4)]
    lines[0].parts.append(.init(column: 4 + half + 2, text: say("right"), style: Style(.good)))
    // What both come to stays, alike or not.
    let alike = zip(one, two).dropFirst().prefix { $0.text == $1.text }.count
    let leftOut = isShort ? 1..<1 + min(alike, max(max(one.count, two.count) - 2, 0)) : 1..<1
    for place in 0..<max(one.count, two.count) where !leftOut.contains(place) {
      var whole = Line("")
      whole.parts = one.indices.contains(place) ? parts(one[place], at: 4, room: half, lit: .bad) : []
      whole.parts += two.indices.contains(place) ? parts(two[place], at: 4 + half + 2, room: half, lit: .good) : []
      lines.append(whole)
    }
    return lines
  }

  /// The cells in which two texts differ, without what both begin and end with; of one that has nothing more the cell where
  /// the other has it.
  static func difference(_ one: String, _ other: String) -> (Range<Int>?, Range<Int>?) {
    let (a, b) = (Array(one), Array(other))
    let begin = zip(a, b).prefix { $0 == $1 }.count
    let most = min(a.count, b.count) - begin
    let end = zip(a.reversed(), b.reversed()).prefix { $0 == $1 }.count
    let common = min(end, most)
    let (first, second) = (begin..<a.count - common, begin..<b.count - common)
    return (first.isEmpty ? nil : first, second.isEmpty ? nil : second)
  }
}

extension Scene {
  /// The wrong one whose reason is on show in the verdict.
  package var chosenDeparture: Departure? {
    let all = compared.departures
    guard !all.isEmpty else { return nil }
    return all[min(max(view.verdict, 0), all.count - 1)]
  }
}
