import Engine
import Notation

/// The losses of two lines of time over the iterations, drawn with a mark each; over more than two powers of ten by their
/// logarithm.
struct TwoCurves {
  private let curves: [[(iteration: Int, value: Double)]]
  private let marks: [Character]

  init(_ lines: [Timeline], marks: [Character]) {
    // Over all samples where that is known of both: those of single batches jump about.
    let hasScores = lines.allSatisfy { $0.scores.points.count > 1 }
    curves = lines.map { line in
      if hasScores {
        return line.scores.points.map { (max($0.iterations - 1, 0), $0.trained.loss) }.filter { $0.1.isFinite }
      }
      let (values, end) = line.losses.whole
      let spacing = line.losses.spacing
      return values.enumerated().map { index, value in
        let isLast = end != nil && index == values.count - 1
        return (isLast ? end ?? 0 : Curve.iteration(ofIndex: index, spacing: spacing), value)
      }.filter { $0.value.isFinite }
    }
    self.marks = marks
  }

  /// The rows of the picture, with the numbers at its sides; none where there is nothing to draw.
  func lines(width: Int, height: Int) -> [String] {
    let all = curves.flatMap { $0 }
    guard let low = all.map(\.value).min(), let high = all.map(\.value).max(), height > 1,
      let last = all.map(\.iteration).max(), curves.allSatisfy({ !$0.isEmpty })
    else { return [] }
    let isLogarithmic = low > 0 && high / low > 100
    func scaled(_ value: Double) -> Double { isLogarithmic ? logarithm(value) : value }
    let span = scaled(high) - scaled(low)
    var cells = Array(repeating: Array(repeating: Character(" "), count: width), count: height)
    for (curve, mark) in zip(curves, marks) {
      for (iteration, value) in curve {
        let column = last > 0 ? iteration * (width - 1) / last : 0
        let share = span > 0 ? (scaled(value) - scaled(low)) / span : 0
        let row = height - 1 - Int((share * Double(height - 1)).rounded())
        // Where both lie in one cell, neither is hidden.
        cells[row][column] = cells[row][column] == " " || cells[row][column] == mark ? mark : "#"
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
