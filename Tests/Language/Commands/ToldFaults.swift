import Diagnosis
import FoundationEssentials

@testable import Language

/// What is told of one wrong quantity: the reasons, each as the names of its slips.
struct ToldFault {
  var reasons: [[String]] = []

  /// The faults in an answer's lines, in the order in which they are told.
  static func all(in answer: String) -> [ToldFault] {
    let known = Set(Mistake.names)
    return answer.split(separator: "\n").reduce(into: []) { faults, line in
      if line.contains(" wrong, the largest error at ") { faults.append(ToldFault()) }
      let text = line.hasPrefix("#= ") ? line.dropFirst(3) : line
      guard !faults.isEmpty, let end = text.firstRange(of: ": ") else { return }
      let names = text[..<end.lowerBound].split(separator: " and ").flatMap { name -> [String] in
        let own = String(name.replacing(" twice", with: ""))
        return Array(repeating: own, count: name.hasSuffix(" twice") ? 2 : 1)
      }
      if names.allSatisfy(known.contains) { faults[faults.count - 1].reasons.append(names) }
    }
  }
}
