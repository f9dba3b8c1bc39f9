import Engine
import FoundationEssentials
import Language
import Testing

@testable import Terminal

/// The first minute: the guide, and the keys that the tour tells of.
struct GuideTests {
  /// Builds what the guide asks for, up to the samples.
  private func guided() -> App {
    var app = App(.first)
    app.press("g")
    #expect(app.shown.contains("1/9"))
    app.press(keys: ["a", "Enter", "2", "Enter"])
    app.type("add")
    app.press(keys: ["Enter", "↓", "4", "Enter", "↓", "Enter"])
    app.type("tanh")
    app.press(keys: ["Enter", "Home", "Enter", "a", "Enter", "↓", "1", "Enter", "↓", "Enter"])
    app.type("sigmoid")
    app.press(keys: ["Enter", "Home", "Enter", "a"])
    app.type("samples")
    app.press("Enter")
    return app
  }

  @Test func theGuideEndsInATrainedNetworkWithItsMapInView() throws {
    var app = guided()
    app.type("xor")
    app.press("Enter")
    #expect(app.shown.contains("5/9"), "\(app.shown)")
    app.press("a")
    app.type("samples")
    app.press("Enter")
    app.type("order")
    app.press("Enter", "Esc")
    #expect(app.shown.contains("6/9"), "\(app.shown)")
    app.press("→")
    #expect(app.shown.contains("7/9"))
    let inputs = try app.session.timeline.state.value(of: Quantity(.x))
    #expect(inputs.elements.contains { $0 != 0 }, "there is something to be seen of the sample on show")
    app.press("b")
    app.press("u", "t")
    app.type("epochs")
    app.press("Enter", "Enter")
    app.settle()
    #expect(app.shown.contains("9/9"), "\(app.shown)")
    #expect(app.shown.contains("accuracy 1"), "\(app.shown)")
    app.press(":")
    app.type("show map")
    app.press("Enter")
    #expect(app.guide?.isOver == true)
    #expect(app.shown.contains("──[Map: a2"), "\(app.shown)")
    #expect(app.shown.contains("── Loss 0.00"), "\(app.shown)")
    app.press("g")
    #expect(app.guide == nil)
  }

  /// Where samples don't fit the network the guide says so and not that it is ready; what is taken back is to be done again.
  @Test func theGuideIsReadyOnlyWhereTheNetworkIs() {
    var app = guided()
    app.type("iris")
    app.press("Enter")
    #expect(app.shown.contains("4/9") && app.guide?.text.description.contains("Not ready yet") == true, "\(app.shown)")
    #expect(app.guide?.text.description.contains("Ready.") == false)
    app.press("z", "z")
    #expect(app.guide?.text.description.hasPrefix("3/9") == true, "\(app.guide?.text.description ?? "")")
  }

  /// What the tour says of a weight to be edited is so from whichever panel the keys are in.
  @Test(arguments: 0..<9) func theTourLeadsToAWeight(tabs: Int) throws {
    let root = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
    var reader = LineReader(
      source: "tour", text: try String(contentsOfFile: "/\(root)/sessions/tour.session", encoding: .utf8))
    var lines: [Line] = []
    while let line = try reader.next() { lines.append(line) }
    var app = App(presenting: lines)
    for _ in 0..<40 where !app.shown.contains("Press x and 2") {
      if app.shown.contains("Now by hand.") { app.press(keys: ["↑", "↓"] + Array(repeating: "Tab", count: tabs)) }
      app.press("→")
    }
    #expect(app.shown.contains("Press x and 2"))
    app.press("x", "2", "h", "h", "h", "e")
    #expect(app.cellEdit != nil && app.shown.contains(":set w1["), "\(app.shown)")
  }

  /// The keys that the guide and the tour tell of do what they say, by the table of keys.
  @Test func theTourNamesKeysThatThereAre() throws {
    let root = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
    let tour = try String(contentsOfFile: "/\(root)/sessions/tour.session", encoding: .utf8)
    let named = tour.split(separator: "\n").filter { $0.hasPrefix("#") && !$0.hasPrefix("#=") }
      .flatMap { line in line.split(separator: " ") }
    var keys: Set<String> = []
    for (word, next) in zip(named, named.dropFirst()) where word.lowercased() == "press" {
      keys.insert(String(next).trimmingDots)
    }
    #expect(keys.isSuperset(of: ["→", "↑", "Tab", "e", "Esc", "a", "t", "Enter", "r", "?", "q"]), "\(keys)")
    for key in keys {
      let row = Binding.bound(to: key, in: ["present", "layer"]) ?? Binding.bound(to: key, in: ["edit"])
      #expect(row != nil, "\(key)")
    }
  }
}

extension String {
  fileprivate var trimmingDots: String { String(reversed().drop { ".,:;".contains($0) && count > 1 }.reversed()) }
}

extension App {
  fileprivate mutating func press(keys: [String]) { for key in keys { press(key) } }
}
