import FoundationEssentials
import TestSupport
import Testing

@testable import Language

/// Slips that newcomers made when they tried the program, rebuilt in NumPy: what is told first, and what is said of the rest.
@Suite(.enabled(if: Python.hasNumPy)) struct StudentSlipsTests {
  /// What has to be said of a case, and what may not be.
  private static let wanted: [(name: String, said: [String], unsaid: [String])] = [
    ("mask", ["as a mask upside down has it", "dw1, db1 follow from it"], ["besides"]),
    ("mask-whole", ["as a mask upside down has it", "dw1, db1 follow from it"], ["besides"]),
    ("guided", ["what comes back is cut off where it is negative", "dw1, db1 follow from it"], ["besides"]),
    // Nothing explains it, and what is made of it is no fault.
    ("unrelated", ["no slip, and no two", "dw1, db1 follow from it"], ["besides", "mean-or-sum"]),
    ("overwritten", ["the activation is overwritten by its derivative"], ["no slip"]),
    ("copied", ["wrong-layer-derivative: ", "f2'(net2[1])", "dw1, db1 follow from it"], ["besides"]),
    ("copied-gradients", ["wrong-layer-derivative: ", "db1 comes of the same slip as dw1"], ["given is delta2"]),
    ("averaged-again", ["mean-twice: ", "dw1, db1 follow from it"], ["besides"]),
    ("features", ["the inputs are 4"], ["learning-rate-included"]),
    ("one-sum", ["dw2 departs first", "mean-or-sum: "], ["dw2 is given summed"]),
    // Numbers with fewer digits come of those before them in our form, and not as they were given in another.
    ("twice-single", ["dw2 (dW2) departs first", "mean-twice: "], ["all is well"]),
    ("twice-six-decimals", ["dw2 (dW2) departs first", "mean-twice: "], ["all is well"]),
    ("turned-single", ["delta1 (dZ1) departs first", "sign: ", "dw1, db1 follow from it"], ["all is well"]),
    ("turned-six-decimals", ["delta1 (dZ1) departs first", "sign: ", "dw1, db1 follow from it"], ["all is well"]),
    ("last-and-decay", ["last-sample-only and weight-decay: ", "0.01 times w2 added to it"], ["no slip"]),
  ]

  @Test func areTold() throws {
    let folder = TemporaryFolder()
    let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "StudentSlips/student_slips.py").path
    #expect(Python.run(script, folder.path) == "")
    for (name, said, unsaid) in StudentSlipsTests.wanted {
      let answer = play("load case \(folder.path)/\(name).npz")
      for part in said { #expect(answer.contains(part), "\(name): \(part) in\n\(answer)") }
      for part in unsaid { #expect(!answer.contains(part), "\(name): \(part) in\n\(answer)") }
      #expect(answer.contains("departs first"), "\(name)")
    }
  }

  @Test func whatIsRightWithFewerDigitsIsWell() {
    let folder = TemporaryFolder()
    let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "StudentSlips/student_slips.py").path
    #expect(Python.run(script, folder.path) == "")
    for name in ["right-single", "right-six-decimals"] {
      let answer = play("load case \(folder.path)/\(name).npz")
      #expect(answer.contains("holds: all is well"), "\(name): \(answer)")
    }
  }

  /// The number that is worked out is the one that was told.
  @Test func theExampleIsTheLargestError() {
    let folder = TemporaryFolder()
    let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "StudentSlips/student_slips.py").path
    #expect(Python.run(script, folder.path) == "")
    let answer = play("load case \(folder.path)/copied.npz")
    let told = answer.split(separator: "largest error at ").dropFirst().first?.split(separator: ":").first ?? ""
    #expect(told.contains("of sample") && answer.contains("\(told): "), "\(told) in\n\(answer)")
  }
}
