import Testing

@testable import Language

/// What is said where there is nothing yet that a line could be about, and of an index that is none.
@Suite struct NothingThereTests {
  /// Where there is no network yet, a claim says so as `print` does.
  @Test(arguments: [
    "claim dw1[j,i] = delta1[j] * x[i]", "print dw1", "claim net1[j] = sum(i, w1[j,i] * x[i])", "print sum(i, w1[1,i])",
  ])
  func beforeThereIsANetworkThatIsSaid(line: String) throws {
    let text = try complaint(line, after: "")
    #expect(text.contains("the network has no layer yet"), "\(text)")
    #expect(!text.contains("range"))
  }

  /// A claim whose indices run over nothing holds for nothing, and is none.
  @Test func aClaimOverNothingIsNone() throws {
    #expect(try complaint("claim x[i] = x[i]", after: "").contains("nothing to compare: there is no network yet"))
    // Where a condition says so, it is the condition that is never fulfilled.
    var session = try session("input 2\ndense 2 tanh\n")
    #expect(throws: Never.self) { try session.execute(Line("claim w1[j,i] = w1[j,i] where j > 9")) }
  }

  /// The caret stands under the index that is none, not under what it indexes.
  @Test(arguments: [("print w1[1.5,1]", 10), ("print w1[1, loss]", 13), ("print sum(k, w1[k,1] * a0[0.5])", 27)])
  func aBadIndexIsPointedAt(line: String, column: Int) throws {
    var session = try session("input 2\ndense 2 tanh\nsample 0 1 -> 1 0\nforward\n")
    do throws(CommandError) {
      try session.execute(Line(line))
      Issue.record("\(line) was taken")
    } catch {
      #expect(error.column == column, "\(line): \(error.message)")
    }
  }

  /// What nothing computes has no value, not even 0.
  @Test(arguments: ["print loss", "expect loss < 1", "claim loss = 0", "plot loss", "print x"])
  func withoutANetworkThereIsNoLoss(line: String) throws {
    #expect(try complaint(line, after: "").hasSuffix("has no value: there is no network yet; begin with: input 2"))
    #expect(try complaint(line, after: "input 2\n").contains(" has no value: "))
  }
}
