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

  /// Its lines for LaTeX's mathematics, aligned at their signs; what a page writes as the line before is no line there.
  var aligned: [String] {
    var rows: [String] = []
    var before = subject.tex
    for line in lines where line.side.tex != before {
      let rule = line.rule.isEmpty ? "" : " && \\text{\(texProse("\(line.rule)"))}"
      rows.append((rows.isEmpty ? subject.tex : "") + " &= \(line.side.tex)\(rule) \\\\")
      before = line.side.tex
    }
    if rows.isEmpty { rows = [subject.tex] }
    return ["\\begin{aligned}"] + rows + ["\\end{aligned}"]
  }
}
