import Engine
import Notation
import Panels

/// Lines about the selected cell.
extension Scene {
  private var nothingSelected: Binding.Effect { .message(Message("no cell is selected; ↑ selects one")) }

  /// The selected element with its indices as they are typed: `w1[2,1]`, `b2[1]`, `loss`.
  private var selectedName: String? { view.selection.map { state.name(of: $0) } }

  /// Whether what the selected number is made of is itself made of something, so that its derivation unfolds.
  var unfolds: Bool {
    guard let quantity = view.selection?.quantity, view.unfolded == 0 else { return view.selection != nil }
    let kept = quantity.kept(in: state.experiment.network)
    guard let operation = state.program.operations.first(where: { $0.quantity == kept }) else { return true }
    return operation.reads(in: state.experiment.network).contains {
      state.program.producer(of: $0) != nil && !$0.kind.isParameter
    }
  }

  /// Whether the value that is being edited is one of numbers, and no name of a file.
  var editsNumbers: Bool { (edited ?? menu?.edited)?.text.contains { $0.isNumber } ?? true }

  /// Whether the selected cell was given: a weight, a bias, an input or a target.
  package var isEditable: Bool {
    guard let kind = view.selection?.quantity.kind else { return false }
    return kind.isSettable && kind.extent.indexCount > 0
  }

  /// `set w1[1,1] = 0.15` in its place, for what can be set; what is computed says by what.
  package var editing: Binding.Effect {
    guard let selection = view.selection, let name = selectedName else { return nothingSelected }
    guard isEditable else {
      return .refusal(Message("\(name) is computed\(origin); weights, biases, x, y and settings can be set", .warning))
    }
    let value = state.element(selection).map { shortest($0) } ?? "0"
    // Of a long fraction a few figures will do: what is not changed is not set.
    let text = value.count <= 8 ? value : significant(Double(value) ?? 0, digits: 4)
    return .edit(ValueEdit(lead: "set \(name) =", text: text, cell: .cell(selection)))
  }

  /// `: f1(net1[1])`, the formula that the derivation shows.
  private var origin: String {
    guard let selection = view.selection else { return "" }
    let element = Element(selection.quantity, row: selection.row, column: selection.column)
    return (try? Derivation(of: element, in: state))?.claim.map { ": \($0)" } ?? ""
  }

  /// `claim delta1[1] = …` in the prompt, with the formula that the derivation shows.
  var claiming: Binding.Effect {
    guard let selection = view.selection, let name = selectedName else { return nothingSelected }
    let element = Element(selection.quantity, row: selection.row, column: selection.column)
    do throws(NotComputed) {
      let derivation = try Derivation(of: element, in: state)
      guard let formula = derivation.claim else {
        let reason = derivation.derived == nil ? "given, not derived" : "not the value of one formula"
        return .message(Message("\(name) is \(reason)", .warning))
      }
      return .prompt("claim \(name) = \(formula)")
    } catch {
      return .message(Message(error.message, .warning))
    }
  }

  /// Who wrote a weight or bias, or how another number comes about.
  var asking: Binding.Effect {
    guard let selection = view.selection, let name = selectedName else { return nothingSelected }
    return .line(selection.quantity.kind.isParameter ? "why \(name)" : "explain \(name)")
  }

  var watching: Binding.Effect { selectedName.map { .line("watch \($0)") } ?? nothingSelected }
}

extension State {
  /// An element as it is typed: a matrix takes two indices, a column one, a scalar none.
  func name(of selection: Selection) -> String {
    let quantity = selection.quantity
    switch quantity.kind.extent.indexCount(in: experiment.network, layer: quantity.layer) {
    case 2: return "\(quantity.name)[\(selection.row + 1),\(selection.column + 1)]"
    case 1: return "\(quantity.name)[\(selection.row + 1)]"
    default: return quantity.name
    }
  }

  /// A number, or nil where it is not computed yet.
  func element(_ selection: Selection) -> Double? {
    guard let matrix = try? value(of: selection.quantity), selection.row < matrix.rows,
      selection.column < matrix.columns
    else { return nil }
    return matrix[selection.row, selection.column]
  }
}
