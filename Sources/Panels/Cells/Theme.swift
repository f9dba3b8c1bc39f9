/// What the ground of the terminal is like; colours have to stand out from it.
package enum Theme: String, CaseIterable, Sendable {
  /// Light text on a dark ground.
  case dark
  /// Dark text on a light ground.
  case light
  /// Dark text on a white ground of its own, for a projector in a room that is not dark.
  case projector
  /// No colours, whatever the terminal has.
  case mono

  /// The theme that fits the ground that a terminal says it has; nil where it doesn't say. The two luminances
  /// from which black and white text stand out equally part light from dark.
  package init?(ground: (red: Double, green: Double, blue: Double)?) {
    guard let ground else { return nil }
    let luminance = 0.2126 * linear(ground.red) + 0.7152 * linear(ground.green) + 0.0722 * linear(ground.blue)
    self = (luminance + 0.05) * (luminance + 0.05) > 1.05 * 0.05 ? .light : .dark
  }

  /// The theme that fits the variable COLORFGBG, by which some terminals tell their colours (`15;0`): a ground of 7
  /// or of 9 to 15 is a light one. Where nothing is known, dark.
  package init(colorFGBG: String?) {
    let ground = (colorFGBG ?? "").split(separator: ";").last.flatMap { Int($0) }
    self = ground == 7 || (ground ?? 0) > 8 ? .light : .dark
  }

  /// Whether its text is darker than its ground.
  var isLight: Bool { self == .light || self == .projector }
}

/// A share of red, green or blue, from 0 to 1 as screens take it, as a share of light. Between its points the curve of
/// sRGB is one of a power of 2.4; 2 is near enough to tell a dark ground from a light one.
private func linear(_ share: Double) -> Double { share * share }
