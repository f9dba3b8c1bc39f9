import Diagnosis
import Engine
import Notation

/// All that the screen is drawn from, as plain values. Two equal scenes give two equal screens.
package struct Scene: Sendable {
  /// The state at the place where the user stands.
  package var state: State
  /// The furthest place that has been reached.
  package var furthest: Place
  /// The loss of every iteration so far, as `Timeline` keeps it.
  package var losses: Curve
  /// How far steps and iterations lie along the line of time; nil where there is only a state.
  package var scale: TimeScale?
  /// The places on the line of time that have a name.
  package var marks: [TimeMark] = []
  /// The futures, in the order of their numbers; none where there is but one.
  package var futures: [ListedFuture] = []
  /// The future that is looked at beside this one; nil where none is.
  package var beside: FutureBeside?
  /// The score of all samples at the ends of epochs.
  package var scores = ScoreCurve()
  /// The score of all samples with the present weights, or the last that is known; nil where none is.
  package var score: ScoreCurve.Point?
  /// How training stands; nil where that is not asked, or takes too long.
  package var health: Health?
  /// What was compared with somebody else's numbers, as far as it is about what is on show.
  package var compared = Compared()
  /// The derivation that is written line by line; nil where a claim alone stands, or none.
  package var claimed: ClaimedDerivation?
  /// What the names in it stand for.
  package var definitions = Definitions()
  /// What concerns only the view.
  package var view = View()
  /// The session's title, else the network's name.
  package var title = ""
  /// The session's lines.
  package var lines: [SessionLine] = []
  /// The index of the line in `lines` that comes next when a script is presented; the lines' count at the end.
  package var nextLine = 0
  /// What is told before the next command; empty where nothing is.
  package var narration: Text = ""
  /// The watched expressions.
  package var watches: [Watch] = []
  /// The breakpoints and the marks.
  package var breaks: [ListedBreak] = []
  /// The sweep that was made last; nil where none was.
  package var sweep: SweepOnShow?
  /// The plotted expression's curve; nil where nothing is plotted.
  package var plot: PlottedCurve?
  /// The expression that the map shows; nil shows the output.
  package var mapped: MappedExpression?
  /// The `let` names that stand for a quantity.
  package var pageNames: [PageName] = []
  /// The prompt.
  package var prompt = Prompt()
  /// The question that is to be answered, as a context of keys; nil where none is asked.
  package var question: String?
  /// What the last command answered; nil shows what comes next instead.
  package var message: Message?
  /// What a command answered that is too long for a message; nil where nothing is.
  package var sheet: Sheet?
  /// The menu that is open.
  package var menu: MenuOnShow?
  /// The value that is being edited in its place.
  package var edited: EditedValue?
  /// A run that is under way.
  package var run: LiveRun?
  /// Whether a script is being presented.
  package var isPresenting = false
  /// Whether the presenter has left the script for a moment.
  package var isDetour = false
  /// Whether a line was taken back that can be done again.
  package var canRedo = false
  /// The number that was typed before a key; nil where none was.
  package var count: Int?
  /// What the keys do, in the order in which the footer names them.
  package var hints: [KeyHint] = []
  /// The significant digits of derivations and single numbers.
  package var digits = 9
  /// The significant digits of tables.
  package var tableDigits = 4
  /// Whether the screen has colours and half blocks; without them maps are drawn with signs and letters.
  package var hasColours = false
  /// What is on show and says nothing of itself, for help; empty while there is no help.
  var signs: [SignsOnShow] = []
  /// The language of headings and hints.
  package var tongue = Tongue.english

  /// A scene of a state, with nothing reached beyond it and no loss yet; everything else may be given after.
  package init(_ state: State) {
    self.state = state
    furthest = state.place
    losses = Curve()
  }

  /// A scene of the place at which a line of time stands.
  package init(_ timeline: Timeline) {
    state = timeline.state
    furthest = timeline.furthest
    losses = timeline.losses
    scores = timeline.scores
    scale = timeline.scale
  }

  /// Whether there is more than one sample to train on, so that the loss over all of them says more than the batch's.
  package var hasManySamples: Bool { state.experiment.data.count > 1 }

  /// The iterations after which the score on show was noted, where that is not the present one's and no run is on its way
  /// to the next: it takes too long to be found for every place.
  var scoreNotedBefore: Int? {
    guard run == nil, let score, score.iterations != state.completedIterations else { return nil }
    return score.iterations
  }
}

/// One line of the session.
package struct SessionLine: Equatable, Sendable {
  /// How a line turned out.
  package enum Outcome: Sendable {
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
  package var text: String
  /// How it turned out.
  package var outcome: Outcome

  /// A line.
  package init(_ text: String, outcome: Outcome = .plain) {
    self.text = text
    self.outcome = outcome
  }
}

/// A watched expression and what it is worth here.
package struct Watch: Equatable, Sendable {
  /// Its number, by which `unwatch` knows it.
  package var number: Int
  /// The expression.
  package var text: String
  /// Its value, or why it has none here.
  package var value: Result<Matrix, NotComputed>
  /// Whether the last step changed the value.
  package var isChanged: Bool
  /// The versions of the weights that it read, as in `⟨0⟩`; empty where it read none.
  package var versions: String

  /// A watch.
  package init(
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
package struct PageName: Equatable, Sendable {
  /// The name, as `z`.
  package var name: String
  /// What it stands for, as `net1`.
  package var quantity: Quantity

  /// A name and what it stands for.
  package init(_ name: String, _ quantity: Quantity) {
    self.name = name
    self.quantity = quantity
  }
}

/// The line that is being typed.
package struct Prompt: Equatable, Sendable {
  /// Whether keys go to the prompt.
  package var isOpen = false
  /// Whether a line given before is looked for.
  package var isSearching = false
  /// What stands before the text: `:`, or a question.
  package var lead = ":"
  /// The text.
  package var text = ""
  /// The cursor, as the number of characters before it.
  package var cursor = 0
  /// What completion offers.
  package var candidates: [String] = []
  /// The commands that the first word may become, while it is typed.
  package var palette: [PaletteRow] = []
  /// Which of the candidates is chosen.
  package var chosen: Int?
  /// A hint for what is typed.
  package var message: Message?
  /// Where the text is in error, as the number of characters before that place: a caret stands under it.
  package var caret: Int?

  /// A prompt that is closed and empty.
  package init() {}
}

/// A sentence for the user.
package struct Message: Equatable, Sendable {
  /// The sentence; lines are parted by newlines.
  package var text: Text
  /// What it means: `.plain`, `.good`, `.warning`, `.bad`.
  package var role: Role

  /// A sentence and what it means.
  package init(_ text: Text, _ role: Role = .plain) {
    self.text = text
    self.role = role
  }
}

/// An answer of many lines, which lies over the panels.
package struct Sheet: Equatable, Sendable {
  /// What was asked.
  package var title: String
  /// The answer.
  package var lines: [Text]
  /// The table that the first of its lines are; nil where they are none.
  package let table: AlignedRows?
  /// Whether the table is wider than the screen, so that → and ← go through its columns.
  package var isWide = false

  /// An answer and what was asked.
  package init(_ title: String, lines: [Text], table: AlignedRows? = nil) {
    self.title = title
    self.lines = lines
    self.table = table
  }

  /// The same on a screen of so many columns.
  package func on(width: Int) -> Sheet {
    var sheet = self
    // A frame on both sides, a blank before the lines, and the sign that there are more rows.
    sheet.isWide = table?.isWider(than: min(width, Layout.widestOverlay) - 5) == true
    return sheet
  }
}

extension Scene {
  /// What lies over the panels: a `menu`, `help`, or `sheet`, a long answer. Nil where nothing does.
  package var overlay: String? {
    if menu != nil { return Panel.menu.name }
    if view.isHelpOpen { return Panel.help.name }
    return sheet == nil ? nil : Panel.sheet.name
  }

  /// Where keys go now, the most particular first: contexts of `KeyHint`.
  package var keyContexts: [String] {
    if let question { return [question] }
    if edited != nil || menu?.edited != nil { return ["edit"] }
    if menu != nil { return ["menu"] }
    if prompt.isOpen { return (prompt.isSearching ? ["search"] : []) + ["prompt"] }
    // A lesson goes on over an answer that takes the screen; its keys close that.
    if let overlay { return (isPresenting && overlay == Panel.sheet.name ? ["present"] : []) + ["help"] }
    return (view.isChoosingPanel ? ["bar"] : []) + panelContexts
  }

  /// The contexts in which a key that has nothing to do is text.
  package static let typedContexts: Set = ["prompt", "search", "menu", "edit"]

  /// Whether keys are text.
  package var takesText: Bool { question == nil && keyContexts.contains(where: Scene.typedContexts.contains) }

  /// The contexts below the prompt and whatever lies over the panels.
  package var panelContexts: [String] { (run == nil ? [] : ["run"]) + (isPresenting ? ["present"] : []) + [view.focus] }

  /// Gives the keys to the layer's table where the panel that has them is no longer there; it is no longer alone then.
  package mutating func leaveMissingPanel() {
    // Those that are there whatever happens need not be asked.
    let always = [Panel.layer, .network, .data].map(\.name)
    guard !always.contains(view.focus), let panel = Panel.named(view.focus), !panel.applies(self) else { return }
    (view.focus, view.isZoomed) = (Panel.layer.name, false)
  }

  /// The hints that count now, in the table's order.
  package var currentHints: [KeyHint] {
    let contexts = keyContexts
    let isAlone = takesText || contexts == ["help"] || question != nil
    return hints.filter { hint in
      !isAlone && hint.contexts.isEmpty || hint.contexts.contains(where: contexts.contains)
    }
  }
}
