import Engine
import Testing

@testable import Panels

/// What help says of the signs on show.
@Suite struct SignTests {
  /// The signs that a whole screen tells of, and its lines.
  private func told(_ scene: Scene, width: Int = 80, height: Int = 24) -> (signs: [Sign], lines: [String]) {
    let layout = Layout(scene, width: width, height: height)
    let frame = compose(scene, width: width, height: height)
    return (signsOnShow(in: frame, layout, scene).flatMap(\.signs), frame.lines)
  }

  /// Scenes in which every sign of the issue is on show somewhere.
  private var scenes: [Scene] {
    var scenes = (0...7).map { Scenes.scene(Scenes.mazur(), steps: $0) }
    scenes += (0...4).map { Scenes.scene(Scenes.softmax(), steps: $0) }
    scenes += [0, 2, 4, 6].map { Scenes.scene(Timeline(Scenes.experiment([4, 8, 3], "tanh", samples: 4)), steps: $0) }
    scenes += [1, 5].map { Scenes.scene(Timeline(Scenes.experiment([8, 40, 6], "tanh")), steps: $0) }
    scenes += [3].map { Scenes.scene(Timeline(Scenes.experiment(Array(repeating: 2, count: 11), "tanh")), steps: $0) }
    return scenes
  }

  /// What is drawn without a word is told of, and only while it is drawn.
  @Test(arguments: [
    ("⟨", "which w1 was read"), ("page: ", "what a page calls it"), ("( 1 )", "a unit that is always 1"),
    ("[L", "the loss, made of"), ("═", "a double or thick line"), ("▒", "a weight: the fuller"),
    ("w⁺", "the weight that the update makes"), ("weight of row", "∂L/∂a of unit i"),
    ("<== BACKWARD", "backward: from the loss"),
  ])
  func whatIsDrawnIsTold(glyphs: String, meaning: String) {
    var count = 0
    for scene in scenes {
      for (width, height) in [(80, 24), (100, 30), (160, 50)] {
        let (signs, lines) = told(scene, width: width, height: height)
        // The heading of the layer that has the keys begins as the loss does.
        let isDrawn = lines.contains { $0.split(separator: "[Layer ").contains { $0.contains(glyphs) } }
        let isTold = signs.contains { $0.meaning.description.hasPrefix(meaning) }
        #expect(isDrawn == isTold, "\(glyphs) at \(width)×\(height):\n\(lines.joined(separator: "\n"))")
        count += isTold ? 1 : 0
      }
    }
    #expect(count > 0, "\(glyphs) is on show somewhere")
  }

  /// `1-5/8` is told of where a layer has more units than boxes.
  @Test func partsOfALayerAreTold() {
    let tall = told(Scenes.scene(Timeline(Scenes.experiment([8, 40, 6], "tanh")), steps: 1))
    #expect(tall.signs.contains { $0.sign == "1-5/8" }, "\(tall.lines.joined(separator: "\n"))")
    #expect(tall.signs.contains { $0.sign == "▁▄█" })
    #expect(!told(Scenes.scene(Scenes.mazur(), steps: 1)).signs.contains { $0.sign == "1-5/8" })
  }

  /// Where the keys go is told of the panel that has them.
  @Test func theBracketsOfAHeadingAreTold() {
    let (signs, lines) = told(Scenes.scene(Scenes.mazur(), steps: 1))
    #expect(lines.contains { $0.hasPrefix("──[Layer 1: dense 2->2") })
    #expect(signs.filter { $0.sign == "[heading]" }.count == 1)
  }

  /// A number that is still to come is told of as long as there is one.
  @Test func missingNumbersAreTold() {
    let meaning = "a number that is not computed yet at this step"
    #expect(told(Scenes.scene(Scenes.mazur(), steps: 1)).signs.contains { $0.meaning.description == meaning })
    #expect(!told(Scenes.scene(Scenes.mazur(), steps: 7)).signs.contains { $0.meaning.description == meaning })
  }

  /// Without colours the dots are told of, with them the colours.
  @Test func dotsAreToldWithoutColours() {
    var scene = Scenes.scene(Scenes.mazur(), steps: 1)
    for hasColours in [true, false] {
      scene.hasColours = hasColours
      let signs = told(scene).signs.map(\.sign.description)
      #expect(signs.contains("colours") == hasColours && signs.contains("┈ ⠂⠂") == !hasColours)
    }
  }

  /// What is said of the colours is what the palette paints, on either ground.
  @Test func theColoursAreThoseThatAreTold() throws {
    let said = try #require(Sign.ofNetwork.first { $0.sign.description == "colours" }).meaning.description
    #expect(said.contains("blue or cyan above 0, orange or red below"))
    for theme in [Theme.dark, .light, .projector] {
      let palette = Palette(depth: .full, theme: theme)
      for level in 1...Role.largestLevel {
        let above = Seen(palette.paint(Style(.positive(level))).foreground)
        let below = Seen(palette.paint(Style(.negative(level))).foreground)
        #expect(above.blue > above.red && below.red > below.blue, "\(theme) \(level)")
      }
    }
  }

  /// Help shows them: each sign with its meaning, none twice, whatever the keys belong to.
  @Test func helpShowsThem() {
    var scene = Scenes.scene(Scenes.mazur(), steps: 5)
    scene.view.isHelpOpen = true
    var seen: [String] = []
    for first in stride(from: 0, to: 60, by: 8) {
      scene.view.scrolls["help"] = Scroll(rows: first)
      seen += compose(scene, width: 80, height: 24).lines
    }
    for text in ["On show: Network", "On show: Layer 1", "( 1 )", "a unit that is always 1", "which w1 was read"] {
      #expect(seen.contains { $0.contains(text) }, "\(text)")
    }
    let signs = told(Scenes.scene(Scenes.mazur(), steps: 5)).signs.map { $0.sign.description + $0.meaning.description }
    #expect(Set(signs).count == signs.count)
  }
}
