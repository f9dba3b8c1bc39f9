import Testing

@testable import Terminal

@Suite struct Base64Tests {
  /// The vectors of RFC 4648, and the letters beyond the alphabet.
  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
    ("foobar", "Zm9vYmFy"), ("δ?>", "zrQ/Pg=="),
  ])
  func bytesAreLetters(_ text: String, _ letters: String) { #expect(text.utf8.base64 == letters) }
}
