import Panels
import Testing

@testable import Language

@Suite struct ThemeSettingTests {
  @Test(arguments: Theme.allCases) func aThemeIsSetByItsName(_ theme: Theme) throws {
    var session = Session()
    try session.execute(Line("set theme = \(theme.rawValue)"))
    #expect(session.theme == theme)
    try session.execute(Line("set theme = auto"))
    #expect(session.theme == nil)
    try session.execute(Line("undo"))
    #expect(session.theme == theme)
    #expect(session.lines.map(\.text) == ["set theme = \(theme.rawValue)"])
  }

  @Test(arguments: [
    ("set theme = drak", "a theme is one of auto, dark, light, projector, mono; did you mean dark?"),
    ("set theme = 3", "a theme is one of auto, dark, light, projector, mono"),
  ])
  func anotherWordIsRefused(_ line: String, _ reason: String) throws {
    var session = Session()
    let error = #expect(throws: CommandError.self) { try session.execute(Line(line)) }
    #expect(error?.message.description == reason && error?.column == 13)
    #expect(session.theme == nil && session.lines.isEmpty)
  }

  @Test func itsWordsAreCompleted() {
    let found = Session().completion(of: "set theme = pro", at: 15)
    #expect(found.start == 12 && found.candidates == ["projector"])
  }
}
