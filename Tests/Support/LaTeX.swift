import Glibc

/// LaTeX, where it is there.
package enum LaTeX {
  /// Whether there is one.
  package static let isThere = output(of: "command -v pdflatex") != ""

  /// What it says of the first thing in some lines that it cannot set; nothing where it sets them all.
  package static func complaint(about lines: [String], in folder: String) -> String {
    let head = [#"\documentclass{article}"#, #"\usepackage{amsmath}"#, #"\begin{document}"#]
    guard let file = fopen(folder + "/pages.tex", "w") else { return "\(folder) cannot be written to" }
    fputs((head + lines + [#"\end{document}"#]).joined(separator: "\n"), file)
    fclose(file)
    let command = "pdflatex -draftmode -halt-on-error -file-line-error -interaction=nonstopmode pages.tex"
    let told = output(of: "cd \(quoted(folder)) && \(command) || echo it has failed")
    return told.contains("it has failed") ? told : ""
  }
}
