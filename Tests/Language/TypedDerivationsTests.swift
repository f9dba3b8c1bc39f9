import Engine
import Testing

@testable import Language

/// What `explain` prints first is an equation that can be typed behind `claim`, up to the remark that stands apart from it.
@Suite struct TypedDerivationsTests {
  @Test(arguments: [
    ("sigmoid", "half-squared-error", 1), ("softmax", "cross-entropy", 3), ("sigmoid", "binary-cross-entropy", 2),
    ("softmax", "half-squared-error", 1), ("tanh", "huber delta=0.1", 1), ("relu", "mean-absolute-error", 1),
  ])
  func theFirstLineIsAClaimThatHolds(activation: String, loss: String, ways: Int) throws {
    var session = try session(
      """
      input 2
      dense 2 tanh
      dense 2 \(activation)
      loss \(loss)
      sample 0.05 0.1 -> 0.25 0.75
      forward
      backward

      """)
    var tried = 0
    var remarks: Set<String> = []
    let state = session.timeline.state
    for name in [
      "net1", "a1", "net2", "a2", "loss", "da2", "J2", "delta2", "dw2", "db2", "da1", "delta1", "dw1", "db1",
    ] {
      let quantity = try #require(Quantity.named(name))
      let shape = try #require(state.shape(of: quantity))
      for row in 1...shape.rows {
        for column in 1...shape.columns {
          let indices = quantity.kind.extent.indexCount == 2 ? "[\(row),\(column)]" : shape.rows > 1 ? "[\(row)]" : ""
          let line = try session.execute(Line("explain \(name)\(indices)")).lines[0].description
          let equation = line.firstRange(of: "  ").map { String(line[..<$0.lowerBound]) } ?? line
          // A loss in closed form has its page's form beside it.
          let remark = String(line[equation.endIndex...])
          if name == "loss" {
            let isClosed = session.timeline.experiment.network.closedForm != nil
            #expect(remark == (isClosed ? "  (two ways to one number)" : ""))
          } else if !remark.isEmpty {
            remarks.insert(remark)
          }
          let answer = try session.execute(Line("claim \(equation)"))
          #expect(answer.verdict?.holds == true, "\(equation): \(answer.lines)")
          tried += 1
        }
      }
    }
    #expect(tried > 20)
    let words = [2: "  (two ways to one number)", 3: "  (three ways to one number)"][ways]
    #expect(remarks == Set([words].compactMap { $0 }))
  }
}
