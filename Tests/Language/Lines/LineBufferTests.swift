import Language
import Testing

@Suite struct LineBufferTests {
  private func buffer(_ text: String) -> LineBuffer { LineBuffer(source: "x", bytes: Array(text.utf8)) }

  @Test(arguments: ["", "\n", "a", "a\n", "a\n\n", "a\nb", "\r\n\r\nstep"])
  func itCountsTheLinesThatItGives(_ text: String) throws {
    var buffer = buffer(text)
    for left in (0..<buffer.count).reversed() {
      #expect(try buffer.next() != nil)
      #expect(buffer.count == left)
    }
    #expect(try buffer.next() == nil)
  }

  @Test func aLineWithoutItsEndWaitsForIt() throws {
    var buffer = buffer("step\nba")
    #expect(try buffer.next(isAtEnd: false)?.text == "step")
    #expect(try buffer.next(isAtEnd: false) == nil)
    buffer.append(Array("ck\nrun".utf8))
    #expect(try buffer.next(isAtEnd: false)?.text == "back")
    #expect(try buffer.next(isAtEnd: false) == nil)
    #expect(try buffer.next()?.number == 3)
  }
}
