import Glibc
import Testing
import TestSupport

/// What is sent to terminals of other kinds, byte for byte.
struct TerminalKindsTests {
  /// What the program sends to a terminal of that kind while it is started, stepped and left.
  private func sent(to kind: String, columns: Int = 80, environment: String = "") -> [UInt8] {
    let start = "stty cols \(columns) rows 24; LC_ALL=C.UTF-8 NO_COLOR= TERM=\(kind) \(environment) \(program)"
    // A key is sent once it can be read; the last of several ends the program, whose lines are in no file.
    let keys = "for key in n b z q q; do sleep 0.2; printf $key; done"
    return Array(output(of: "(\(keys)) | script -qec \(quoted(start)) /dev/null").utf8)
  }

  @Test(arguments: ["sun", "cons25", "vt52"]) func aTerminalWithoutAMouseIsSentNoModesOfOne(_ kind: String) {
    let text = String(decoding: sent(to: kind), as: UTF8.self)
    #expect(text.contains("START") && text.contains("FORWARD"), "\(text)")
    #expect(!text.contains("\u{1b}[?"), "\(text)")
  }

  @Test func wherePlacesAreBytesNoneIsAControlCharacter() {
    // Column 95 would be DEL, and those behind it control characters of their own.
    let bytes = sent(to: "vt52", columns: 150)
    #expect(String(decoding: bytes, as: UTF8.self).contains("START"))
    for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "Y") && index > 0 && bytes[index - 1] == 0x1B {
      #expect(bytes[(index + 1)...].prefix(2).allSatisfy { (0x20..<0x7F).contains($0) })
    }
  }

  @Test func aTerminalOfDirectColoursIsSentThem() throws {
    let folder = Folder()
    // As ncurses describes it, but for what makes no difference here.
    try folder.write(
      """
      xterm-direct|xterm with direct-color indexing,
      \tRGB, colors#0x1000000, pairs#0x7FFF, op=\\E[39;49m, initc@,
      \tsetaf=\\E[%?%p1%{8}%<%t3%p1%d%e38\\:2\\:\\:%p1%{65536}%/%d\\:%p1%{256}%/%{255}%&%d\\:%p1%{255}%&%d%;m,
      \tsetab=\\E[%?%p1%{8}%<%t4%p1%d%e48\\:2\\:\\:%p1%{65536}%/%d\\:%p1%{256}%/%{255}%&%d\\:%p1%{255}%&%d%;m,
      \tuse=xterm,
      """, to: "direct")
    #expect(output(of: "tic -x -o \(folder.path) \(folder.path)/direct 2>&1") == "")
    func colours(_ text: String, _ pattern: String) -> Set<String> {
      Set(text.split(separator: "\u{1b}[").filter { $0.hasPrefix(pattern) }.map { String($0.prefix { $0 != "m" }) })
    }
    let direct = String(
      decoding: sent(to: "xterm-direct", environment: "TERMINFO=\(folder.path)"), as: UTF8.self)
    let indexed = String(decoding: sent(to: "xterm-256color"), as: UTF8.self)
    // xterm's own palette: a cube whose sides are 0, 95, 135, …, and greys from 8 on, ten apart.
    let sides = [0, 95, 135, 175, 215, 255]
    // Black is the first of the eight that every terminal has.
    let expected = colours(indexed, "38;5;").compactMap { Int($0.dropFirst(5)) }.filter { $0 > 16 }.map { index in
      let parts =
        index < 232
        ? [sides[(index - 16) / 36], sides[(index - 16) / 6 % 6], sides[(index - 16) % 6]]
        : Array(repeating: 8 + 10 * (index - 232), count: 3)
      return "38:2::" + parts.map(String.init).joined(separator: ":")
    }
    #expect(!expected.isEmpty)
    #expect(colours(direct, "38:2::") == Set(expected))
  }

  @Test(arguments: [
    ("TERM=nosuch", "nothing is known here of a terminal TERM=nosuch; try TERM=xterm"),
    ("TERM=", "TERM does not say which terminal this is"), ("TERM=dumb", "TERM=dumb cannot place its cursor"),
  ])
  func aTerminalThatWillNotDoIsNamed(_ setting: String, _ reason: String) {
    let text = output(of: "script -qec \(quoted("\(setting) \(program); echo status=$?")) /dev/null < /dev/null")
    #expect(text.contains(reason))
    #expect(text.contains("status=2"))
  }
}
