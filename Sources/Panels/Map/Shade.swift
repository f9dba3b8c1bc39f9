/// What a point of a map is like: how far a number lies on one side of the middle, or to which class the point belongs.
package enum Shade: Hashable, Sendable {
  /// Above the middle by a level from 1 (next to it) to 4, below it by one from -1 to -4.
  case level(Int8)
  /// In one of eight groups, counted from 0; further ones begin again with the first.
  case group(UInt8)
  /// There is no finite number.
  case unknown

  /// The largest level on either side.
  package static let largestLevel: Int8 = 4
  /// How many groups there are.
  package static let groups = 8

  /// The shade of a number between -1 and 1: a level more for each quarter of the way from 0.
  static func level(of share: Double) -> Shade {
    guard share.isFinite else { return .unknown }
    let level = Int8(min(abs(share) * 4, 3) + 1)
    return .level(share < 0 ? -level : level)
  }

  /// Every shade once.
  package static let all: [Shade] =
    (1...largestLevel).flatMap { [.level(-$0), .level($0)] } + (0..<UInt8(groups)).map(Shade.group) + [.unknown]
}

extension Palette {
  /// The colour of a shade, -1 where there is none. Levels go from blue to orange, as signs do, and towards the ground of
  /// the terminal in the middle; groups are told apart by colour-blind people, as far as eight can be.
  func colour(of shade: Shade) -> Int16 {
    guard depth != .mono else { return -1 }
    switch shade {
    case .unknown: return -1
    case .group(let group): return groupColours[Int(group) % Shade.groups]
    case .level(let level):
      let index = min(max(Int(level.magnitude), 1), Int(Shade.largestLevel)) - 1
      return level < 0 ? levelColours.below[index] : levelColours.above[index]
    }
  }

  private var levelColours: (below: [Int16], above: [Int16]) {
    switch (depth, theme.isLight) {
    case (.full, true): ([223, 216, 208, 166], [153, 111, 68, 25])
    case (.full, _): ([94, 130, 172, 214], [24, 31, 74, 117])
    case (.sixteen, true): ([9, 9, 1, 1], [12, 12, 4, 4])
    case (.sixteen, _): ([3, 3, 11, 11], [6, 6, 14, 14])
    case (_, true): ([1, 1, 1, 1], [4, 4, 4, 4])
    default: ([3, 3, 3, 3], [6, 6, 6, 6])
    }
  }

  private var groupColours: [Int16] {
    switch depth {
    case .full: [214, 74, 36, 227, 25, 166, 175, 246]
    case .sixteen: [3, 6, 2, 11, 4, 1, 5, 7]
    default: [3, 6, 2, 1, 4, 5, 7, 0]
    }
  }
}
