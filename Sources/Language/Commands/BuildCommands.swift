import Engine
import Notation

extension Command {
  /// The commands that build a network.
  static let building: [Command] = [
    Command(
      "network", elsewhere: ["new", "reset", "restart", "clear"], .build, "network [NAME]",
      """
      Begins afresh, with an empty network of that name, no data, no lets, no watches, breakpoints or marks, nothing plotted \
      or mapped. What was there is one undo away.
      """,
      example: "network mazur", standing: .beginsAfresh
    ) { session, arguments throws(CommandError) in
      let name = arguments.isAtEnd ? "" : try arguments.word("a name").text
      let wasThere = session.timeline.experiment.network.inputs > 0 || !session.timeline.experiment.data.isEmpty
      session.content.timeline = Timeline(
        Experiment(network: Network(name: name)), memory: session.content.timeline.memory)
      session.beginAfresh()
      return .answer(wasThere ? Answer("a new network; undo, or z on the screen, brings the old one back") : Answer())
    },
    Command(
      "input", .build, "input N", "Gives the network N inputs.", example: "input 2", standing: .replaces
    ) { session, arguments throws(CommandError) in
      let count = try arguments.integer("a number of inputs", in: 1...Network.limits.units)
      try session.change(at: arguments.lastColumn) { experiment, _ throws(CommandError) in
        experiment.network.inputs = count
      }
      return .answer(Answer())
    },
    Command(
      "dense", elsewhere: ["fc", "Linear", "add", "fully-connected"], .build,
      "dense N ACTIVATION [key=value…] [nobias|sharedbias]",
      """
      Adds a layer of N units at the end, each with a weight from every unit before it and a bias of its own; with \
      sharedbias there is one bias for the layer, with nobias none.
      """,
      details: { Help.list(Activation.self) }, example: "input 2\ndense 3 leaky-relu slope=0.1\ndense 1 sigmoid nobias",
      layer: .last, complete: completeLayer
    ) { session, arguments throws(CommandError) in
      let column = arguments.lastColumn
      let layer = try session.layer(&arguments)
      try session.change(at: column) { experiment, _ throws(CommandError) in
        try Session.requireInputs(experiment, at: column)
        experiment.network.layers.append(layer)
      }
      return .answer(Answer())
    },
    Command(
      "layer", .build, "layer L dense N ACTIVATION [key=value…] [nobias|sharedbias]",
      """
      Makes layer L another one in place: units that stay keep their weights and biases, new ones are drawn, and what is \
      frozen stays frozen. What the optimizer remembers is forgotten where the shape changes.
      """,
      example: "input 2\ndense 2 sigmoid\ndense 1 sigmoid\nlayer 1 dense 3 tanh",
      layer: .counted,
      complete: { session, words in
        switch words.count {
        case 1: session.timeline.experiment.network.layers.indices.map { String($0 + 1) }
        case 2: ["dense"]
        default: completeLayer(session, Array(words.dropFirst(2)))
        }
      }
    ) { session, arguments throws(CommandError) in
      let number = try session.layerNumber(&arguments)
      guard arguments.accept("dense") else { throw arguments.failure("dense was expected here") }
      let column = arguments.lastColumn
      var layer = try session.layer(&arguments)
      try session.change(at: column) { experiment, _ throws(CommandError) in
        let before = experiment.network.layers[number - 1]
        layer.freezesWeights = before.freezesWeights
        layer.freezesBiases = before.freezesBiases && layer.bias != .none
        experiment.network.layers[number - 1] = layer
      }
      return .answer(Answer())
    },
    Command(
      "insert", .build, "insert POSITION dense N ACTIVATION …",
      "Puts a layer in as layer POSITION; the weights of the units that stay keep their values.",
      example: "input 2\ndense 1 sigmoid\ninsert 1 dense 3 tanh",
      layer: .counted,
      complete: { session, words in words.count == 2 ? ["dense"] : completeLayer(session, Array(words.dropFirst(2))) }
    ) { session, arguments throws(CommandError) in
      let count = session.timeline.experiment.network.layers.count
      let position = try arguments.integer("a position", in: 1...count + 1)
      guard arguments.accept("dense") else { throw arguments.failure("dense was expected here") }
      let column = arguments.lastColumn
      let layer = try session.layer(&arguments)
      try session.change(at: column) { experiment, parameters throws(CommandError) in
        try Session.requireInputs(experiment, at: column)
        experiment.network.layers.insert(layer, at: position - 1)
        if let reason = Session.excess(of: experiment) { throw CommandError(reason, at: column) }
        parameters.insert(experiment.initialParameters(layer: position), at: position - 1)
      }
      return .answer(Answer())
    },
    Command(
      "remove", .build, "remove LAYER", "Takes a layer out.",
      example: "input 2\ndense 3 tanh\ndense 1 sigmoid\nremove 1"
    ) { session, arguments throws(CommandError) in
      let layer = try session.layerNumber(&arguments)
      try session.change(at: arguments.lastColumn) { experiment, parameters throws(CommandError) in
        experiment.network.layers.remove(at: layer - 1)
        parameters.remove(at: layer - 1)
      }
      return .answer(Answer())
    },
    Command(
      "loss", .build, "loss NAME [key=value…]", "Chooses the loss.", details: { Help.list(Loss.self) },
      example: "loss cross-entropy\nloss huber delta=2", standing: .replaces,
      complete: { session, words in
        words.count == 1
          ? Loss.names + session.ownFunctions(ofArguments: 2) : settingNames(Loss.self, words)
      }
    ) { session, arguments throws(CommandError) in
      let loss = try session.loss(&arguments)
      let choice = try session.choose(loss, try arguments.settings(of: loss), at: arguments.lastColumn)
      try session.change(at: 0) { experiment, _ throws(CommandError) in experiment.network.loss = choice }
      return .answer(Answer())
    },
    Command(
      "optimizer", .build, "optimizer NAME [key=value…]",
      """
      Chooses the optimizer. What another one remembered is forgotten; of the same one only the settings change, and what \
      it remembers is kept.
      """, details: { Help.list(Optimizer.self) },
      example: "optimizer adam rate=0.01", standing: .replaces,
      complete: { _, words in words.count == 1 ? Optimizer.names : settingNames(Optimizer.self, words) }
    ) { session, arguments throws(CommandError) in
      let optimizer: Optimizer = try arguments.rule("an optimizer")
      let column = arguments.lastColumn
      let choice = try session.choose(optimizer, try arguments.settings(of: optimizer), at: column)
      let remembered = session.whatBecomesOfMemory(under: choice)
      try session.change(at: 0) { experiment, _ throws(CommandError) in experiment.network.optimizer = choice }
      return .answer(Answer(remembered))
    },
    Command(
      "rate", elsewhere: ["lr", "learning-rate"], .build, "rate R", "Sets the learning rate, from here on.",
      example: "rate 0.5", standing: .replaces
    ) { session, arguments throws(CommandError) in
      let expression = try arguments.expression("a learning rate")
      try session.setRate(to: expression)
      return .answer(Answer())
    },
    Command(
      "init", .build, "init SCHEME [key=value…] [seed=N] [layer=L]",
      "Draws all weights anew, or those of one layer, and puts their biases at 0. New layers are drawn likewise.",
      details: { Help.list(Initialiser.self) },
      example: "input 2\ndense 3 tanh\ninit normal std=0.1 seed=7\ninit zeros layer=1",
      complete: { _, words in
        words.count == 1 ? Initialiser.names : settingNames(Initialiser.self, words) + ["seed=", "layer="]
      }
    ) { session, arguments throws(CommandError) in
      try session.initialise(&arguments)
      return .answer(Answer())
    },
    Command(
      "freeze", .build, "freeze PARAMETER", "Keeps a parameter from being updated; its gradient is still computed.",
      example: "input 2\ndense 1 sigmoid\nfreeze b1", complete: { session, _ in session.parameterNames }
    ) { session, arguments throws(CommandError) in
      try session.freeze(true, &arguments)
      return .answer(Answer())
    },
    Command(
      "unfreeze", .build, "unfreeze PARAMETER", "Lets a parameter be updated again.",
      example: "input 2\ndense 1 sigmoid\nfreeze w1\nunfreeze w1", complete: { session, _ in session.parameterNames }
    ) { session, arguments throws(CommandError) in
      try session.freeze(false, &arguments)
      return .answer(Answer())
    },
    Command(
      "set", .build, "set QUANTITY[INDICES] = EXPR",
      """
      Sets weights, biases, the inputs x and targets y of the sample on show, or the rate; a scalar fills. With \
      \(SessionSetting.summary).
      """,
      example:
        "input 2\ndense 2 sigmoid\nset w1 = [0.15 0.20; 0.25 0.30]\nset b1 = 0.35\nset w1[1,2] = 1/4\nset digits = 12",
      standing: .replacesTarget,
      complete: { session, words in
        words.count == 1
          ? session.settableNames : SessionSetting.named(words[1])?.words ?? session.names
      }
    ) { session, arguments throws(CommandError) in
      try session.set(&arguments)
      return .answer(Answer())
    },
    Command(
      "let", elsewhere: ["def", "var", "alias", "function"], .build, "let NAME[(ARGUMENTS)] = EXPR",
      """
      Gives an expression a name. It is evaluated anew at every use; one that names a quantity is shown beside it. With \
      arguments it is a function.
      """,
      details: { Help.ofOwnFunctions },
      example:
        "input 2\nlet bipolar(v) = 2 / (1 + exp(-v)) - 1\ndense 2 bipolar\nlet z = net1\nlet logcosh(y, a) = log((exp(y - a) + exp(a - y)) / 2)\nloss logcosh",
      complete: { session, _ in session.names }
    ) { session, arguments throws(CommandError) in
      .answer(try session.define(&arguments))
    },
  ]

  /// What may follow in `dense N …`.
  @Sendable static func completeLayer(_ session: Session, _ words: [String]) -> [String] {
    switch words.count {
    case ...1: return []
    case 2: return Activation.names + session.ownFunctions(ofArguments: 1)
    default:
      return (Activation.named(words[2])?.settings ?? []).map { $0.name + "=" } + ["nobias", "sharedbias"]
    }
  }

  /// The settings of the rule that was named behind the command.
  static func settingNames<Row: Rule>(_: Row.Type, _ words: [String]) -> [String] {
    guard words.count > 1, let row = Row.named(words[1]) else { return [] }
    return row.settings.map { $0.name + "=" }
  }
}

extension Session {
  /// Takes away what was said about a network that another one takes the place of.
  mutating func beginAfresh() {
    content.definitions = Definitions()
    content.layout = .outIn
    content.watches = Trail()
    content.breakpoints = Breakpoints()
    content.bookmarks = Bookmarks()
    content.futures = Futures()
    content.retaken = nil
    content.plot = nil
    content.mapped = nil
    swept = nil
  }
}
