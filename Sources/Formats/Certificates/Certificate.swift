import CZlib
import Engine
import Notation

/// What a certificate says: a derivation, and for each of its lines all that was worked out to prove it.
package struct Certificate: Sendable {
  /// A line of a derivation.
  package struct Line: Sendable {
    let claim: String
    let holds: String
    let proof: WrittenProof

    /// A claim, what it was shown for, and what was worked out.
    package init(claim: String, holds: String, proof: WrittenProof) {
      (self.claim, self.holds, self.proof) = (claim, holds, proof)
    }
  }

  let network: [String]
  let seed: Int
  let lines: [Line]

  /// The lines of a derivation, with the lines that build its network and the seed that all was drawn from.
  package init(network: [String], seed: Int, lines: [Line]) {
    (self.network, self.seed, self.lines) = (network, seed, lines)
  }

  /// The version of the form.
  static let version = 1
  static let modulus = "2305843009213693951"
  static let about =
    "Both sides of each claim as programs of single operations, worked out at random points of a prime field; see help proof"

  /// A power of 2 below which the chance is, for each of its lines, that it is false.
  package var exponent: Int { lines.map(\.proof.exponent).max() ?? 0 }

  /// How many lines it has.
  package var lineCount: Int { lines.count }

  /// The file, a step a line.
  package var text: String {
    var texts = CertificateTexts()
    var members: [String] = []
    func add(_ key: String, _ value: JSONValue) { members.append("\"\(key)\":\(value)") }
    add("certificate", .number(Double(Certificate.version)))
    add("about", texts.take(Certificate.about))
    add("modulus", .string(Certificate.modulus))
    add("network", .array(network.map { texts.take($0) }))
    // Where nothing is drawn, any seed would do.
    if lines.contains(where: { $0.proof.points.contains { $0.stream != nil } }) { add("seed", .number(Double(seed))) }
    let written = lines.map { $0.text(&texts) }
    members.append("\"lines\":[\n\(written.joined(separator: ",\n"))]")
    add("texts", .number(Double(texts.sum)))
    return "{" + members.joined(separator: ",\n") + "}\n"
  }
}

/// The texts of a certificate, which say nothing to who checks it, and their sum, by which a slip in them shows.
struct CertificateTexts {
  private(set) var all: [String] = []

  /// Takes a text in, and gives it as it is written.
  mutating func take(_ text: String) -> JSONValue {
    if !text.isNumber { all.append(text) }
    return .string(text)
  }

  /// The CRC-32 of all of them, with a line end between two.
  var sum: UInt {
    var bytes: [UInt8] = []
    for (place, text) in all.enumerated() {
      if place > 0 { bytes.append(UInt8(ascii: "\n")) }
      bytes += text.utf8
    }
    return UInt(crc32_z(0, bytes, bytes.count))
  }
}

extension Certificate.Line {
  fileprivate func text(_ texts: inout CertificateTexts) -> String {
    let claim = texts.take(claim)
    let holds = texts.take(holds)
    let formulas = proof.formulas.map { texts.take($0) }
    let points = proof.points.map { $0.text(&texts) }
    return """
      {"claim":\(claim),
      "holds":\(holds),
      "formulas":\(JSONValue.array(formulas)),
      "points":[
      \(points.joined(separator: ",\n"))],
      "exponent":\(proof.exponent)}
      """
  }
}

extension WrittenProof.Point {
  fileprivate func text(_ texts: inout CertificateTexts) -> String {
    var members: [String] = []
    if let stream { members.append("\"stream\":\(stream)") }
    let rows = steps.map { $0.value(&texts).description }
    members.append("\"steps\":[\n\(rows.joined(separator: ",\n"))]")
    let rowsOfPatterns = patterns.map { pattern in
      JSONValue.object([
        JSONMember("outcomes", pairs(pattern.outcomes.map { ($0.gate, $0.isAbove ? 1 : 0) })),
        JSONMember("sides", pairs(pattern.sides.map { ($0.left, $0.right) })),
      ]).description
    }
    members.append("\"patterns\":[\n\(rowsOfPatterns.joined(separator: ",\n"))]")
    members += ["\"degree\":\(bound.degree)", "\"looked\":\(bound.looked)", "\"argument\":\(bound.argument)"]
    return "{" + members.joined(separator: ",\n") + "}"
  }
}

extension WrittenStep {
  fileprivate func value(_ texts: inout CertificateTexts) -> JSONValue {
    var members = [JSONMember("step", texts.take(operation.rawValue))]
    if !name.isEmpty { members.append(JSONMember("name", texts.take(name))) }
    if !fraction.isEmpty { members.append(JSONMember("fraction", .array(fraction.map(JSONValue.string)))) }
    if !operands.isEmpty { members.append(JSONMember("of", .array(operands.map(whole)))) }
    if !cited.isEmpty { members.append(JSONMember("from", .array(cited.map(whole)))) }
    members += [
      JSONMember("value", .string(String(value))), JSONMember("degrees", .array([whole(above), whole(below)])),
      JSONMember("uses", whole(uses)),
    ]
    return .object(members)
  }
}

private func whole(_ number: Int) -> JSONValue { .number(Double(number)) }

private func pairs(_ pairs: [(Int, Int)]) -> JSONValue { .array(pairs.map { .array([whole($0.0), whole($0.1)]) }) }
