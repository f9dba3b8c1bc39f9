import Engine
import Notation

/// The losses of two futures over one scale of iterations, each to its end, drawn with a letter or digit of its name; over
/// more than two powers of ten by their logarithm.
struct TwoCurves {
  /// What each is drawn with.
  let marks: [Character]
  private let curves: [[Point]]

  private struct Point {
    /// Counted from 0.
    let iteration: Int
    let value: Double
  }

  /// Where both lie in one cell, neither is hidden.
  static let both: Character = "#"

  /// The futures' lines of time, and what they are called.
  init(_ lines: [Timeline], labels: (String, String)) {
    // Over all samples where that is known of both: those of single batches jump about.
    let hasScores = lines.allSatisfy { $0.scores.points.count > 1 }
    curves = lines.map { line in hasScores ? TwoCurves.scores(of: line) : TwoCurves.losses(of: line) }
    marks = TwoCurves.marks(for: labels)
  }

  /// The losses over all samples, as far as they were noted, and that at the end.
  private static func scores(of line: Timeline) -> [Point] {
    var points = line.scores.points.map { Point(iteration: max($0.iterations - 1, 0), value: $0.trained.loss) }
    let last = line.completeIterations - 1
    if let noted = points.last?.iteration, noted < last {
      var line = line
      line.move(to: line.end(ofIteration: last))
      if let end = line.state.headlineLoss { points.append(Point(iteration: last, value: end.loss)) }
    }
    return points.filter(\.value.isFinite)
  }

  /// The losses of the batches.
  private static func losses(of line: Timeline) -> [Point] {
    let (values, end) = line.losses.whole
    let spacing = line.losses.spacing
    return values.enumerated().map { index, value in
      let isLast = end != nil && index == values.count - 1
      return Point(iteration: isLast ? end ?? 0 : Curve.iteration(ofIndex: index, spacing: spacing), value: value)
    }.filter(\.value.isFinite)
  }

  /// A letter or digit of each name, the first that tells them apart.
  static func marks(for labels: (String, String)) -> [Character] {
    let (one, other) = (labels.0.filter(isMark), labels.1.filter(isMark))
    if let differing = zip(one, other).first(where: { $0 != $1 }) { return [differing.0, differing.1] }
    // One is the beginning of the other.
    let (short, long) = one.count < other.count ? (one, other) : (other, one)
    guard let first = short.first, let own = long.dropFirst(short.count).first(where: { $0 != first }) else {
      return ["1", "2"]
    }
    return one.count < other.count ? [first, own] : [own, first]
  }

  private static func isMark(_ character: Character) -> Bool {
    (character.isLetter || character.isNumber) && String(character).displayWidth == 1
  }

  /// The rows of the picture, with the numbers at its sides; none where there is nothing to draw.
  func lines(width: Int, height: Int) -> [String] {
    let all = curves.flatMap { $0 }
    guard let low = all.map(\.value).min(), let high = all.map(\.value).max(), height > 1, width > 1,
      let last = all.map(\.iteration).max(), curves.allSatisfy({ !$0.isEmpty })
    else { return [] }
    let isLogarithmic = low > 0 && high / low > 100
    func scaled(_ value: Double) -> Double { isLogarithmic ? logarithm(value) : value }
    let span = scaled(high) - scaled(low)
    var cells = Array(repeating: Array(repeating: Character(" "), count: width), count: height)
    for (curve, mark) in zip(curves, marks) {
      func put(_ value: Double, _ column: Int) {
        let share = span > 0 ? (value - scaled(low)) / span : 0
        let row = height - 1 - Int((share * Double(height - 1)).rounded())
        cells[row][column] = cells[row][column] == " " || cells[row][column] == mark ? mark : TwoCurves.both
      }
      var before: (column: Int, value: Double)?
      for point in curve {
        let (column, value) = (last > 0 ? point.iteration * (width - 1) / last : 0, scaled(point.value))
        // Where few were noted, the line between two of them goes on through the columns.
        if let before {
          for between in before.column + 1..<max(column, before.column + 1) {
            let share = Double(between - before.column) / Double(column - before.column)
            put(before.value + share * (value - before.value), between)
          }
        }
        put(value, column)
        before = (column, value)
      }
    }
    let labels = AlignedNumbers([high, low], digits: 3)
    let (top, bottom) = (labels.text(high), labels.text(low))
    let margin = max(top.count, bottom.count)
    var rows = cells.enumerated().map { row, cells -> String in
      let label = row == 0 ? top : row == height - 1 && span > 0 ? bottom : ""
      return String(repeating: " ", count: margin - label.count) + label + " │" + String(cells)
    }
    let end = String(last + 1)
    let gap = max(width - 1 - end.count, 1)
    rows.append(String(repeating: " ", count: margin + 2) + "1" + String(repeating: " ", count: gap) + end)
    return rows.map { row in
      String(row.reversed().drop { $0 == " " }.reversed())
    }
  }
}
