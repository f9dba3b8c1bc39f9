import Engine

/// Something that a panel draws without a word beside it, and what it is. Help says it while it is on show.
package struct Sign: Sendable {
  /// The sign as it looks, or in words where it is no character.
  package let sign: Text
  /// What it is.
  package let meaning: Text
  /// Whether it is on show, by the rows of the panel as they were drawn.
  let isOnShow: @Sendable (_ rows: [String], Scene) -> Bool

  /// A sign that is on show where one of these texts is drawn.
  init(
    _ sign: Text, _ meaning: Text, seen texts: String...,
    while holds: @escaping @Sendable (Scene) -> Bool = { _ in true }
  ) {
    self.init(sign, meaning) { rows, scene in
      holds(scene) && rows.contains { row in texts.contains { row.contains($0) } }
    }
  }

  /// A sign that is recognised among the rows.
  init(_ sign: Text, _ meaning: Text, where isOnShow: @escaping @Sendable (_ rows: [String], Scene) -> Bool) {
    self.sign = sign
    self.meaning = meaning
    self.isOnShow = isOnShow
  }
}

/// The signs of one panel that are on show.
package struct SignsOnShow: Sendable {
  /// What the panel is called.
  package let name: String
  /// Its signs.
  package let signs: [Sign]
}

extension Scene {
  /// What was put in by hand in this iteration, for a heading: `δ2 by hand*`; nil where nothing was.
  func byHand(where holds: (Quantity) -> Bool = { _ in true }) -> String? {
    let names = state.injected.filter(holds).map(\.name).sorted()
    return names.isEmpty ? nil : "\(names.joined(separator: " ")) \(tongue("by hand"))*"
  }
}

extension Panel {
  /// Those of its signs that are in a part of a frame.
  func signs(in frame: Grid, rows: Range<Int>, columns: Range<Int>, _ scene: Scene) -> [Sign] {
    let texts = rows.map { row in String(columns.map { frame[row, $0].character }) }
    return (signs + [Sign.focus]).filter { $0.isOnShow(texts, scene) }
  }
}

// MARK: what several panels have

extension Sign {
  /// What stands for a number that is still to come.
  private static let missing = Sign("·", "a number that is not computed yet at this step", seen: " · ", "·]", " ·") {
    scene in
    scene.state.phase < .update && scene.state.experiment.network.isComplete
  }

  /// The mark of a weight's version.
  private static let version = Sign(
    "w1⟨0⟩", "which w1 was read: the one after so many updates, here 0; the whole iteration reads the same", seen: "⟨")

  private static let pageNames = Sign(
    "page: z = net1", "the name that your own let gives to a quantity", seen: "page: ")

  private static let more = Sign("‹ › ↑ ↓", "there is more on that side", seen: "‹", "›", "↑", "↓")

  /// Every panel's, since any may have the keys.
  fileprivate static let focus = Sign("[heading]", "the keys go to this panel; Tab goes on to the next") { rows, _ in
    rows.first?.hasPrefix(Grid.focusedStart) == true
  }

  private static let byHand = Sign("δ*", "inject has put a value of δ in by hand, for this iteration", seen: "*") {
    !$0.state.injected.isEmpty
  }

  private static let mistaken = Sign("δ!", "another formula computes it than its own: a mistake is on", seen: "!") {
    $0.state.experiment.network.alterations.contains { !$0.isSecret }
  }

  private static let slope = Sign("f1′", "the slope of layer 1's activation at net1", seen: "′")

  static let verdicts = [
    Sign("✓", "what was asserted holds, or comes out right", seen: "✓"),
    Sign("✗", "what was asserted fails, or comes out wrong", seen: "✗"),
  ]

  /// `1-5/8`: a part of many.
  private static func hasRange(_ rows: [String]) -> Bool {
    rows.contains { row in
      row.split(separator: " ").contains { word in
        let parts = word.split { $0 == "-" || $0 == "/" }
        return parts.count == 3 && word.contains("-") && word.contains("/")
          && parts.allSatisfy { $0.allSatisfy(\.isNumber) }
      }
    }
  }

  /// `[ · `: a box without its number.
  private static func hasEmptyBox(_ row: String) -> Bool {
    row.split(separator: "[").dropFirst().contains { box in
      box.prefix { $0 != "]" }.split(separator: " ").contains("·")
    }
  }

  private static func hasBraille(_ rows: [String]) -> Bool {
    rows.contains { $0.unicodeScalars.contains { Braille.scalars.contains($0.value) } }
  }
}

// MARK: the panels' own

extension Sign {
  static let ofHeader = [
    Sign("==>", "forward: from the inputs to the loss", seen: "==> FORWARD"),
    Sign("<==", "backward: from the loss to the inputs", seen: "<== BACKWARD"),
    Sign("+u", "the update: each weight gets its change u", seen: "+u  UPDATE"),
    Sign("!", "something keeps the network from learning: show health says what, with a line to try", seen: "! ") {
      $0.health?.remarks.isEmpty == false
    },
  ]

  static let ofRail = [
    Sign(
      "fwd1 bwd1 upd1", "the steps of an iteration: forward, backward and update of layer 1, the loss between",
      seen: "fwd", "FWD"),
    Sign("[FWD1]", "where you stand: the step that is done last, or is being done", seen: "["),
    Sign("δ1 1/2", "how far inside the step: of the 2 units of δ1, 1 is computed") { _, scene in
      scene.state.stepInProgress != nil
    },
    Sign("dim steps", "steps that were not reached yet; the others can be gone to with a click") { _, scene in
      scene.furthest.iteration <= scene.state.place.iteration
        && scene.furthest.operation < scene.state.program.operations.count
    },
    Sign("< >", "the row of steps goes on beyond the edge") { rows, _ in
      rows.contains { $0.hasPrefix("<") || $0.contains(" > ") || $0.contains("─> ") }
    },
  ]

  static let ofTime = [
    Sign("▁▄█", "the loss along the whole line of time; dim where it was gone further than you stand", seen: "▁", "█"),
    Sign("●", "where you stand; a click or a drag along the line goes elsewhere", seen: "●"),
    Sign("▾", "a place that mark has named", seen: "▾"),
    Sign("◉", "where a breakpoint has stopped", seen: "◉"),
    Sign("◌", "where a breakpoint would stop", seen: "◌"),
    Sign("├", "where another future parts from this one: a click on its name goes over to it", seen: "├"),
    Sign("×", "the loss is no finite number", seen: "×"),
    Sign("▶ ◀", "it plays: on, or back", seen: "▶", "◀"),
  ]

  static let ofBranches = [
    Sign("●", "the future that you are in", seen: "●"),
    Sign("≠", "the future that is looked at beside it", seen: "≠"),
    Sign("├ └", "it parts from the one above it", seen: "├", "└"),
    Sign(">", "the chosen one: Enter goes over to it") { rows, _ in rows.contains { $0.hasPrefix(">") } },
  ]

  static let ofVerdict =
    verdicts + [
      Sign("> ✗", "the wrong quantity whose reason stands below; ↑ and ↓ choose another", seen: "> ✗"),
      Sign("✗ ∂w2", "those that follow from another are no faults of their own", seen: "follows from"),
    ]

  static let ofNetwork = [
    Sign(
      "[ ]", "a unit, with its activation a and its δ; bright where it is chosen or its layer is at work", seen: "["),
    Sign("( 1 )", "a unit that is always 1: its edges are the biases b", seen: "( 1 )"),
    Sign("[L.2984]", "the loss, made of the outputs and of the targets y", seen: "[L"),
    Sign(
      "thin grey", "an edge of a unit that is not chosen; the chosen unit's edges are in colour, with their numbers",
      seen: "─>"
    ) {
      $0.view.selection != nil
    },
    Sign(
      "═", "a double or thick line: δ on its way back to the chosen unit, with the products δ·w that it adds", seen: "═"
    ),
    Sign("colours", "the sign of a number: blue or cyan above 0, orange or red below; the stronger, the larger") {
      _, scene in
      scene.hasColours
    },
    Sign("┈ ⠂⠂", "a dotted line: a weight below 0 (- = ≡ are its blocks)") { _, scene in
      !scene.hasColours && scene.state.experiment.network.isComplete
    },
    Sign(
      "░ ▒ █", "a weight: the fuller, the larger, · next to nothing; a row is a unit after, a column one before",
      seen: "░", "▒", "█"),
    Sign(
      "▸ ▴ ▾", "the row and the column of the chosen unit; · at the edge: another unit's row", seen: "▸", "▴", "▾"),
    Sign("1-5/8", "units 1 to 5 of 8 have room here; ↑ and ↓ go on to the others") { rows, _ in hasRange(rows) },
    Sign(
      "▁▄█", "all units of a layer as bars: the higher, the larger; those that have boxes are underlined", seen: "▁",
      "▂", "▃", "▅", "▆", "▇"),
    Sign("<2 3>", "so many layers more on that side") { rows, _ in
      rows.contains { $0.first == "<" && $0.dropFirst().first?.isNumber == true }
        || rows.contains { row in
          let end = row.reversed().drop { $0 == " " }
          return end.first == ">" && end.dropFirst().first?.isNumber == true
        }
    },
    // A · among the weights is a small one, and at their edge a mark: only in a box does it stand for what is to come.
    Sign("[ · ]", missing.meaning) { rows, _ in rows.contains(where: hasEmptyBox) },
    Sign(
      "δ·w!", "the product that the mistake adds up there; ! alone: its formula has no such product", seen: "!"
    ) { scene in
      scene.state.phase == .backward
        && scene.state.experiment.network.alteration(of: Quantity(.da, scene.state.layer)) != nil
    },
    pageNames,
  ]

  static let ofLayer = [
    Sign(">", "the row of the chosen unit") { rows, _ in rows.contains { $0.hasPrefix(">") } },
    Sign("[ ]", "the chosen number, which the derivation is of", seen: "["),
    Sign("w[j,1]", "the weight from unit 1 of the layer before to unit j of this one") { rows, _ in
      rows.contains { $0.contains("w[") || $0.contains("⟩[") }
    },
    version,
    Sign("w⁺", "the weight that the update makes, beside the one before", seen: "⁺"),
    Sign("∂w1", "∂L/∂w1: by how much the loss changes with the weight", seen: "∂w"),
    slope,
    Sign("Σ", "what the column adds up to", seen: "Σ"),
    Sign("= δ", "a bias's gradient is its unit's δ", seen: "= δ"),
    Sign(" / ", "between the weights of one unit and those of the next", seen: " / "),
    Sign("≠2", "a row of the future beside this one: its numbers where they are others", seen: "≠") {
      $0.beside != nil
    },
    more,
    missing, pageNames,
    byHand, mistaken,
  ]

  static let ofDerivation = [
    Sign(
      "page: ∂L/∂w_ji",
      "what a page calls it; the letters are those of the units: k at the output, j before, i before that",
      seen: "page: "),
    version,
    Sign("Σk", "the sum over k: a line for each k stands above or below it", seen: "Σ"),
    slope,
    Sign("⊙", "times, element by element", seen: "⊙"),
    Sign("✓", "the formula, with these numbers, gives exactly the number of the table", seen: "✓"),
    more,
  ]

  static let ofJacobian = [
    Sign("J1[i,k]", "by how much activation i changes with pre-activation k", seen: "i=1"),
    Sign("[ ]", "the cell of the lit column that lies on the diagonal, or the chosen one", seen: "["),
    Sign(
      "weight of row i", "∂L/∂a of unit i: column k, each cell times its row's weight, adds up to δ[k]",
      seen: "weight of row"),
    missing,
  ]

  static let ofWatch = [
    Sign("⟨0⟩", "the versions of the weights that are read: how many updates are behind them", seen: "⟨"),
    Sign("·", "what has no value at this step", seen: "·"),
  ]

  static let ofPlot = [
    Sign("●", "where you stand", seen: "●"),
    Sign(
      "│", "the numbers at the sides are the largest and the smallest; below, the first and the last iteration",
      seen: "│"),
    Sign("log", "the height is the logarithm: equal steps are equal factors", seen: "log"),
    Sign("⣿ batches", "from the least to the largest loss of the batches, where lines go with it", seen: "⣿ "),
  ]

  static let ofMap = [
    Sign("underlined", "a sample that is held out (◆ ◇ too)") { _, scene in
      scene.state.experiment.data.heldOut.count > 0
    },
    Sign("red mark", "a sample that comes out wrong; the one on show is lit", seen: "●", "○", "◆", "◇", "A", "B") {
      $0.hasColours
    },
    Sign("+ -", "on which side of the middle the output lies", seen: "+ ●", "- ○"),
  ]

  static let ofSession =
    [Sign(">", "the line that comes next") { rows, _ in rows.contains { $0.hasPrefix(">") } }] + verdicts

  static let ofData =
    [
      Sign(">", "the sample on show") { rows, _ in rows.contains { $0.hasPrefix(">") } },
      Sign("*", "a sample of the same batch") { rows, _ in rows.contains { $0.hasPrefix("*") } },
      Sign("h", "a sample that is held out") { rows, _ in rows.contains { $0.hasPrefix("h") } },
      Sign("->", "inputs before it, targets behind", seen: "->"),
      Sign("[ ]", "the number that can be edited", seen: "["),
    ] + verdicts
  static let ofHoldout = verdicts

  static let ofHealth = [
    Sign("rms", "the root of the mean square: the usual size of the layer's numbers", seen: "rms"),
    Sign("dead", "how many units of the layer give 0 for every sample", seen: "dead"),
    Sign("at end", "how many units lie where their activation is flat", seen: "at end"),
    Sign("Δw / w", "the last change of the weights beside their size: about 0.001 is healthy", seen: "Δw / w"),
  ]
}
