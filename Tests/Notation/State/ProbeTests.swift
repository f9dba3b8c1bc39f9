import Engine
import Testing

@testable import Notation

/// A probe is compiled once, and at every place of a walk it is worth what the expression is worth there: nil where that is
/// not computed yet.
struct ProbeTests {
  /// What is read at other steps, of other weights and samples, or moves.
  private static let elsewhere = [
    "old(w1[1,1])", "w1[1,2] - old(w1[1,2])", "old(sum(k, w2[1,k] * a1[k]))", "w1⟨0⟩[1,1]", "w2⟨1⟩", "old(data-loss)",
    "changed(a2)", "changed(w1)", "changed(loss)", "changed(a2[1] > 0.5) + changed(phase)", "sum(k, changed(w1[k,1]))",
    "at(step-1, w2)", "at(step-1, loss) - loss", "at(2, a1[1])", "at(9, w1[1,1])", "at(step-3, w1) - at(step-1, w1)",
    "at(max(step-7, 0), w2[1,1]) - w2[1,1]", "at(step-1, at(step-1, w1[1,1]))", "at(step-1, old(w1[2,1]))",
    "at(step-1, changed(w1[1,1]))", "sum(k=0..2, at(max(step-k, 0), b1[1]))", "sum(sample, old(w1[1,1]) * x[1])",
    "d(loss)/d(w1[1,1])", "d(loss)/d(b2)", "d(a2[1])/d(net1[2])", "d(loss)/d(w2)", "d(out[1])/d(x[1])",
    "d(loss)/d(w1[1,1]) - dw1[1,1]", "sum(sample, d(loss[sample])/d(w2[1,1]))", "changed(d(loss)/d(w2[1,1]))",
    "at(step-1, d(loss)/d(w1[1,1]))", "old(d(loss)/d(w1[1,1]))", "changed(rate) + rate",
    "delta1[1] * at(step-7, delta1[1])", "at(step-5, at(step-2, delta1[1]))", "changed(at(step-2, a2[1]))",
    "at(step-3, changed(b1[1]))", "changed(changed(w2[1,1]))", "at(step-9, w1[1,1]) - at(step-2, dw1[1,1])",
    "at(step-0, delta2) + changed(x[1])",
  ]

  @Test(
    arguments: [
      "loss", "delta1[2]", "net2[1] + a1[1]", "dw2", "|dw1|", "J2[1,1]", "dx[1]", "w1[1,2] - rate * dw1[1,2]",
      "uw2[1,1]",
      "step + iteration", "phase == backward and delta2[1] > 0", "sum(k, delta2[k] * w2[k,1])",
      "sum(sample, loss[sample])",
      "loss[2]", "accuracy", "max(a1) - min(a1)", "y[1] * log(out[1])",
    ] + elsewhere)
  func isWhatTheExpressionIsThere(text: String) throws {
    let line = DerivationTableTests.network(
      seed: 3, hidden: "tanh", output: "sigmoid", loss: "binary-cross-entropy", samples: 3)
    let expression = try Expression.parse(text)
    let probe = try Probe(expression, in: StateScope(line))
    var (there, missing) = (0, 0)
    var (walked, stepped) = (line, line)
    walked.walk(
      to: walked.place(3, on: .iteration),
      visiting: probe.visitor(at: .layerSteps) { place in
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

  /// What reads no other step keeps no line: whoever goes on with that would have to copy all its numbers.
  @Test(arguments: ["loss < 0", "delta1[1] > 2", "sum(k, a1[k]) < 0"]) func aLineThatIsGoneOnWithIsNotCopied(
    text: String
  ) throws {
    func placeOfNumbers(_ line: Timeline) -> UnsafePointer<Double>? {
      Quantity.named("w1").flatMap { StateScope(line).passing.numbers($0) }
    }
    var line = DerivationTableTests.network(
      seed: 3, hidden: "tanh", output: "sigmoid", loss: "binary-cross-entropy", samples: 3)
    line.move(to: line.place(2, on: .iteration))
    let before = placeOfNumbers(line)
    let probe = try Probe(Expression.parse(text), in: StateScope(line))
    line.walk(to: line.place(3, on: .iteration), visiting: probe.visitor(at: .layerSteps) { _ in false })
    #expect(before != nil && placeOfNumbers(line) == before)
    withExtendedLifetime(probe) {}
  }

  /// At the ends of iterations, where only what it reads is computed; the last batch of an epoch is smaller.
  @Test(arguments: elsewhere + ["out[1] - a2[1]", "|J2| + dx[1]", "sum(sample, loss[sample])"])
  func isWhatTheExpressionIsAtEnds(text: String) throws {
    var line = DerivationTableTests.network(
      seed: 5, hidden: "tanh", output: "softmax", loss: "cross-entropy", samples: 5)
    line.change { experiment, _ in experiment.batchSize = 2 }
    line.move(to: line.place(2, on: .iteration))
    let expression = try Expression.parse(text)
    let probe = try Probe(expression, in: StateScope(line))
    var (walked, stepped, seen) = (line, line, 0)
    walked.walk(
      to: walked.place(6, on: .iteration),
      visiting: probe.visitor(at: .iterations) { place in
        seen += 1
        stepped.move(to: place.place)
        do throws(EvaluationError) {
          let (value, expected) = (try probe.value(at: place), try expression.evaluate(in: StateScope(stepped)))
          #expect(value == expected, "\(text) at \(place.place)")
        } catch {
          Issue.record("\(text) at \(place.place): \(error.message)")
        }
        return false
      })
    #expect(seen == 6 && walked.place == stepped.place)
  }

  /// Kept from look to look, and compiled anew where the network or the names are others.
  @Test func whatIsKeptFitsOrIsCompiledAnew() throws {
    var line = DerivationTableTests.network(
      seed: 7, hidden: "tanh", output: "sigmoid", loss: "binary-cross-entropy", samples: 3)
    let expression = try Expression.parse("sum(k, z * w2[k,1] * changed(w2[k,1])) + at(1, a1[1])")
    let kept = KeptProbe()
    for round in 0..<12 {
      line.move(to: line.place(round == 8 ? 1 : 3, on: round == 8 ? .iteration : .layer))
      if round == 4 { line.change { _, parameters in parameters[1].w.values[0] = 4 } }
      let definitions = Definitions([Definition("z", try .parse(round < 6 ? "a1[2]" : "loss + 1"))])
      let scope = StateScope(line, definitions: definitions)
      let found = Result { try kept.value(of: expression, in: scope) }
      let expected = Result { try expression.evaluate(in: scope) }
      switch (found, expected) {
      case (.success(let found), .success(let expected)): #expect(found == expected, "round \(round)")
      case (.failure(let found), .failure(let expected)):
        #expect(found as? EvaluationError == expected as? EvaluationError, "round \(round)")
      default: Issue.record("round \(round)")
      }
    }
  }
}
