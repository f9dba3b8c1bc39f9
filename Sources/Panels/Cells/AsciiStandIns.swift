/// What is drawn where the locale has no UTF-8: one ASCII character for each cell, so that nothing moves.
package enum AsciiStandIns {
  /// The stand-in for a character; ASCII stands for itself, Braille for its density, and `?` for what has none.
  package static func standIn(for character: Character) -> Character {
    if character.isASCII { return character }
    if let found = table[character] { return found }
    if let scalar = character.unicodeScalars.first, Braille.scalars.contains(scalar.value) {
      return Braille.standIn(forDots: UInt8(truncatingIfNeeded: scalar.value))
    }
    return "?"
  }

  /// Whether a character has a stand-in of its own. Panels may draw only those that have; their tests look.
  package static func has(_ character: Character) -> Bool { standIn(for: character) != "?" || character == "?" }

  /// Pairs of a character and its stand-in, a kind to a line.
  static let pairs: [String] = [
    // Light, heavy and double lines; corners and crossings.
    "─-━=═=│|┃|║|┄-┈-┉=┆:┊:╌-╎:╴-╶-╵|╷|",
    "┌+┐+└+┘+├+┤+┬+┴+┼+╭+╮+╰+╯+╞+╡+╪+╫+",
    "┏+┓+┗+┛+┣+┫+┳+┻+╋+╔+╗+╚+╝+╠+╣+╦+╩+╬+╟+╢+╤+╧+",
    "╱/╲\\╳x⟋/⟍\\",
    // Blocks and marks.
    "█#▓%▒:░.▀\"▄_▌[▐]▁_▂_▃_▅o▆O▇#▏|▎|▍|▋#▊#▉#▔~■#□.▪*▫.▬=",
    "●*○o◉@◌.◆*◇o▲^△^▼v▽v▶>▷>◀<◁<►>◄<▸>▹>◂<◃<▴^▾v★*☆*",
    "✓v✔v✗x✘x•*‣>…~·.⋅.∙.⋯~⋮:",
    // Arrows.
    "→>←<↑^↓v⇧^↔-↕|⇒>⇐<⇑^⇓v⇔=↦>↤<⟶>⟵<⟹>⟸<➜>↩<↪>↵<⏎<⇥>⇤<↺<↻>⏵>⏴<⏸|⏹#",
    // Greek.
    "αaβbγgδdεeϵeζzηnθoκkλlμuµuνvξxπpρrσsςsτtφfϕfχxψyωw",
    "ΔDΓGΘOΛLΞXΠPΣSΦFΨYΩO",
    // Mathematics.
    "∂d∇V∑S∏P∫S√v∞8−-±+×x÷/⊙o⊗x⊕+∘o∗*≈~≃~≅~∼~≠!≤<≥>≪<≫>≡=∈e∉!∀A∃E∅0∝~ℓlℝR∥|∣|",
    "⟨<⟩>⌈[⌉]⌊[⌋]⎡[⎤]⎣[⎦]⎢[⎥]⎛(⎞)⎝(⎠)⎜(⎟)",
    "′'″\"ᵀT⊤T⁰0¹1²2³3⁴4⁵5⁶6⁷7⁸8⁹9⁺+⁻-ⁿn₀0₁1₂2₃3₄4₅5₆6₇7₈8₉9₊+₋-ᵢiⱼjₖkₗl½h¼q°o",
    // Punctuation.
    "‘'’'“\"”\"‚,–-—-‐-‑-«<»>‹<›>¦|§S¶P\u{A0} ×x",
    // The stand-in for what may not be shown at all.
    "\u{FFFD}?",
  ]

  private static let table: [Character: Character] = {
    var table: [Character: Character] = [:]
    for line in pairs {
      var rest = line[...]
      while let character = rest.popFirst(), let standIn = rest.popFirst() { table[character] = standIn }
    }
    return table
  }()
}

extension Grid {
  /// The same grid with ASCII characters only; a wide character becomes `??`. Nothing moves.
  package func ascii() -> Grid {
    var result = self
    for index in result.cells.indices {
      let cell = result.cells[index]
      if cell.isContinuation {
        result.cells[index].character = "?"
      } else if !cell.glyph.isASCII {
        result.cells[index].character = AsciiStandIns.standIn(for: cell.character)
      }
    }
    return result
  }
}
