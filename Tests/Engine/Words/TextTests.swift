import Testing

@testable import Engine

@Suite struct TextTests {
  @Test func aPatternWithPartsReadsAsItWasWritten() {
    let name = "w3"
    let text: Text = "there is no \(name): the network has \(counted(2, "layer"))"
    #expect(text.description == "there is no w3: the network has 2 layers")
    #expect("\(counted(1, "layer"))" == "1 layer")
    #expect("\(counted(3, "weight or bias", "weights and biases"))" == "3 weights and biases")
  }

  @Test func anotherLanguageIsATableOfPatterns() {
    let table = [
      "there is no {1}: the network has {2}": "das Netz hat {2}, also gibt es {1} nicht",
      "{1} layers": "{1} Schichten", "{1} layer": "eine Schicht",
    ]
    func german(_ count: Int) -> String {
      Tongue.english.worded("there is no \("w3"): the network has \(counted(count, "layer"))") { table[$0] }
    }
    #expect(german(2) == "das Netz hat 2 Schichten, also gibt es w3 nicht")
    #expect(german(1) == "das Netz hat eine Schicht, also gibt es w3 nicht")
  }

  @Test func whatAUserTypedIsNoPattern() {
    let typed = "{1} {2} {"
    #expect(Text(verbatim: typed).description == typed)
    let text: Text = "\(typed) is not a command"
    #expect(text.description == "{1} {2} { is not a command")
    #expect(Tongue.english.worded(text) { _ in "{2}{1}{}{x" } == "{2}{1} {2} {{}{x")
  }

  @Test func textsStandBehindEachOther() {
    let texts: [Text] = ["one", "two \(2)", ""]
    #expect((texts[0] + "; " + texts[1]).description == "one; two 2")
    #expect(texts.joined(separator: ", ").description == "one, two 2, ")
    #expect(texts[2].isEmpty && !texts[1].isEmpty)
    #expect(texts[0] == "one" && texts[0] != "two")
  }
}
