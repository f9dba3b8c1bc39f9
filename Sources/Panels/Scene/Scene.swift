import Engine

/// All that the screen is drawn from, as plain values. Two equal scenes give two equal screens.
public struct Scene: Sendable {
  /// The state at the place where the user stands.
  public var state: State
  /// The furthest place that has been reached.
  public var furthest: Place
  /// The loss of every iteration so far, as `Timeline` keeps it.
  public var losses: Curve
  /// What concerns only the view.
  public var view = View()
  /// The session's title, else the network's name.
  public var title = ""
  /// The session's lines.
  public var lines: [SessionLine] = []
  /// The index of the line in `lines` that comes next when a script is presented; the lines' count at the end.
  public var nextLine = 0
  /// What is told before the next command; empty where nothing is.
  public var narration: Text = ""
  /// The watched expressions.
  public var watches: [Watch] = []
  /// The plotted expression's curve; nil where nothing is plotted.
  public var plot: PlottedCurve?
  /// The expression that the map shows; nil shows the output.
  public var mapped: MappedExpression?
  /// The `let` names that stand for a quantity.
  public var pageNames: [PageName] = []
  /// The prompt.
  public var prompt = Prompt()
  /// What the last command answered; nil shows what comes next instead.
  public var message: Message?
  /// What a command answered that is too long for a message; nil where nothing is.
  public var sheet: Sheet?
  /// The menu that is open.
  public var menu: MenuOnShow?
  /// The value that is being edited in its place.
  public var edited: EditedValue?
  /// A run that is under way.
  public var run: LiveRun?
  /// Whether a script is being presented.
  public var isPresenting = false
  /// Whether the presenter has left the script for a moment.
  public var isDetour = false
  /// What the keys do, in the order in which the footer names them.
  public var hints: [KeyHint] = []
  /// The significant digits of derivations and single numbers.
  public var digits = 9
  /// The significant digits of tables.
  public var tableDigits = 4
  /// Whether the screen has colours and half blocks; without them maps are drawn with signs and letters.
  public var hasColours = false
  /// The language of headings and hints.
  public var tongue = Tongue.english

  /// A scene of a state, with nothing reached beyond it and no loss yet; everything else may be given after.
  public init(_ state: State) {
    self.state = state
    furthest = state.place
    losses = Curve()
  }

  /// A scene of the place at which a line of time stands.
  public init(_ timeline: Timeline) {
    state = timeline.state
    furthest = timeline.furthest
    losses = timeline.losses
  }
}

/// One line of the session.
public struct SessionLine: Equatable, Sendable {
  /// How a line turned out.
  public enum Outcome: Sendable {
    /// It is a command that did what it says, or has still to be run.
    case plain
    /// It is a comment.
    case narration
    /// It is a verdict that holds.
    case holds
    /// It is a verdict that fails, or a command in error.
    case fails
  }

  /// The line as it was given.
  public var text: String
  /// How it turned out.
  public var outcome: Outcome

  /// A line.
  public init(_ text: String, outcome: Outcome = .plain) {
    self.text = text
    self.outcome = outcome
  }
}

/// A watched expression and what it is worth here.
public struct Watch: Equatable, Sendable {
  /// Its number, by which `unwatch` knows it.
  public var number: Int
  /// The expression.
  public var text: String
  /// Its value, or why it has none here.
  public var value: Result<Matrix, NotComputed>
  /// Whether the last step changed the value.
  public var isChanged: Bool
  /// The versions of the weights that it read, as in `⟨0⟩`; empty where it read none.
  public var versions: String

  /// A watch.
  public init(
    _ number: Int, _ text: String, value: Result<Matrix, NotComputed>, isChanged: Bool = false, versions: String = ""
  ) {
    self.number = number
    self.text = text
    self.value = value
    self.isChanged = isChanged
    self.versions = versions
  }
}

/// A `let` name that stands for a quantity: the letter on the user's own page.
public struct PageName: Equatable, Sendable {
  /// The name, as `z`.
  public var name: String
  /// What it stands for, as `net1`.
  public var quantity: Quantity

  /// A name and what it stands for.
  public init(_ name: String, _ quantity: Quantity) {
    self.name = name
    self.quantity = quantity
  }
}

/// The line that is being typed.
public struct Prompt: Equatable, Sendable {
  /// Whether keys go to the prompt.
  public var isOpen = false
  /// Whether a line given before is looked for.
  public var isSearching = false
  /// What stands before the text: `:`, or a question.
  public var lead = ":"
  /// The text.
  public var text = ""
  /// The cursor, as the number of characters before it.
  public var cursor = 0
  /// What completion offers.
  public var candidates: [String] = []
  /// Which of the candidates is chosen.
  public var chosen: Int?
  /// A hint for what is typed.
  public var message: Message?
  /// Where the text is in error, as the number of characters before that place: a caret stands under it.
  public var caret: Int?

  /// A prompt that is closed and empty.
  public init() {}
}

/// A sentence for the user.
public struct Message: Equatable, Sendable {
  /// The sentence; lines are parted by newlines.
  public var text: Text
  /// What it means: `.plain`, `.good`, `.warning`, `.bad`.
  public var role: Role

  /// A sentence and what it means.
  public init(_ text: Text, _ role: Role = .plain) {
    self.text = text
    self.role = role
  }
}

/// An answer of many lines, which lies over the panels.
public struct Sheet: Equatable, Sendable {
  /// What was asked.
  public var title: String
  /// The answer.
  public var lines: [Text]

  /// An answer and what was asked.
  public init(_ title: String, lines: [Text]) {
    self.title = title
    self.lines = lines
  }
}

/// A run that is under way.
public struct LiveRun: Equatable, Sendable {
  /// What runs, as `run 100000 epochs`.
  public var text: String
  /// The share that is done, from 0 to 1; nil where the end is not known.
  public var share: Double?
  /// Iterations a second.
  public var pace: Double
  /// Where many lines run one after another: which of them is under way.
  public var line: Counted?

  /// One of many, counted from 1.
  public struct Counted: Equatable, Sendable {
    /// Which one.
    public var number: Int
    /// How many there are.
    public var count: Int

    /// One of so many.
    public init(_ number: Int, of count: Int) {
      self.number = number
      self.count = count
    }
  }

  /// A run.
  public init(_ text: String, share: Double?, pace: Double) {
    self.text = text
    self.share = share
    self.pace = pace
  }
}

/// What a key does, for the footer and the help.
public struct KeyHint: Equatable, Sendable {
  /// The keys, as `→ n`.
  public var keys: String
  /// What they do, in a few words.
  public var action: Text
  /// Where they do it: panels by their names, `prompt`, `run`, `help`, `present`; empty where they do it everywhere that
  /// keys are not text.
  public var contexts: [String]
  /// What the footer says, keys up to the first blank: `→ step`. Nil where it says nothing.
  public var footer: Text?

  /// A key and what it does; the footer says the same.
  public init(_ keys: String, _ action: Text, in contexts: [String] = []) {
    self.init(keys, action, in: contexts, footer: "\(keys) \(action)")
  }

  /// A key, what it does, and what the footer says of it.
  public init(_ keys: String, _ action: Text, in contexts: [String], footer: Text?) {
    self.keys = keys
    self.action = action
    self.contexts = contexts
    self.footer = footer
  }
}

extension Scene {
  /// What lies over the panels: a `menu`, `help`, or `sheet`, a long answer. Nil where nothing does.
  public var overlay: String? {
    if menu != nil { return Panel.menu.name }
    if view.isHelpOpen { return Panel.help.name }
    return sheet == nil ? nil : Panel.sheet.name
  }

  /// Where keys go now, the most particular first: contexts of `KeyHint`.
  public var keyContexts: [String] {
    if edited != nil || menu?.edited != nil { return ["edit"] }
    if menu != nil { return ["menu"] }
    if prompt.isOpen { return (prompt.isSearching ? ["search"] : []) + ["prompt"] }
    return overlay == nil ? panelContexts : ["help"]
  }

  /// The contexts in which a key that has nothing to do is text.
  public static let typedContexts: Set = ["prompt", "search", "menu", "edit"]

  /// Whether keys are text.
  public var takesText: Bool { keyContexts.contains(where: Scene.typedContexts.contains) }

  /// The contexts below the prompt and whatever lies over the panels.
  public var panelContexts: [String] { (run == nil ? [] : ["run"]) + (isPresenting ? ["present"] : []) + [view.focus] }

  /// The hints that count now, in the table's order.
  public var currentHints: [KeyHint] {
    let contexts = keyContexts
    let isAlone = takesText || contexts == ["help"]
    return hints.filter { hint in
      !isAlone && hint.contexts.isEmpty || hint.contexts.contains(where: contexts.contains)
    }
  }
}
