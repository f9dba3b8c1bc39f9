/// How many colours a terminal has, as far as the palette tells them apart.
package enum Depth: Int, CaseIterable, Sendable {
  /// None, or NO_COLOR is set: emphasis only.
  case mono = 0
  /// The eight of 1979.
  case eight = 8
  /// Those and their bright ones.
  case sixteen = 16
  /// The cube of 256.
  case full = 256

  /// The depth of a terminal that says it has so many colours.
  package init(colours: Int) {
    self = Depth.allCases.last { $0.rawValue <= colours } ?? .mono
  }
}

/// The colours and the emphasis of a cell, as a terminal takes them.
package struct Paint: Hashable, Sendable {
  /// The colour of the text, −1 for the terminal's own.
  package var foreground: Int16
  /// The colour of the ground, −1 for the terminal's own.
  package var background: Int16
  /// Emphasis.
  package var attributes: Attributes

  /// Colours by their number and emphasis.
  package init(_ foreground: Int16 = -1, on background: Int16 = -1, _ attributes: Attributes = []) {
    self.foreground = foreground
    self.background = background
    self.attributes = attributes
  }
}

/// What every role looks like at one depth of colour. Signs go from blue to orange, which colour-blind people can tell
/// apart, and sizes by brightness, so that they read in grey as well.
package struct Palette: Sendable {
  /// The depth of colour.
  package let depth: Depth
  /// What the colours stand on.
  package let theme: Theme
  /// What stands for the terminal's own colours: those colours, but where the theme has a ground of its own.
  private let ground: Paint
  private let paints: [Role: Paint]

  /// The palette for a depth and a theme.
  package init(depth: Depth, theme: Theme = .dark) {
    self.depth = theme == .mono ? .mono : depth
    self.theme = theme
    let (depth, theme) = (self.depth, self.theme)
    ground = theme == .projector ? projectorGround(depth) : Paint()
    paints = Dictionary(rows.map { ($0.role, $0.paint(depth, theme)) }, uniquingKeysWith: { first, _ in first })
  }

  /// How a style is to be painted. Levels above the largest are the largest.
  package func paint(_ style: Style) -> Paint {
    var paint = paints[style.role] ?? computed(style.role)
    paint.attributes.formUnion(style.attributes)
    if paint.foreground < 0 { paint.foreground = ground.foreground }
    if paint.background < 0 { paint.background = ground.background }
    return paint
  }

  private func computed(_ role: Role) -> Paint {
    switch role {
    case .positive: paints[.positive(Role.largestLevel)] ?? Paint()
    case .negative: paints[.negative(Role.largestLevel)] ?? Paint()
    case .halves(let upper, let lower): Paint(colour(of: upper), on: colour(of: lower))
    default: Paint()
    }
  }
}

/// A role at every depth: emphasis alone, then 8, 16 and 256 colours on a dark ground, then on a light one, and 256 on
/// the projector's white.
private struct Row: Sendable {
  let role: Role
  let mono: Attributes
  let dark: [Paint]
  let light: [Paint]
  let projector: Paint

  init(_ role: Role, _ mono: Attributes, dark: [Paint], light: [Paint], projector: Paint) {
    self.role = role
    self.mono = mono
    self.dark = dark
    self.light = light
    self.projector = projector
  }

  func paint(_ depth: Depth, _ theme: Theme) -> Paint {
    let column: Int
    switch depth {
    case .mono: return Paint(-1, on: -1, mono)
    case .eight: column = 0
    case .sixteen: column = 1
    case .full: column = 2
    }
    guard theme == .projector else { return theme == .light ? light[column] : dark[column] }
    if depth == .full { return projector }
    // Of few colours the darkest: those of eight on light, and nothing faint.
    var paint = light[0]
    paint.attributes.remove(.dim)
    return paint
  }
}

/// Black on white, as far as a depth has them.
private func projectorGround(_ depth: Depth) -> Paint {
  switch depth {
  case .mono: Paint()
  case .eight: Paint(0, on: 7)
  case .sixteen: Paint(0, on: 15)
  case .full: Paint(16, on: 231)
  }
}

/// 0 black, 1 red, 2 green, 3 yellow or brown, 4 blue, 5 magenta, 6 cyan, 7 white, 8 to 15 the same brighter, above
/// that the cube. On eight colours blue is too dark for a dark ground and yellow too light for a light one, so cyan
/// and red stand in. Of 256, all reach a contrast of 4.5 on grounds from black to 235 and from white to 255, those of
/// the projector 7 on white; a test computes it.
private let rows: [Row] = [
  Row(
    .plain, [], dark: [Paint(), Paint(), Paint()], light: [Paint(), Paint(), Paint()], projector: Paint()),
  Row(
    .title, .bold, dark: [Paint(-1, .bold), Paint(15, .bold), Paint(255, .bold)],
    light: [Paint(-1, .bold), Paint(0, .bold), Paint(16, .bold)], projector: Paint(16, .bold)),
  Row(
    .rule, .dim, dark: [Paint(-1, .dim), Paint(8), Paint(246)], light: [Paint(-1, .dim), Paint(8), Paint(242)],
    projector: Paint(240)),
  Row(
    .label, [], dark: [Paint(), Paint(7), Paint(250)], light: [Paint(), Paint(8), Paint(239)],
    projector: Paint(237)),
  Row(
    .muted, .dim, dark: [Paint(-1, .dim), Paint(8), Paint(247)], light: [Paint(-1, .dim), Paint(8), Paint(241)],
    projector: Paint(239)),
  Row(
    .positive(0), .dim, dark: [Paint(6, .dim), Paint(6, .dim), Paint(104)],
    light: [Paint(4, .dim), Paint(12), Paint(26)], projector: Paint(24)),
  Row(
    .positive(1), [], dark: [Paint(6), Paint(6), Paint(74)], light: [Paint(4), Paint(4), Paint(25)],
    projector: Paint(20)),
  Row(
    .positive(2), [], dark: [Paint(6), Paint(14), Paint(117)], light: [Paint(4), Paint(4), Paint(19)],
    projector: Paint(18)),
  Row(
    .positive(3), .bold, dark: [Paint(6, .bold), Paint(14, .bold), Paint(153, .bold)],
    light: [Paint(4, .bold), Paint(4, .bold), Paint(18, .bold)], projector: Paint(17, .bold)),
  Row(
    .negative(0), .dim, dark: [Paint(3, .dim), Paint(3, .dim), Paint(137)],
    light: [Paint(1, .dim), Paint(9), Paint(94)], projector: Paint(124)),
  Row(
    .negative(1), [], dark: [Paint(3), Paint(3), Paint(173)], light: [Paint(1), Paint(1), Paint(124)],
    projector: Paint(88)),
  Row(
    .negative(2), [], dark: [Paint(3), Paint(11), Paint(208)], light: [Paint(1), Paint(1), Paint(88)],
    projector: Paint(52)),
  Row(
    .negative(3), .bold, dark: [Paint(3, .bold), Paint(11, .bold), Paint(214, .bold)],
    light: [Paint(1, .bold), Paint(1, .bold), Paint(52, .bold)], projector: Paint(52, .bold)),
  Row(
    .lit, .bold, dark: [Paint(7, on: 4, .bold), Paint(15, on: 4, .bold), Paint(231, on: 24, .bold)],
    light: [Paint(7, on: 4, .bold), Paint(15, on: 4, .bold), Paint(16, on: 153, .bold)],
    projector: Paint(16, on: 153, .bold)),
  Row(
    .selected, .reverse, dark: [Paint(-1, .reverse), Paint(-1, .reverse), Paint(16, on: 252)],
    light: [Paint(-1, .reverse), Paint(-1, .reverse), Paint(231, on: 238)], projector: Paint(231, on: 236)),
  Row(
    .changed, .underline, dark: [Paint(-1, .underline), Paint(15, .underline), Paint(231, .underline)],
    light: [Paint(-1, .underline), Paint(0, .underline), Paint(16, .underline)], projector: Paint(16, .underline)),
  Row(
    .frozen, .dim, dark: [Paint(-1, .dim), Paint(8), Paint(109)], light: [Paint(-1, .dim), Paint(8), Paint(60)],
    projector: Paint(239)),
  Row(
    .good, .bold, dark: [Paint(6, .bold), Paint(14, .bold), Paint(80, .bold)],
    light: [Paint(4, .bold), Paint(4, .bold), Paint(23, .bold)], projector: Paint(23, .bold)),
  Row(
    .warning, .underline, dark: [Paint(3, .bold), Paint(11), Paint(221)],
    light: [Paint(5, .bold), Paint(5), Paint(90)], projector: Paint(90)),
  Row(
    .bad, [.bold, .reverse], dark: [Paint(7, on: 1, .bold), Paint(15, on: 1, .bold), Paint(231, on: 160, .bold)],
    light: [Paint(7, on: 1, .bold), Paint(15, on: 1, .bold), Paint(231, on: 160, .bold)],
    projector: Paint(231, on: 124, .bold)),
  Row(
    .narration, [], dark: [Paint(), Paint(15), Paint(229)], light: [Paint(), Paint(0), Paint(17)],
    projector: Paint(17)),
  Row(
    .key, .bold, dark: [Paint(-1, .bold), Paint(15, .bold), Paint(153, .bold)],
    light: [Paint(-1, .bold), Paint(0, .bold), Paint(25, .bold)], projector: Paint(18, .bold)),
  Row(.prompt, [], dark: [Paint(), Paint(), Paint()], light: [Paint(), Paint(), Paint()], projector: Paint()),
  Row(
    .completion, .underline, dark: [Paint(-1, .underline), Paint(14), Paint(152)],
    light: [Paint(-1, .underline), Paint(4), Paint(24)], projector: Paint(23)),
]
