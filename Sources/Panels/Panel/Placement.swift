/// Where a panel stands, and which share of the room it gets.
struct Placement: Sendable {
  /// The parts of the screen.
  enum Part: Sendable {
    /// At the upper edge, one row.
    case top
    /// At the lower edge, with at most so many of a screen's rows.
    case bottom(most: @Sendable (_ rows: Int) -> Int)
    /// In the first column.
    case main
    /// In the second column; below those of the first where a screen has only one.
    case side
    /// Over the others: in the middle, or at the top where a scene asks for it.
    case over(isAtTop: @Sendable (Scene) -> Bool)
  }

  /// Which panels of a column are given rows before others.
  enum Turn: Sendable {
    /// Before all, and above them.
    case first
    /// After the picture, whatever else is on show.
    case always
    /// Where there is room after those, lower numbers first.
    case then(Int)
  }

  /// When a panel is shown that was not asked for.
  enum Asking: Sendable {
    /// Wherever there is room.
    case never
    /// Not where a screen has only one column.
    case inOneColumn
    /// Nowhere.
    case always
  }

  /// What may stand beside a panel of its own, where a screen has only one column.
  enum Companion: Sendable {
    /// Nothing, beside nothing.
    case none
    /// It takes another beside it.
    case host
    /// It stands beside that one, which gives way to it.
    case guest
    /// It stands beside that one where room is left, and was not asked for by itself.
    case modestGuest
  }

  /// The part of the screen.
  let part: Part
  /// When it is given rows.
  var turn = Turn.always
  /// The share of a column's rows that it gets before others are shown at all.
  var share = (part: 2, of: 5)
  /// So many rows it is given even where it needs fewer, so that panels keep their places from step to step.
  var kept = 0
  /// The rows that it takes of so many, its rule included, whatever is on show beside it.
  var fixedRows: (@Sendable (Scene, _ rows: Int) -> Int)?
  /// Whether it has to be asked for.
  var asking = Asking.never
  /// What stands beside what.
  var companion = Companion.none
  /// Whether it is the picture, which keeps its place and its rows at every step.
  var isPicture: Bool { fixedRows != nil }

  /// Whether it has a heading, and the keys may belong to it.
  var isOfBody: Bool {
    switch part {
    case .main, .side: true
    case .top, .bottom, .over: false
    }
  }

  /// Whether it is given rows before all others.
  var isFirst: Bool { if case .first = turn { true } else { false } }

  /// Whether it keeps its own place when it is asked for.
  var hasOwnPlace: Bool { if case .then = turn { false } else { true } }

  /// The number by which panels are given rows; lower ones first.
  var rank: Int {
    switch turn {
    case .first: Placement.pictureRank - 1
    case .always: Placement.pictureRank + 1
    case .then(let rank): Placement.pictureRank + 1 + rank
    }
  }

  /// The number of the picture.
  static let pictureRank = 0

  static let top = Placement(part: .top)

  static func bottom(most: @escaping @Sendable (_ rows: Int) -> Int = { _ in 1 }) -> Placement {
    Placement(part: .bottom(most: most))
  }

  static func over(isAtTop: @escaping @Sendable (Scene) -> Bool = { _ in false }) -> Placement {
    Placement(part: .over(isAtTop: isAtTop))
  }

  static func main(
    _ turn: Turn, share: (part: Int, of: Int) = (2, 5), kept: Int = 0, asking: Asking = .never,
    companion: Companion = .none,
    fixedRows: (@Sendable (Scene, Int) -> Int)? = nil
  ) -> Placement {
    Placement(
      part: .main, turn: turn, share: share, kept: kept, fixedRows: fixedRows, asking: asking, companion: companion)
  }

  static func side(_ turn: Turn, asking: Asking = .never, companion: Companion = .none) -> Placement {
    Placement(part: .side, turn: turn, asking: asking, companion: companion)
  }
}
