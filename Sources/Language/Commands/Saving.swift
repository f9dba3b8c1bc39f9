import Engine
import Formats
import Notation

// What `save` and `save!` write.
extension Session {
  /// Reads `FILE [clean]` or `network FILE`, and writes it. A file that is there and is none of this session's is left as
  /// it is unless that is said.
  mutating func save(_ arguments: inout Arguments, over isOver: Bool) throws(CommandError) -> Answer {
    var word = try arguments.word("a file")
    let isNetwork = word.text == "network" && arguments.peek != nil
    if isNetwork { word = try arguments.word("a file") }
    let isClean = !isNetwork && arguments.accept("clean")
    try arguments.end()
    let column = word.range.lowerBound
    if !isOver { try requireOwn(word, in: arguments.line, for: "save") }
    if isNetwork {
      let lines = try networkLines(at: column)
      try write(lines, to: word)
      noteSaved(in: word.text, all: false)
      return Answer("saved the network in \(word.text), \(counted(lines.count, "line"))")
    }
    let all = shortened.map(\.line)
    let kept = isClean ? cleaned : all
    try write(kept.map(\.withoutAnswer), to: word)
    noteSaved(in: word.text)
    let what: Text = "saved \(counted(kept.count, "line")) in \(word.text)"
    guard isClean else { return Answer(what) }
    let left = all.count - kept.count
    return Answer(
      left > 0 ? "\(what); left out \(counted(left, "line")) that later ones replaced" : "\(what); none was replaced")
  }

  private func write(_ lines: [String], to word: Word) throws(CommandError) {
    try write(Array(Session.text(of: lines).utf8), to: word)
  }

  /// Writes a file that a line names.
  func write(_ bytes: [UInt8], to word: Word) throws(CommandError) {
    do throws(FileError) { try Files.write(bytes: bytes, to: word.text) } catch {
      throw CommandError(error.message, at: word.range.lowerBound)
    }
  }

  /// Refuses to write over a file that is there and is none of this session's; the command's name with `!` does so.
  func requireOwn(_ word: Word, in line: Line, for command: String) throws(CommandError) {
    guard Files.isThere(word.text), !saved.written.contains(Session.wholePath(word.text)) else { return }
    var error = CommandError(
      "\(word.text) is there, and this session did not write it; \(command)! writes over it", at: word.range.lowerBound)
    error.remedy = line.spoken.replacingFirst(command, with: "\(command)!")
    throw error
  }

  /// A line with more numbers than these would be longer than an expression may be; they are then set one by one.
  private static let mostInALine = 10_000

  /// The lines that build the network as it stands, its weights and biases as they are now included.
  func networkLines(at column: Int) throws(CommandError) -> [String] {
    let experiment = timeline.experiment
    let network = experiment.network
    guard network.inputs > 0 else { throw CommandError("there is no network yet; begin with: input 2", at: column) }
    var lines = [network.name.isEmpty ? "network" : "network \(network.name)", "input \(network.inputs)"]
    for (index, layer) in network.layers.enumerated() {
      var draft = LayerDraft(newAt: index + 1, of: index, like: layer)
      draft.bias = layer.bias
      lines.append(draft.line)
    }
    let plain = Network()
    lines += [RuleDraft(.loss, network.loss), RuleDraft(.optimizer, network.optimizer)].map { $0.line(in: plain) }
    if experiment.reduction != .mean { lines.append("reduction \(experiment.reduction.rawValue)") }
    for (index, parameters) in timeline.state.parameters.enumerated() {
      let layer = network.layers[index]
      lines += try settingLines("w\(index + 1)", parameters.w, at: column)
      lines += try settingLines("b\(index + 1)", parameters.b, at: column)
      if layer.freezesWeights { lines.append("freeze w\(index + 1)") }
      if layer.freezesBiases { lines.append("freeze b\(index + 1)") }
    }
    return lines
  }

  private func settingLines(
    _ name: String, _ parameter: Parameter, at column: Int
  ) throws(CommandError) -> [String] {
    let values = parameter.values
    guard values.allSatisfy(\.isFinite) else {
      throw CommandError("\(name) has numbers that are not finite, and no line can set those", at: column)
    }
    let columns = max(parameter.columns, 1)
    if values.isEmpty { return [] }
    if values.count == 1 { return ["set \(name) = \(shortest(values[0]))"] }
    if values.count > Session.mostInALine {
      return values.enumerated().map { index, value in
        let place = columns == 1 ? "\(index + 1)" : "\(index / columns + 1),\(index % columns + 1)"
        return "set \(name)[\(place)] = \(shortest(value))"
      }
    }
    let rows = stride(from: 0, to: values.count, by: columns).map { start in
      values[start..<min(start + columns, values.count)].map { shortest($0) }.joined(separator: " ")
    }
    return ["set \(name) = [\(rows.joined(separator: "; "))]"]
  }
}

extension String {
  /// With the first place of a text taken by another.
  fileprivate func replacingFirst(_ text: String, with other: String) -> String {
    guard let range = firstRange(of: text) else { return self }
    return String(self[..<range.lowerBound]) + other + self[range.upperBound...]
  }
}
