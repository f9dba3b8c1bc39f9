import Engine
import Formats
import Notation

extension Command {
  /// The commands for samples and how they are taken.
  static let data: [Command] = [
    Command(
      "sample", .data, "sample X… -> Y…", "Adds a sample: the inputs, an arrow, the targets.",
      example: "input 2\ndense 2 sigmoid\nsample 0.05 0.10 -> 0.01 0.99"
    ) { session, arguments throws(CommandError) in
      try session.addSample(&arguments)
      return .answer(Answer())
    },
    Command(
      "data", elsewhere: ["dataset", "read-csv", "load-data"], .data,
      "data NAME|FILE.csv [inputs=COLUMNS] [targets=COLUMNS] [classes=COLUMN|LIST] [missing=drop]",
      """
      Reads samples from a CSV file, or takes built-in ones (\(BuiltInData.all.map(\.name).joined(separator: ", "))); \
      `data none` takes all out. COLUMNS are names or numbers, as in 1..4,6; by default the last column is the target. \
      Classes become one-hot, and two of them 0 and 1 where the network has one output.
      """,
      details: {
        BuiltInData.all.map { "  \($0.name): \($0.meaning)" } + [
          "Fields are parted by commas, semicolons, tabs or blanks; decimals stand behind a point or, in the whole file, a comma. Lines that begin with # are comments, and above the rows those with %.",
          "Words are classes, in sorted order; classes=no,yes says another. Whole numbers are classes where the network has an output for each, from 0 or from 1 on; classes=COLUMN says that they are, and classes=0..9 which there are.",
          "missing=drop leaves out the rows in which a number or a class is missing: ?, NA, nan or nothing.",
        ]
      },
      example: "input 2\ndense 1 sigmoid\ndata xor", work: .ofFile,
      complete: { _, words in
        words.count == 1 ? BuiltInData.all.map(\.name) + ["none"] : Session.dataSettings.map { "\($0)=" }
      }
    ) { session, arguments throws(CommandError) in try session.readData(&arguments) },
    Command(
      "batch", elsewhere: ["batch-size"], .data, "batch N|all",
      "Takes N samples an iteration, or all of them; the last batch may be smaller.",
      example: "batch 10\nbatch all", standing: .replaces, complete: { _, _ in ["all"] }
    ) { session, arguments throws(CommandError) in
      let size = arguments.accept("all") ? nil : try arguments.integer("a number of samples", in: 1...1_000_000_000)
      try session.change(at: arguments.lastColumn) { experiment, _ throws(CommandError) in experiment.batchSize = size }
      return .answer(Answer())
    },
    Command(
      "order", .data, "order sequential|shuffle [seed=N]",
      "Takes samples as they stand, or each epoch in a new order, drawn from the seed.",
      example: "order shuffle seed=3", standing: .replaces,
      complete: { _, words in words.count == 1 ? ["sequential", "shuffle"] : ["seed="] }
    ) { session, arguments throws(CommandError) in
      let name = try arguments.choice("an order", of: ["sequential", "shuffle"])
      var seed = 1
      for setting in try arguments.settings() {
        guard setting.name == "seed", name == "shuffle" else {
          throw CommandError("\(name) has no setting \(setting.name)", at: setting.column)
        }
        seed = try Arguments.integer(setting.value, "a seed", in: 0...Int(Int32.max))
      }
      let order = name == "shuffle" ? SampleOrder.shuffle(seed: seed) : .sequential
      try session.change(at: 0) { experiment, _ throws(CommandError) in experiment.order = order }
      return .answer(Answer())
    },
    Command(
      "reduction", .data, "reduction mean|sum", "Averages a batch's losses and gradients, or adds them.",
      example: "reduction sum", standing: .replaces, complete: { _, _ in Reduction.allCases.map(\.rawValue) }
    ) { session, arguments throws(CommandError) in
      let name = try arguments.choice("a reduction", of: Reduction.allCases.map(\.rawValue))
      try session.change(at: 0) { experiment, _ throws(CommandError) in
        experiment.reduction = Reduction(rawValue: name) ?? .mean
      }
      return .answer(Answer())
    },
    Command(
      "select", .data, "select SAMPLE", "Shows another sample of the batch, counted from 1 within it.",
      example: "input 2\ndense 1 sigmoid\ndata xor\nbatch all\nselect 3", standing: .replaces
    ) { session, arguments throws(CommandError) in
      let state = session.timeline.state
      guard !state.batch.isEmpty else {
        throw CommandError(state.experiment.obstacle ?? "there is no sample yet", at: 0)
      }
      let sample = try arguments.integer("a sample of the batch", in: 1...state.batch.count)
      session.content.timeline.select(sample - 1)
      return .answer(Answer())
    },
  ]
}

extension Session {
  /// Reads `X… -> Y…`.
  func readSample(_ arguments: inout Arguments) throws(CommandError) -> (input: [Double], target: [Double]) {
    var sides: [[Double]] = [[]]
    while let word = arguments.peek {
      if arguments.accept("->", "→") {
        guard sides.count == 1 else { throw CommandError("there is one -> in a sample", at: word.range.lowerBound) }
        sides.append([])
        continue
      }
      sides[sides.count - 1] += try numbers(&arguments)
    }
    guard sides.count == 2 else {
      throw arguments.failure("-> and the targets were expected here: sample X… -> Y…")
    }
    return (sides[0], sides[1])
  }

  mutating func addSample(_ arguments: inout Arguments) throws(CommandError) {
    let (input, target) = try readSample(&arguments)
    let experiment = content.timeline.state.experiment
    try fits(inputs: input.count, targets: target.count, arguments)
    let data = experiment.data
    if !data.isEmpty, data.inputCount != input.count || data.targetCount != target.count {
      let (inputs, targets) = (counted(data.inputCount, "input"), counted(data.targetCount, "target"))
      throw CommandError("the samples before have \(inputs) and \(targets); take them out first: data none", at: 0)
    }
    try change(at: 0) { experiment, _ throws(CommandError) in
      if experiment.data.isEmpty { experiment.data.replace(with: Dataset(name: experiment.data.name)) }
      experiment.data.append(input: input, target: target)
    }
  }

  /// Reads the next number, several that commas part, or an array of one row or column: typed, or out of a file.
  func numbers(_ arguments: inout Arguments) throws(CommandError) -> [Double] {
    let word = try arguments.word("a number")
    guard word.isOfArray else { return try numbers(word) }
    arguments.unread()
    let expression = try arguments.expression()
    let value = try value(of: expression)
    let column = expression.range.lowerBound
    guard min(value.rows, value.columns) == 1 else {
      throw CommandError("one row of numbers was expected, this is \(value.shape)", at: column)
    }
    guard value.elements.allSatisfy(\.isFinite) else { throw CommandError("finite numbers were expected", at: column) }
    return value.elements
  }

  /// The numbers of a word; commas may part them as well.
  func numbers(_ word: Word) throws(CommandError) -> [Double] {
    // Most are one number, and lines of them are many.
    if word.isDecimal { return [try number(word)] }
    if let first = word.text.first, "(".contains(first), word.text.last.map({ "])".contains($0) }) != true {
      throw CommandError("numbers are given without brackets here, as in 0.5 1", at: word.range.lowerBound)
    }
    var numbers: [Double] = []
    var column = word.range.lowerBound
    for part in word.text.split(separator: ",", omittingEmptySubsequences: false) {
      if !part.isEmpty { numbers.append(try number(Word(text: String(part), range: column..<column + part.count))) }
      column += part.count + 1
    }
    return numbers
  }

  /// Refuses a sample that does not fit the network as it stands.
  private func fits(inputs: Int, targets: Int, _ arguments: Arguments) throws(CommandError) {
    let network = content.timeline.state.experiment.network
    guard inputs > 0, targets > 0 else {
      throw CommandError("numbers were expected on both sides of ->", at: arguments.line.words[0].range.upperBound)
    }
    if network.inputs > 0, inputs != network.inputs {
      throw CommandError(
        "this sample has \(counted(inputs, "input")), the network takes \(network.inputs)",
        at: arguments.line.words[1].range.lowerBound)
    }
    if !network.layers.isEmpty, targets != network.outputs {
      let arrow = arguments.line.words.firstIndex { $0.text == "->" || $0.text == "→" } ?? 0
      throw CommandError(
        "this sample has \(counted(targets, "target")), the network has \(counted(network.outputs, "output"))",
        at: arguments.line.words[min(arrow + 1, arguments.line.words.count - 1)].range.lowerBound)
    }
  }

  mutating func readData(_ arguments: inout Arguments) throws(CommandError) -> Command.Outcome {
    let word = try arguments.word("a file or one of \(BuiltInData.all.map(\.name).joined(separator: ", "))")
    let column = word.range.lowerBound
    if word.text == "none" {
      try change(at: column) { experiment, _ throws(CommandError) in experiment.data.replace(with: Dataset()) }
      return .answer(Answer("no samples"))
    }
    let settings = try arguments.settings()
    let names = Session.dataSettings
    for setting in settings where !names.contains(setting.name) {
      let near = suggestion(for: setting.name, among: names)
      let list = "\(names.dropLast().joined(separator: ", ")) and \(names.last ?? "")"
      throw CommandError("data has the settings \(list), not \(setting.name)\(near)", at: setting.column)
    }
    let read = try samples(word, beside: folder(for: arguments.line), settings)
    try change(at: column) { experiment, _ throws(CommandError) in experiment.data.replace(with: read.data) }
    return .answer(Answer(summary(of: read)))
  }

  /// What a line `data` may say of a file.
  static let dataSettings = ["inputs", "targets", "classes", "missing"]

  /// The samples of a built-in name or a file.
  private func samples(
    _ word: Word, beside folder: String?, _ settings: [SettingWord]
  ) throws(CommandError) -> TableSamples {
    let column = word.range.lowerBound
    func given(_ name: String) -> Word? { settings.first { $0.name == name }?.value }
    if let missing = given("missing"), missing.text != "drop" {
      throw CommandError("missing=drop was expected, which leaves such rows out", at: missing.range.lowerBound)
    }
    let choice = SampleChoice(
      inputs: given("inputs")?.text, targets: given("targets")?.text, classes: given("classes")?.text,
      dropsMissing: given("missing") != nil)
    let builtIn = BuiltInData.named(word.text)
    let bytes = builtIn == nil ? try read(word, beside: folder) : []
    do throws(FormatError) {
      if let builtIn { return try builtIn.samples(choice) }
      return try CSV.read(bytes: bytes).samples(choice, name: word.text)
    } catch {
      guard let setting = error.subject.setting else {
        throw CommandError("\(word.text): \(error.message)", at: column)
      }
      throw CommandError(error.message, at: (given(setting)?.range.lowerBound ?? column) + error.column - 1)
    }
  }

  /// How many samples were read, and how classes are written as targets.
  private func summary(of read: TableSamples) -> Text {
    let (data, now) = (read.data, timeline.experiment.data)
    let (samples, inputs) = (counted(data.count, "sample"), counted(data.inputCount, "input"))
    var text: Text = "\(samples), \(inputs), \(counted(now.targetCount, "target"))"
    text += now.targetsInWords
    if timeline.experiment.network.layers.isEmpty, let pair = data.labels?.classes, pair.count == 2,
      now.targetCount == 2
    {
      text += "; one output would have \(pair[0]) as 0, \(pair[1]) as 1"
    }
    if read.leavesOutRowNames { text += "; the first column numbers the rows and is left out" }
    if read.droppedRows > 0 { text += "; \(counted(read.droppedRows, "row")) with a missing value left out" }
    return text
  }

  /// What a line that is not about samples has to say where it makes another thing of their classes.
  func encodingSaid(from old: Dataset) -> [Text] {
    let new = content.timeline.state.experiment.data
    guard let labels = new.labels, labels == old.labels, new.encoding != old.encoding else { return [] }
    return ["the samples have \(counted(new.targetCount, "target")) now\(new.targetsInWords)"]
  }

  private func read(_ word: Word, beside folder: String?) throws(CommandError) -> [UInt8] {
    do throws(FileError) { return try Files.read(try Files.find(word.text, beside: folder)) } catch {
      let near =
        error.isNotFound ? suggestion(for: word.text, among: BuiltInData.all.map(\.name)) : ("" as Text)
      throw CommandError(error.message + near, at: word.range.lowerBound)
    }
  }
}

extension Dataset {
  /// What the targets are called, to stand behind their number: ` (cat, dog)`, or which class is 0 and which is 1.
  fileprivate var targetsInWords: Text {
    if let pair = zeroAndOne { return ": \(pair.zero) is 0, \(pair.one) is 1" }
    let missing = absentClasses
    let more = missing.count > 4 ? ", …" : ""
    let absent: Text =
      missing.isEmpty ? "" : "; no sample is of class \(missing.prefix(4).joined(separator: ", "))\(more)"
    if targetNames.isEmpty { return "" }
    // Classes that count on need not be listed.
    if targetNames.count > 10 {
      return encoding == nil ? "" : " (\(targetNames.first ?? "") … \(targetNames.last ?? ""))\(absent)"
    }
    return " (\(targetNames.joined(separator: ", ")))\(absent)"
  }
}
