import Engine
import Testing

struct VisibleTests {
  @Test(arguments: [
    ("plain text, 1 + 2", "plain text, 1 + 2"), ("\t# indented", "\t# indented"), ("", ""),
    ("\u{1b}[31mred", "\\x1b[31mred"), ("bell\u{7}", "bell\\x07"), ("\u{7f}", "\\x7f"),
    ("a\nb\rc\0", "a\\x0ab\\x0dc\\x00"),
    ("\u{9b}31m", "\\x9b31m"), ("\u{85}", "\\x85"), ("\u{202e}evol", "\\u{202e}evol"),
    ("\u{2066}x\u{2069}", "\\u{2066}x\\u{2069}"),
    ("\u{2028}", "\\u{2028}"), ("\u{feff}x", "\\u{feff}x"), ("\u{e0041}", "\\u{e0041}"),
    ("δ·∂L/∂a → naïve e\u{301}", "δ·∂L/∂a → naïve e\u{301}"), ("前向", "前向"), ("👩\u{200d}🚀", "👩\u{200d}🚀"),
  ])
  func whatCannotBeSeenIsShownByItsNumber(_ text: String, _ shown: String) {
    #expect(text.visible == shown)
    #expect(shown.visible == shown)
  }
}
