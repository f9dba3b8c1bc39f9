import Engine
import Notation
import Panels

// What builds, edits and trains: the rows of the table for the picture and for the samples.
extension Binding {
  /// The keys of the picture and of the samples, which come before those that count everywhere.
  static let building: [Binding] = [
    Binding("+ =", "a unit more", footer: "= - units", in: ["network"]) { $0.widened(by: 1) },
    Binding("-", "a unit less", in: ["network"]) { $0.widened(by: -1) },
    Binding("i Ins", "a layer after this", footer: "i insert", in: ["network"]) { $0.inserting },
    Binding("d Del", "remove this layer", footer: "d remove", in: ["network"]) { $0.removing },
    Binding(
      "↑ k Shift-↑", "the sample above", footer: "↑↓⇧←→ number", in: ["data"], count: .repeated,
      idle: "the samples end here"
    ) {
      .view($0.view.movedInData(rows: -1, in: $0.state))
    },
    Binding("↓ j Shift-↓", "the sample below", in: ["data"], count: .repeated, idle: "the samples end here") {
      .view($0.view.movedInData(rows: 1, in: $0.state))
    },
    Binding("h Shift-←", "the number before", in: ["data"], count: .repeated, idle: "the samples end here") {
      .view($0.view.movedInData(columns: -1, in: $0.state))
    },
    Binding("l Shift-→", "the next number", in: ["data"], count: .repeated, idle: "the samples end here") {
      .view($0.view.movedInData(columns: 1, in: $0.state))
    },
    Binding("e Enter", "edit the number", footer: "Enter edit", in: ["data"]) { $0.editingDatum }.alwaysNamed,
    Binding("i Ins", "a sample more", footer: "i add", in: ["data"]) { $0.addingSample },
    Binding("d Del", "take it out", footer: "d remove", in: ["data"]) { $0.onDatum { "unsample \($0 + 1)" } },
    Binding("+ =", "one place down", footer: "= - move", in: ["data"]) { $0.reordering(by: 1) },
    Binding("-", "one place up", in: ["data"]) { $0.reordering(by: -1) },
    Binding("s", "show this sample", footer: "s show", in: ["data"]) { $0.showingSample },
    Binding("a", "samples: add, load …", footer: "a menu", in: ["data"], .menu(.data)).alwaysNamed,
    Binding("a", "build: layers, loss …", footer: "a build") { .menu(.build(layer: $0.selectedLayer)) }.alwaysNamed,
    Binding("o", "optimizer and rate", for: "optimizer", .menu(.optimizers)),
    Binding("t", "train", for: "run", .menu(.train)),
    Binding("g", "a guide of one minute", .act(.guide)),
  ]
}

extension Scene {
  /// The layer that the selection stands in: 0 is the input; what belongs to the output belongs to the last.
  package var selectedLayer: Int {
    let network = state.experiment.network
    return min(view.selection?.pictureLayer(in: network) ?? layerOnShow, network.layers.count)
  }

  /// The layer, or the input, with more or fewer units.
  func widened(by change: Int) -> Binding.Effect {
    let network = state.experiment.network
    let number = selectedLayer
    guard number > 0 else {
      let count = network.inputs + change
      return count > 0 ? .line("input \(count)") : .message(Message("a network has an input at least"))
    }
    let layer = network.layers[number - 1]
    guard layer.units + change > 0 else { return .message(Message("a layer has a unit at least; d removes it")) }
    return .line(LayerDraft(layer, at: number).with(units: layer.units + change).line)
  }

  /// A layer behind the selected one, like it.
  var inserting: Binding.Effect {
    let network = state.experiment.network
    guard network.inputs > 0 else { return .menu(.build(layer: 0)) }
    let number = selectedLayer
    let like = number > 0 ? network.layers[number - 1] : network.layers.first
    return .menu(.layer(LayerDraft(newAt: number + 1, of: network.layers.count, like: like)))
  }

  var removing: Binding.Effect {
    let number = selectedLayer
    return number > 0 ? .line("remove \(number)") : .message(Message("the inputs stay; - takes one away"))
  }

  // MARK: samples

  private var noSample: Binding.Effect { .message(Message("there is no sample yet: i adds one, a has more ways")) }

  /// A line about the sample that the cursor stands on.
  func onDatum(_ line: (Int) -> String) -> Binding.Effect {
    guard let datum = view.datum(in: state) else { return noSample }
    return .line(line(datum.sample))
  }

  func reordering(by change: Int) -> Binding.Effect {
    guard let datum = view.datum(in: state) else { return noSample }
    let place = datum.sample + change
    guard (0..<state.experiment.data.givenCount).contains(place) else {
      return .message(Message("the samples end here"))
    }
    var view = view
    view.datum = Datum(sample: place, column: datum.column)
    return .lineAndView("reorder \(datum.sample + 1) \(place + 1)", view)
  }

  /// A sample like the one that the cursor stands on, or of zeros, at the end; its numbers are then edited in place.
  var addingSample: Binding.Effect {
    let (network, data) = (state.experiment.network, state.experiment.data)
    guard data.givenCount > 0 || network.isComplete else { return .menu(.data) }
    let (inputs, targets) =
      data.givenCount > 0 ? (data.inputCount, data.targetCount) : (network.inputs, network.outputs)
    func zeros(_ count: Int) -> String { Array(repeating: "0", count: count).joined(separator: " ") }
    var view = view
    view.datum = Datum(sample: data.givenCount, column: 0)
    return .lineAndView("sample \(zeros(inputs)) -> \(zeros(targets))", view)
  }

  /// `resample N …` with the number under the cursor left to be edited.
  package var editingDatum: Binding.Effect {
    guard let datum = view.datum(in: state) else { return noSample }
    let all = state.experiment.data.asGiven
    var words = all.input(datum.sample).map { shortest($0) } + ["->"] + all.target(datum.sample).map { shortest($0) }
    let place = datum.column < all.inputCount ? datum.column : datum.column + 1
    let value = words[place]
    words[place] = ""
    let (before, after) = (words[..<place], words[(place + 1)...])
    return .edit(
      ValueEdit(
        lead: (["resample \(datum.sample + 1)"] + before).joined(separator: " "), text: value,
        tail: after.isEmpty ? "" : " " + after.joined(separator: " "),
        cell: .datum(sample: datum.sample, column: datum.column)))
  }

  /// The number that the cursor stands on, to be edited: in the samples theirs, elsewhere the selected cell's. Nil where it
  /// was not given.
  var editOfCursor: ValueEdit? {
    let isInData = view.focus == Panel.data.name
    guard isInData || isEditable, case .edit(let edit) = isInData ? editingDatum : editing else { return nil }
    return edit
  }

  var showingSample: Binding.Effect {
    guard let datum = view.datum(in: state) else { return noSample }
    guard case .training(let sample) = state.experiment.data.use(of: datum.sample) else {
      return .message(Message("sample \(datum.sample + 1) is held out"))
    }
    guard let index = state.batch.firstIndex(of: sample) else {
      return .message(
        Message("sample \(datum.sample + 1) is not in this iteration's batch; batch all takes all of them"))
    }
    return .line("select \(index + 1)")
  }
}

/// A value that is to be edited in its place, and the line around it.
package struct ValueEdit: Sendable {
  /// What stands before it in the line.
  package let lead: String
  /// The value.
  package let text: String
  /// What stands after it in the line.
  package var tail = ""
  /// Where it stands.
  package let cell: Target

  /// What it is called, as `w1[1,1]`; of a sample's number that.
  package var name: Text {
    if case .datum = cell { return "the number" }
    return Text(verbatim: lead.split(separator: " ").dropFirst().first.map(String.init) ?? lead)
  }
}
