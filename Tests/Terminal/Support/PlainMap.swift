import Testing

/// The decision map of exclusive or as a terminal without colours shows it: `+` and `-` over the plane, and the samples on
/// it as `●` where their target is 1 and `○` where it is 0.
struct PlainMap {
  private let rows: [[Character]]

  /// Cuts the map out of a screen: the rows below its heading that have the vertical axis, from the axis on, up to the line
  /// behind which another panel stands.
  init(of screen: String) throws {
    let lines = screen.split(separator: "\n", omittingEmptySubsequences: false)
    let heading = try #require(lines.firstIndex { $0.hasPrefix("──") && $0.contains("Map: ") }, "\(screen)")
    rows = lines[(heading + 1)...].prefix { $0.contains("│") }.map {
      Array($0.drop { $0 != "│" }.dropFirst().prefix { $0 != "│" })
    }
  }

  /// Whether there is a sample at each corner of the unit square, and what the network says around each, one row and three
  /// columns away at most, has the sign of its target and no other.
  var partsTheCorners: Bool {
    let samples = rows.indices.flatMap { row in
      rows[row].indices.filter { "●○".contains(rows[row][$0]) }.map { (row: row, column: $0) }
    }
    guard samples.count == 4, samples[0].row == samples[1].row, samples[2].row == samples[3].row,
      samples[0].column == samples[2].column, samples[1].column == samples[3].column
    else { return false }
    // From the top left: (0, 1), (1, 1), (0, 0), (1, 0).
    return zip(samples, [true, false, false, true]).allSatisfy { place, isOne in
      let around = signs(around: place)
      return rows[place.row][place.column] == (isOne ? "●" : "○") && around.count >= 6
        && around.allSatisfy { $0 == (isOne ? "+" : "-") }
    }
  }

  /// The signs, and the lines where they change, around a place.
  private func signs(around place: (row: Int, column: Int)) -> [Character] {
    let near: [Range<Int>] = [place.row - 1..<place.row + 2, place.column - 3..<place.column + 4]
    let around = near[0].clamped(to: rows.indices).flatMap { row -> ArraySlice<Character> in
      rows[row][near[1].clamped(to: rows[row].indices)]
    }
    return around.filter { "+-▒".contains($0) }
  }
}
