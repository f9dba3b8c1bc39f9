import Engine
import Notation
import Panels

/// What is to be copied.
package enum CopySubject: Hashable, Sendable {
  /// A cell, and what it belongs to.
  case cell(Selection)
  /// A number of the samples, and its sample.
  case datum(Datum)
  /// The derivation that is claimed.
  case derivation
}

extension Scene {
  /// The menu of what can be copied of what is chosen.
  var copying: Binding.Effect {
    if view.focus == Panel.claims.name, claimed != nil { return .menu(.copy(.derivation)) }
    if view.focus == Panel.data.name, let datum = view.datum(in: state) { return .menu(.copy(.datum(datum))) }
    guard let selection = view.selection else { return .message(Message("no cell is selected; ↑ selects one")) }
    guard state.element(selection) != nil else {
      return .message(Message("\(state.name(of: selection)) is not computed yet", .warning))
    }
    return .menu(.copy(.cell(selection)))
  }
}

extension Session {
  /// What of a number, its row and its matrix can be copied, in each of the ways to write it.
  func copyMenu(_ subject: CopySubject) -> Menu {
    switch subject {
    case .cell(let selection): copyMenu(selection)
    case .datum(let datum): copyMenu(datum)
    case .derivation: claimed.map(copyMenu) ?? Menu("Copy", [])
    }
  }

  private func copyMenu(_ derivation: ClaimedDerivation) -> Menu {
    let name = "the derivation of \(derivation.subject)"
    return Menu(
      "Copy \(name)",
      [
        copyRow("lines", derivation.typed.joined(separator: "\n"), of: name),
        copyRow("lines, TeX", derivation.aligned.joined(separator: "\n"), of: "\(name), TeX"),
      ])
  }

  private func copyMenu(_ selection: Selection) -> Menu {
    let state = timeline.state
    let name = state.name(of: selection)
    guard let matrix = try? state.value(of: selection.quantity), selection.row < matrix.rows,
      selection.column < matrix.columns
    else { return Menu("Copy", [MenuRow("nothing", .message("\(name) is not computed yet"))]) }
    let number = Matrix(matrix[selection.row, selection.column])
    var rows = copyRows("number", number, of: name)
    if matrix.rows > 1, matrix.columns > 1 {
      let row = (0..<matrix.columns).map { matrix[selection.row, $0] }
      rows += copyRows(
        "row", Matrix(rows: 1, columns: row.count, elements: row),
        of: "row \(selection.row + 1) of \(selection.quantity.name)")
    }
    if matrix.count > 1 {
      rows += copyRows(matrix.columns > 1 ? "matrix" : "column", matrix, of: selection.quantity.name)
    }
    let element = Element(selection.quantity, row: selection.row, column: selection.column)
    if let derivation = try? Derivation(of: element, in: state, digits: digits, letters: letters) {
      let text = derivation.lines(deep: false).joined(separator: "\n")
      rows.append(copyRow("derivation", text, of: "the derivation of \(name)"))
      rows.append(copyRow("derivation, TeX", derivation.tex, of: "the derivation of \(name), TeX"))
    }
    return Menu("Copy \(name)", rows)
  }

  private func copyMenu(_ datum: Datum) -> Menu {
    let data = timeline.experiment.data.asGiven
    let (inputs, targets) = (data.input(datum.sample), data.target(datum.sample))
    let all = Array(inputs) + Array(targets)
    func words(_ numbers: some Sequence<Double>) -> String { numbers.map { shortest($0) }.joined(separator: " ") }
    func matrix(_ columns: Int, _ row: (Int) -> ArraySlice<Double>) -> Matrix {
      Matrix(rows: data.count, columns: columns, elements: (0..<data.count).flatMap { Array(row($0)) })
    }
    let lines = (0..<data.count).map { "sample \(words(data.input($0))) -> \(words(data.target($0)))" }
    let place = datum.sample + 1
    return Menu(
      "Copy sample \(place)",
      [
        copyRow("number", shortest(all.indices.contains(datum.column) ? all[datum.column] : 0), of: "a number"),
        copyRow("sample", lines[datum.sample], of: "sample \(place)"),
        copyRow("all samples", lines.joined(separator: "\n"), of: "all samples"),
        copyRow("inputs, NumPy", matrix(data.inputCount, data.input).numpy, of: "all inputs, NumPy"),
        copyRow("targets, NumPy", matrix(data.targetCount, data.target).numpy, of: "all targets, NumPy"),
      ])
  }

  /// A value as answers write it, as NumPy reads it with all its digits, and for LaTeX.
  private func copyRows(_ what: Text, _ value: Matrix, of name: String) -> [MenuRow] {
    [
      copyRow(what, writing.matrix(value), of: name),
      copyRow("\(what), NumPy", value.numpy, of: "\(name), NumPy"),
      copyRow("\(what), TeX", value.tex(writing.number), of: "\(name), TeX"),
    ]
  }

  private func copyRow(_ name: Text, _ text: String, of what: String) -> MenuRow {
    let lines = text.split(separator: "\n", maxSplits: 8, omittingEmptySubsequences: false)
    return MenuRow(
      name, value: Text(verbatim: lines.first.map { String($0.prefix(200)) } ?? ""),
      preview: .text(lines.map { Text(verbatim: String($0.prefix(1000))) }), .copy(text, what))
  }
}

extension Matrix {
  /// The value as NumPy reads it, to the bit: a number, or an array of rows.
  var numpy: String {
    func number(_ value: Double) -> String {
      value.isNaN ? "np.nan" : value.isInfinite ? (value < 0 ? "-np.inf" : "np.inf") : shortest(value)
    }
    if let scalar { return number(scalar) }
    let lines = (0..<rows).map { row in
      "[" + (0..<columns).map { number(self[row, $0]) }.joined(separator: ", ") + "]"
    }
    return rows == 1 ? "np.array(\(lines[0]))" : "np.array([" + lines.joined(separator: ",\n          ") + "])"
  }

  /// The value for LaTeX, its numbers written by a function.
  func tex(_ number: (Double) -> String) -> String {
    if let scalar { return texNumber(number(scalar)) }
    let lines = (0..<rows).map { row in
      (0..<columns).map { texNumber(number(self[row, $0])) }.joined(separator: " & ")
    }
    return "\\begin{bmatrix}\n  " + lines.joined(separator: " \\\\\n  ") + "\n\\end{bmatrix}"
  }
}
