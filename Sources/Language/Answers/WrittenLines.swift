import Engine
import Notation

// A derivation as it is written down, to be pasted.
extension ClaimedDerivation {
  /// Its lines as they are typed, each with its rule behind it as a remark.
  var typed: [String] {
    lines.enumerated().map { place, line in
      let begin = place > 0 ? "= " : seed == nil ? "claim \(subject) = " : "claim always \(subject) = "
      return begin + "\(line.side)\(line.claim.clauses())" + (line.rule.isEmpty ? "" : "  # \(line.rule)")
    }
  }

  /// Its lines for LaTeX's mathematics, aligned at their signs.
  var aligned: [String] {
    let rows = lines.enumerated().map { place, line in
      (place == 0 ? subject.tex : "") + " &= \(line.side.tex)"
        + (line.rule.isEmpty ? "" : " && \\text{\(texProse("\(line.rule)"))}") + " \\\\"
    }
    return ["\\begin{aligned}"] + rows + ["\\end{aligned}"]
  }
}
