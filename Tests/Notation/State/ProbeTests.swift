import Engine
import Testing

@testable import Notation

/// A probe is compiled once, and at every place of a walk it is worth what the expression is worth there: nil where that is
/// not computed yet.
struct ProbeTests {
  @Test(arguments: [
    "loss", "delta1[2]", "net2[1] + a1[1]", "dw2", "|dw1|", "J2[1,1]", "dx[1]", "w1[1,2] - rate * dw1[1,2]", "uw2[1,1]",
    "step + iteration", "phase == backward and delta2[1] > 0", "sum(k, delta2[k] * w2[k,1])",
    "sum(sample, loss[sample])",
    "loss[2]", "accuracy", "max(a1) - min(a1)", "y[1] * log(out[1])",
  ])
  func isWhatTheExpressionIsThere(text: String) throws {
    let line = DerivationTableTests.network(
      seed: 3, hidden: "tanh", output: "sigmoid", loss: "binary-cross-entropy", samples: 3)
    let expression = try Expression.parse(text)
    let probe = try Probe(expression, in: StateScope(line))
    var (there, missing) = (0, 0)
    var (walked, stepped) = (line, line)
    walked.walk(
      to: walked.place(3, on: .iteration),
      visiting: Visitor(at: .layerSteps) { place in
        stepped.move(to: place.place)
        do throws(EvaluationError) {
          let value = try probe.value(at: place)
          let expected: Matrix?
          do throws(EvaluationError) { expected = try expression.evaluate(in: StateScope(stepped)) } catch {
            #expect(error.isNotComputed, "\(text) at \(place.place): \(error.message)")
            expected = nil
          }
          #expect(value == expected, "\(text) at \(place.place)")
          if value == nil { missing += 1 } else { there += 1 }
        } catch {
          Issue.record("\(text) at \(place.place): \(error.message)")
        }
        return false
      })
    #expect(there + missing == 3 * line.state.program.steps.count && there > 0)
    if text.hasPrefix("delta1") { #expect(missing == 12) }
  }
}
