import Panels
import Testing

/// What every pair of colours in use comes to at 256 colours.
@Suite struct ContrastTests {
  /// The grounds that a theme is for, from one end to the other, and the contrast that it reaches on them.
  private static let themes: [(theme: Theme, grounds: [Int16], least: Double)] = [
    (.dark, [16, 235], 4.5), (.light, [231, 255], 4.5), (.projector, [231], 7),
  ]

  @Test func theFormulaGivesPublishedFigures() {
    // WCAG: black on white is 21; #767676 is the lightest grey that reaches 4.5, which lies between 243 and 242.
    #expect(abs(Seen(16).contrast(on: Seen(231)) - 21) < 1e-9)
    #expect(Seen(243).contrast(on: Seen(231)) > 4.5 && Seen(244).contrast(on: Seen(231)) < 4.5)
  }

  @Test(arguments: themes.indices) func everyPairStandsOut(_ index: Int) {
    let (theme, grounds, least) = ContrastTests.themes[index]
    let palette = Palette(depth: .full, theme: theme)
    for role in Role.all {
      let paint = palette.paint(Style(role))
      // What leaves both to the terminal is as legible as all else there.
      if paint.foreground < 0, paint.background < 0 {
        #expect(theme != .projector, "\(role) is left to the terminal's own ground")
        continue
      }
      #expect(paint.foreground >= 16, "\(role): only the colours from 16 on look the same everywhere")
      #expect(paint.background < 0 || paint.background >= 16, "\(role)")
      #expect(!paint.attributes.contains(.dim), "\(role): what is dimmed stands out less")
      for ground in paint.background < 0 ? grounds : [paint.background] {
        let contrast = Seen(paint.foreground).contrast(on: Seen(ground))
        #expect(contrast >= least, "\(role) in \(theme) on \(ground): \(contrast)")
      }
    }
  }

  @Test(arguments: themes.indices) func aLargerNumberStandsOutMore(_ index: Int) {
    let (theme, grounds, _) = ContrastTests.themes[index]
    let palette = Palette(depth: .full, theme: theme)
    for family in [Role.positive, Role.negative] {
      let levels = (0...Role.largestLevel).map { palette.paint(Style(family($0))) }
      #expect(Set(levels).count == levels.count, "\(theme)")
      let contrasts = levels.map { Seen($0.foreground).contrast(on: Seen(grounds[0])) }
      #expect(contrasts == contrasts.sorted(), "\(theme): \(contrasts)")
    }
  }

  @Test(arguments: themes.indices) func signsAreBlueAndOrangeToEyesWithoutGreenConesToo(_ index: Int) {
    let (theme, _, _) = ContrastTests.themes[index]
    let palette = Palette(depth: .full, theme: theme)
    for level in 0...Role.largestLevel {
      let (above, below) = (palette.paint(Style(.positive(level))), palette.paint(Style(.negative(level))))
      for seen in [{ $0 }, \.withoutGreenCones] as [(Seen) -> Seen] {
        let (blue, orange) = (seen(Seen(above.foreground)).yellowness, seen(Seen(below.foreground)).yellowness)
        #expect(blue < -9 && orange > 20, "level \(level) in \(theme): \(blue), \(orange)")
      }
    }
  }

  @Test(arguments: themes.indices) func soAreTheSidesOfAMap(_ index: Int) {
    let palette = Palette(depth: .full, theme: ContrastTests.themes[index].theme)
    for level in 1...Shade.largestLevel {
      let paint = palette.paint(Style(.halves(.level(level), .level(-level))))
      for seen in [{ $0 }, \.withoutGreenCones] as [(Seen) -> Seen] {
        let (above, below) = (seen(Seen(paint.foreground)).yellowness, seen(Seen(paint.background)).yellowness)
        #expect(above < below - 20, "level \(level): \(above), \(below)")
      }
    }
  }

  @Test func theProjectorsGroundIsItsOwnEverywhere() {
    for depth in [Depth.eight, .sixteen, .full] {
      let palette = Palette(depth: depth, theme: .projector)
      for role in Role.all {
        let paint = palette.paint(Style(role))
        #expect(paint.foreground >= 0 && paint.background >= 0, "\(role) \(depth)")
        #expect(!paint.attributes.contains(.dim), "\(role) \(depth)")
      }
    }
  }
}
