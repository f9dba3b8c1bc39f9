import Testing

@testable import Panels

@Suite struct ShadeTests {
  @Test func everyDepthHasColoursThatItHas() {
    for depth in Depth.allCases where depth != .mono {
      for theme in [Theme.dark, .light, .projector] {
        let palette = Palette(depth: depth, theme: theme)
        for shade in Shade.all where shade != .unknown {
          let paint = palette.paint(Style(.halves(shade, .unknown)))
          #expect((0..<Int16(depth.rawValue)).contains(paint.foreground), "\(shade) \(depth)")
          #expect(paint.background == palette.paint(.plain).background)
        }
        #expect(palette.colour(of: .level(1)) != palette.colour(of: .level(-1)))
        #expect(Set((0..<8).map { palette.colour(of: .group($0)) }).count == 8)
      }
    }
    #expect(Palette(depth: .mono).paint(Style(.halves(.level(4), .level(-4)))) == Paint())
  }

  @Test func levelsBeyondTheLargestAreTheLargest() {
    let palette = Palette(depth: .full)
    #expect(palette.colour(of: .level(9)) == palette.colour(of: .level(4)))
    #expect(palette.colour(of: .level(.min)) == palette.colour(of: .level(-4)))
    #expect(palette.colour(of: .group(255)) == palette.colour(of: .group(7)))
  }
}
