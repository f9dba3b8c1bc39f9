import Language
import Testing

@Suite struct TranscriptTests {
  private let text =
    mazur + """

      # Forward, one layer at a time.
        step   # the first
      print a1 #= what it was once
      #= an old answer
      forward
      print loss
      set digits = 4
      print w2
      backward
      print δ1
      show network
      explain dw1[1,1] deep
      expect loss > 1
      """

  /// A class in a data file may be called anything.
  @Test func anAnswerIsOneLineWhateverIsInIt() {
    #expect(Answer(["cat\nprint 1", ""]).transcript == ["#= cat\\x0aprint 1", "#="])
  }

  @Test func answersStandUnderTheirCommands() {
    let shown = play(text)
    #expect(
      shown.contains(
        """

        # Forward, one layer at a time.
          step   # the first
        #= iteration 1, step 1 (forward, layer 1)
        print a1
        #= a1 = [0.593269992; 0.596884378]
        forward
        #= iteration 1, step 3 (loss), loss = 0.298371109
        print loss
        #= loss = 0.298371109
        set digits = 4
        print w2
        #= w2 = [0.4 0.45; 0.5 0.55]
        backward
        #= iteration 1, step 5 (backward, layer 1)
        print δ1
        #= delta1 = [0.008771; 0.009954]
        """))
  }

  @Test func aTranscriptReplaysToItself() {
    let first = play(text)
    #expect(play(first) == first)
  }

  @Test func theCheckFindsWhatDiffers() throws {
    func check(_ text: String) throws -> AnswerCheck {
      var reader = LineReader(source: "x", text: text)
      var check = AnswerCheck()
      while let line = try reader.next() { try check.take(line) }
      check.finish()
      return check
    }
    let sound = play(mazur + "step\nprint a1\nexpect a1 == a1")
    #expect(try check(sound).isWell)
    #expect(try check(sound).compared == 3)
    // A command without an answer is not compared.
    #expect(try check(mazur + "step\nprint a1").isWell)
    let changed = try check(sound.replacing("0.593269992", with: "0.593269993"))
    #expect(
      changed.differences.first?.report == [
        "x:15: print a1", "- #= a1 = [0.593269993; 0.596884378]",
        "+ #= a1 = [0.593269992; 0.596884378]",
      ])
    #expect(!changed.isWell && changed.failures.isEmpty)
    let failing = try check(sound.replacing("expect a1 == a1", with: "expect a1 == w1"))
    #expect(failing.failures.count == 1 && !failing.isWell)
  }

  @Test func anInterruptedRunStopsBetweenTwoSteps() throws {
    var transcript = Transcript()
    var reader = LineReader(source: "-", text: xor)
    while let line = try reader.next() { _ = try transcript.run(line) }
    var asked = 0
    let lines = try transcript.run(Line("run 1000000000")) {
      asked += 1
      return asked > 2
    }
    #expect(transcript.isOver && lines.first?.hasPrefix("#= stopped: iteration ") == true)
  }
}

@Suite struct JSONTests {
  private func json(_ text: String) throws -> [String] {
    var reader = LineReader(source: "-", text: text)
    var transcript = Transcript(asJSON: true)
    var out: [String] = []
    do throws(CommandError) {
      while let line = try reader.next() { out += try transcript.run(line) }
    } catch {
      out.append(error.json().description)
    }
    return out
  }

  @Test func aLineForEachCommandAndNothingElse() throws {
    let out = try json(
      "# told\n\ninput 2\ndense 1 sigmoid\nset w1 = [1 2]\nset b1 = 0\nsample 1 0 -> 0\n  step # on\nprint a1\nprint w1\nprint rate\nprint w1 * x\nprint [1 2]\nprint 0 / 0\nprint [1; -1] / 0\nexpect rate ~= 1.5 within 0.1\nprint δ1"
    )
    #expect(out.first == #"{"line":3,"command":"input 2","ok":true,"step":0,"iteration":1,"phase":"start","layer":0}"#)
    let place = #""ok":true,"step":1,"iteration":1,"phase":"forward","layer":1"#
    #expect(
      out.suffix(10) == [
        #"{"line":8,"command":"step",\#(place),"text":["iteration 1, step 1 (forward, layer 1)"]}"#,
        #"{"line":9,"command":"print a1",\#(place),"value":[0.7310585786300049]}"#,
        #"{"line":10,"command":"print w1",\#(place),"value":[[1,2]]}"#,
        #"{"line":11,"command":"print rate",\#(place),"value":1}"#,
        #"{"line":12,"command":"print w1 * x",\#(place),"value":1}"#,
        #"{"line":13,"command":"print [1 2]",\#(place),"value":[[1,2]]}"#,
        #"{"line":14,"command":"print 0 / 0",\#(place),"value":"nan"}"#,
        #"{"line":15,"command":"print [1; -1] / 0",\#(place),"value":["inf","-inf"]}"#,
        #"{"line":16,"command":"expect rate ~= 1.5 within 0.1",\#(place),"left":1,"right":1.5,"verdict":"fails","worst":0.5,"text":["fails: rate = 1 ~= 1.5, error 0.5, within 0.1"]}"#,
        #"{"line":17,"ok":false,"error":"delta1 is not computed yet at step 1 (forward, layer 1); it comes at step 3 (backward, layer 1)","column":7}"#,
      ])
  }

  /// Whatever the text says, a program is told: in fields, or where those don't say it all, in the lines themselves.
  @Test func programsAreToldWhatTheTextTells() throws {
    let text =
      mazur
      + "forward\nbackward\nupdate\nexpect loss ~= 1\nexpect w1 == b1\nclaim a1[j] = a2[j]\nhelp step\nshow network\n"
      + "explain dw1[1,1]\nback 99\nrun until loss < 0 max=2\nexpect [1 2] == [1 3]\nexpect a1"
    let objects = try json(text)
    var session = Session()
    var reader = LineReader(source: "-", text: text)
    var index = 0
    while let line = try reader.next() {
      let answer = try session.execute(line)
      guard line.kind == .command else { continue }
      let lines = answer.lines.map { "\"\($0.description.replacing("\"", with: "\\\""))\"" }
      if !lines.isEmpty { #expect(objects[index].contains(#""text":[\#(lines.joined(separator: ","))]"#)) }
      index += 1
    }
    func object(_ command: String) -> String { objects.first { $0.contains("\"command\":\"\(command)") } ?? "" }
    #expect(object("forward").contains(#""loss":0.29837110876000"#))
    #expect(object("update").contains(#""loss":0.29837110876000"#))
    #expect(!object("backward").contains("\"loss\":"))
    #expect(object("expect loss").contains(#""left":0.29837110876000"#))
    #expect(object("expect [1 2]").contains(#""left":[[1,2]],"right":[[1,3]],"#))
    #expect(object("expect a1").contains(#""value":[0.59"#))
    #expect(object("claim a1").contains(#""elements":2,"wrong":2,"at":{"j":1},"left":0.59"#))
  }

  @Test(arguments: [1, 2, 3]) func whatALayersBiasesAreDoesNotDependOnItsWidth(units: Int) throws {
    let out = try json(
      "input 1\ndense \(units) tanh sharedbias\ndense \(units) tanh\noptimizer adam\nsample 1 -> "
        + Array(repeating: "0", count: units).joined(separator: " ") + "\nupdate\n"
        + ["b", "db", "ub", "mb", "vb"].flatMap { ["print \($0)1", "print \($0)2"] }.joined(separator: "\n"))
    let values = out.suffix(10)
    #expect(values.enumerated().allSatisfy { $0.element.contains("\"value\":[") == ($0.offset % 2 == 1) }, "\(values)")
  }

  @Test func aBiasOfTheWholeLayerIsAScalar() throws {
    let out = try json(
      "input 1\ndense 2 tanh sharedbias\ndense 1 tanh\nlet s = b1\nprint b1\nprint s\nprint b2\nlet v = w2\nprint w2'\nprint v"
    )
    #expect(out[4].hasSuffix(#""value":0}"#) && out[5].hasSuffix(#""value":0}"#) && out[6].hasSuffix(#""value":[0]}"#))
    #expect(out[8].contains(#""value":["#) && !out[8].contains("[["))
    #expect(out[9].contains(#""value":[["#))
  }
}
