import Engine
import Notation

/// An activation and its derivative as two curves over net from −4 to 4: the activation in dots, the derivative in dots
/// that stand apart. Of softmax it is the first of two units while the other's net stays 0.
struct ActivationCurve {
  private let width: Int
  private let height: Int
  private let values: [Double]
  private let slopes: [Double]

  private static let reach = 4.0

  init(_ choice: ActivationChoice, width: Int, height: Int) {
    self.width = width
    self.height = height
    let dots = max(width * 2, 2)
    let nets = (0..<dots).map { -ActivationCurve.reach + 2 * ActivationCurve.reach * Double($0) / Double(dots - 1) }
    let units = nets.map(choice.unit)
    (values, slopes) = (units.map(\.a), units.map(\.slope))
  }

  func draw(on grid: inout Grid, row: Int, column: Int) {
    let all = (values + slopes).filter(\.isFinite)
    let (low, high) = (max(min(all.min() ?? 0, 0), -2), min(max(all.max() ?? 1, 1), 3))
    func dot(_ value: Double) -> Int {
      let share = (high - value) / (high - low)
      return Int((share * Double(height * 4 - 1)).rounded())
    }
    grid.horizontalLine(row: row + dot(0) / 4, column: column, length: width, with: "┄", style: Style(.muted))
    grid.verticalLine(row: row, column: column + width / 2, length: height, with: "┆", style: Style(.muted))
    draw(slopes, low...high, dot, everyOther: true, Style(.negative(2)), &grid, row, column)
    draw(values, low...high, dot, everyOther: false, Style(.positive(3), .bold), &grid, row, column)
    let scale = "f ⠒⠒  f' ⠂⠂   \(significant(low, digits: 2)) to \(significant(high, digits: 2))"
    grid.put(scale, row: row + height, column: column, style: Style(.label), end: grid.width - 1)
  }

  private func draw(
    _ curve: [Double], _ range: ClosedRange<Double>, _ dot: (Double) -> Int, everyOther: Bool, _ style: Style,
    _ grid: inout Grid, _ row: Int, _ column: Int
  ) {
    var canvas = Braille(width: width, height: height)
    for (x, value) in curve.enumerated() where value.isFinite && range.contains(value) {
      if everyOther {
        if x % 3 == 0 { canvas.set(x: x, y: dot(value)) }
      } else {
        canvas.set(x: x, y: dot(value))
        // A steep stretch is drawn through, so that the curve does not fall apart.
        if x > 0, curve[x - 1].isFinite, range.contains(curve[x - 1]) {
          canvas.line(from: (x - 1, dot(curve[x - 1])), to: (x, dot(value)))
        }
      }
    }
    canvas.draw(on: &grid, row: row, column: column, style: style)
  }
}
