import Language
import Testing

@testable import Terminal

@Suite struct KeyTests {
  @Test(arguments: [
    (Int(("n" as Unicode.Scalar).value), Key.character("n")), (0x3B4, .character("δ")), (0x5C42, .character("层")),
    (13, .named(.enter)), (10, .named(.enter)), (9, .named(.tab)), (27, .named(.escape)), (127, .named(.backspace)),
    (0, .control(" ")), (1, .control("a")), (3, .control("c")), (18, .control("r")), (31, .control("_")),
    (-10, .named(.up)), (-17, .named(.pageDown)), (-21, .named(.backTab)), (-101, .function(1)), (-124, .function(24)),
    (-3, .resize), (-2, .ended), (-7, .unknown), (-99, .unknown), (-125, .unknown),
    (1 << 24 | 0x62, .alt("b")), (1 << 24 | 127, .alt("\u{8}")), (1 << 24 | 1, .unknown), (0xD800, .unknown),
    (0x11_0000, .unknown),
  ])
  func codesAreKeys(code: Int, key: Key) {
    #expect(Key(code: code) == key)
  }

  @Test func theTablesNamesAreThoseOfKeys() {
    for name in Set(Binding.all.flatMap(\.keys)) { #expect(Key(printed: name)?.name == name, "\(name)") }
  }

  @Test(arguments: [
    (0, true, Mouse.Action.press(.left)), (2, true, .press(.right)), (0, false, .release), (32, true, .drag(.left)),
    (33, true, .drag(.middle)), (64, true, .wheelUp), (65, true, .wheelDown), (16, true, .press(.left)),
    (8 + 64, true, .wheelUp),
  ])
  func buttonsAreActions(button: Int, isPressed: Bool, action: Mouse.Action) {
    #expect(
      Mouse(button: button, isPressed: isPressed, row: 3, column: 200) == Mouse(action, row: 3, column: 200))
  }

  @Test(arguments: [35, 66, 67, 3])
  func otherMovesAreNone(button: Int) {
    #expect(Mouse(button: button, isPressed: true, row: 0, column: 0) == nil)
  }
}
