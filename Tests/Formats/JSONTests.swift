import Engine
import Testing

@testable import Formats

struct JSONTests {
  @Test func aLineOfTheTranscript() {
    let line: JSONValue = [
      "line": 16, "command": "print a1", "ok": true, "step": 1, "phase": "forward", "value": [0.5, -1, 1e-7],
    ]
    #expect(
      "\(line)"
        == #"{"line":16,"command":"print a1","ok":true,"step":1,"phase":"forward","value":[0.5,-1,1e-07]}"#)
  }

  @Test(arguments: [
    (0, "0"), (-0.0, "-0.0"), (1, "1"), (0.1, "0.1"), (1e16, "1e+16"), (100_000, "100000"),
    (Double.leastNonzeroMagnitude, "5e-324"),
    (.nan, "\"nan\""), (.infinity, "\"inf\""), (-.infinity, "\"-inf\""),
  ]) func numbers(_ value: Double, _ text: String) {
    #expect("\(JSONValue.number(value))" == text)
  }

  @Test func escapes() {
    #expect(
      "\(JSONValue.string("a\"b\\c\n\r\t\u{1}\u{1B}\u{9B}\0é δ 🙂"))" == #""a\"b\\c\n\r\t\u0001\u001b\u009b\u0000é δ 🙂""#
    )
  }

  @Test func whatIsNotSeenIsEscaped() {
    #expect("\(JSONValue.string("\u{7F}\u{202E}\u{2028}\u{E0041}"))" == #""\u007f\u202e\u2028\udb40\udc41""#)
  }

  @Test func shapes() {
    #expect("\(JSONValue([1.0, 2]))" == "[1,2]")
    #expect("\(JSONValue(rowsOf: Matrix(rows: 1, columns: 2, elements: [1, 2])))" == "[[1,2]]")
    #expect("\(JSONValue(rowsOf: Matrix(3)))" == "[[3]]")
    #expect("\(JSONValue.object([]))" == "{}")
    #expect("\(JSONValue.array([]))" == "[]")
  }

  @Test func anyNumberReadsBackExactly() {
    let seed: UInt64 = 8259
    var random = Draws(state: seed)
    for _ in 0..<20_000 {
      let value = Double(bitPattern: random.next())
      guard value.isFinite else { continue }
      let text = "\(JSONValue.number(value))"
      #expect(Double(text)?.bitPattern == value.bitPattern, "seed \(seed)")
      #expect(text.wholeMatch(of: /-?(0|[1-9][0-9]*)(\.[0-9]+)?(e[+-][0-9]+)?/) != nil, "seed \(seed): \(text)")
    }
  }
}
