/// A canvas of dots, two across and four down in every cell, drawn with the Braille characters; for curves. Dots count
/// from 0 at the top left; those outside are left out.
package struct Braille: Equatable, Sendable {
  /// The size in cells.
  package let width: Int
  /// The size in cells.
  package let height: Int
  /// One pattern for each cell, a bit for each dot as Unicode numbers them.
  private var patterns: [UInt8]

  /// An empty canvas of so many cells. Sizes are bounded as those of a grid are.
  package init(width: Int, height: Int) {
    self.width = min(max(width, 0), Grid.longestSide)
    self.height = min(max(height, 0), Grid.longestSide, Grid.mostCells / max(self.width, 1))
    patterns = Array(repeating: 0, count: self.width * self.height)
  }

  /// How many dots lie side by side.
  package var dotsAcross: Int { width * 2 }
  /// How many dots lie one above the other.
  package var dotsDown: Int { height * 4 }

  /// Sets one dot.
  package mutating func set(x: Int, y: Int) {
    guard x >= 0, x < dotsAcross, y >= 0, y < dotsDown else { return }
    patterns[y / 4 * width + x / 2] |= Braille.bits[y % 4][x % 2]
  }

  /// Whether a dot is set.
  package func isSet(x: Int, y: Int) -> Bool {
    guard x >= 0, x < dotsAcross, y >= 0, y < dotsDown else { return false }
    return patterns[y / 4 * width + x / 2] & Braille.bits[y % 4][x % 2] != 0
  }

  /// Sets the dots of a straight line, both ends included. The ends have to lie within `reach` of the canvas, so that
  /// a line to far away does not take for ever; others are left out.
  package mutating func line(from start: (x: Int, y: Int), to end: (x: Int, y: Int)) {
    let reach = -Braille.reach...Braille.reach
    guard reach.contains(start.x), reach.contains(start.y), reach.contains(end.x), reach.contains(end.y) else { return }
    let count = max(abs(end.x - start.x), abs(end.y - start.y))
    for step in 0...count {
      set(
        x: start.x + rounded(step * (end.x - start.x), over: count),
        y: start.y + rounded(step * (end.y - start.y), over: count))
    }
  }

  /// The canvas as a grid; cells without a dot are blank.
  package func grid(style: Style = .plain) -> Grid {
    var grid = Grid(width: width, height: height)
    draw(on: &grid, row: 0, column: 0, style: style)
    return grid
  }

  /// Draws the dots into a grid and leaves alone what stands where there are none, so that axes and more than one
  /// curve can share a place.
  package func draw(on grid: inout Grid, row: Int, column: Int, style: Style = .plain) {
    for down in 0..<height {
      for across in 0..<width {
        guard let dots = dots(row: down, column: across) else { continue }
        grid.put(dots, row: row + down, column: column + across, style: style)
      }
    }
  }

  /// The dots of a cell as a character; nil where there are none.
  func dots(row: Int, column: Int) -> Glyph? {
    let pattern = patterns[row * width + column]
    return pattern == 0 ? nil : Unicode.Scalar(Braille.scalars.lowerBound + UInt32(pattern)).map { Glyph($0) }
  }

  private static let reach = 100_000
  /// The 256 patterns.
  static let scalars: ClosedRange<UInt32> = 0x2800...0x28FF
  /// The bit of each dot, by row and column in its cell.
  private static let bits: [[UInt8]] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]]

  /// What stands for a pattern in ASCII: by where its dots are when they are few, by how many they are when not.
  static func standIn(forDots pattern: UInt8) -> Character {
    let upper = (pattern & 0x1B).nonzeroBitCount
    let lower = (pattern & 0xE4).nonzeroBitCount
    switch (upper, lower) {
    case (0, 0): return " "
    case (1..., 0): return upper > 2 ? "\"" : "'"
    case (0, 1...): return lower > 2 ? "_" : "."
    default: return upper + lower > 5 ? "#" : upper + lower > 3 ? "*" : ":"
    }
  }

  /// A quotient rounded to the nearest, halves away from zero; 0 over 0 is 0.
  private func rounded(_ dividend: Int, over divisor: Int) -> Int {
    guard divisor > 0 else { return 0 }
    return dividend >= 0 ? (dividend + divisor / 2) / divisor : -((-dividend + divisor / 2) / divisor)
  }
}
