import Panels
import Testing

@Suite struct ThemeTests {
  @Test func colorFGBGGivesTheTheme() {
    #expect(
      [nil, "", "15;0", "0;15", "0;default;7", "7;8", "x"].map(Theme.init(colorFGBG:)) == [
        .dark, .dark, .dark, .light, .light, .dark, .dark,
      ])
  }

  /// Grounds of terminals' own themes, as their makers publish them.
  @Test(arguments: [
    (0x000000, Theme.dark), (0x1E1E1E, .dark), (0x002B36, .dark), (0x282A36, .dark), (0x300A24, .dark),
    (0x2E3440, .dark), (0xFFFFFF, .light), (0xFDF6E3, .light), (0xFBF1C7, .light), (0xEEEEEE, .light),
  ])
  func theGroundGivesTheTheme(_ ground: Int, _ theme: Theme) {
    func share(_ shift: Int) -> Double { Double(ground >> shift & 0xFF) / 255 }
    #expect(Theme(ground: (share(16), share(8), share(0))) == theme)
  }

  @Test func withoutAGroundThereIsNoThemeOfIt() { #expect(Theme(ground: nil) == nil) }
}
