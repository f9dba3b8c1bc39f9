import Panels
import Testing

@Suite struct PaletteTests {
  @Test func everyRoleHasARowAtEveryDepth() {
    for theme in Theme.allCases {
      for depth in Depth.allCases {
        let palette = Palette(depth: depth, theme: theme)
        for role in Role.all {
          let paint = palette.paint(Style(role))
          #expect(Int(paint.foreground) < palette.depth.rawValue && paint.foreground >= -1, "\(role) \(depth) \(theme)")
          #expect(Int(paint.background) < palette.depth.rawValue && paint.background >= -1, "\(role) \(depth) \(theme)")
        }
        // A role without a row would look like plain text at all depths.
        for role in Role.all where ![.plain, .prompt, .narration, .label].contains(role) {
          let isPlain = palette.paint(Style(role)) == palette.paint(Style(.plain))
          let isMiddleSize = [.positive(1), .negative(1), .positive(2), .negative(2)].contains(role)
          // The projector has nothing faint, and few colours have no grey.
          let isFaint = theme == .projector && palette.depth != .full && [.rule, .muted, .frozen].contains(role)
          #expect(!isPlain || (palette.depth == .mono && isMiddleSize) || isFaint, "\(role) \(depth) \(theme)")
        }
      }
    }
  }

  @Test func signsDifferInColourAndSizesInBrightness() {
    for theme in [Theme.dark, .light, .projector] {
      for depth in [Depth.eight, .sixteen, .full] {
        let palette = Palette(depth: depth, theme: theme)
        for level in 0...Role.largestLevel {
          #expect(palette.paint(Style(.positive(level))) != palette.paint(Style(.negative(level))))
        }
        #expect(palette.paint(Style(.positive(0))) != palette.paint(Style(.positive(3))))
        #expect(palette.paint(Style(.positive(9))) == palette.paint(Style(.positive(3))))
        #expect(palette.paint(Style(.negative(9))) == palette.paint(Style(.negative(3))))
      }
    }
  }

  @Test func emphasisIsAdded() {
    let palette = Palette(depth: .mono)
    #expect(palette.paint(Style(.title, .underline)).attributes == [.bold, .underline])
    #expect(palette.paint(Style(.selected)).attributes == .reverse)
  }

  @Test func aTerminalsColoursGiveTheDepth() {
    #expect(
      [-1, 0, 2, 8, 15, 16, 88, 256, 16_777_216].map(Depth.init(colours:)) == [
        .mono, .mono, .mono, .eight, .eight, .sixteen, .sixteen, .full, .full,
      ])
    #expect(Palette(depth: .full, theme: .mono).depth == .mono)
  }

  @Test func aNumberHasASignAndASize() {
    #expect(Role.signed(0.5, largest: 1) == .positive(3))
    #expect(Role.signed(-0.1, largest: 1) == .negative(2))
    #expect(Role.signed(-0.02, largest: 1) == .negative(1))
    #expect(Role.signed(1e-9, largest: 1) == .positive(0))
    #expect(Role.signed(0, largest: 1) == .plain)
    #expect(Role.signed(3, largest: 0) == .positive(3))
    #expect(Role.signed(.nan, largest: 1) == .bad)
    #expect(Role.signed(-.infinity, largest: .infinity) == .bad)
  }
}
