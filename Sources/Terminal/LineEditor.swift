import Language
import Panels

/// The prompt's line while it is being typed: a value that keys change. It knows the usual keys of Emacs and readline,
/// keeps the lines given before, and offers completions that its caller finds.
package struct LineEditor: Equatable, Sendable {
  /// What a key came to.
  package enum Outcome: Equatable, Sendable {
    /// The line or the cursor changed, or could have.
    case edited
    /// These lines were given: one by Enter, more by pasting.
    case submitted([String])
    /// The line was given up.
    case cancelled
  }

  private var edited = EditedText()
  private var history: LineHistory
  private var offer: Offer?
  private var search: Search?

  /// An empty line, and lines given before, oldest first.
  package init(history: [String] = []) { self.history = LineHistory(lines: history) }

  /// The line as it stands.
  package var text: String { edited.text }
  /// How many characters stand before the cursor.
  package var cursor: Int { edited.cursor }
  /// The lines given so far, oldest first.
  package var lines: [String] { history.lines }
  /// The words that Tab offers, empty when it offers none.
  package var candidates: [String] { offer?.completion.candidates ?? [] }
  /// Which of the candidates stands in the line, nil while only their common beginning does.
  package var chosenCandidate: Int? { offer?.chosen }
  /// Whether those stand for the first word of the line.
  package var offersCommands: Bool { offer?.completion.start == 0 }
  /// What is looked for in the history, nil when nothing is.
  package var searchText: String? { search?.text }

  /// Puts another line in place, the cursor at its end: to begin with a text that may be edited.
  package mutating func replace(with text: String) {
    edited.replace(with: text)
    offer = nil
    search = nil
  }

  /// Keeps a line that was given in another way, by a key for instance, among the lines to go back to.
  package mutating func remember(_ line: String) { history.add(line) }

  /// Takes a character that is typed: into the line, or into what is looked for.
  package mutating func type(_ character: Character) {
    if search != nil { return look(for: character) }
    offer = nil
    edited.insert(String(character))
    history.stopLooking()
  }

  /// Moves the cursor or changes the line.
  package mutating func perform(_ act: Binding.TextAct) -> Outcome {
    search = nil
    offer = nil
    if act == .deleteOrLeave, text.isEmpty { return .cancelled }
    edited.perform(act)
    history.stopLooking()
    return .edited
  }

  /// Does what concerns the line as a whole. `completer` is asked what could stand in place of the word before the cursor,
  /// given the line and the number of characters before the cursor.
  package mutating func perform(
    _ act: Binding.PromptAct, completer: (_ text: String, _ cursor: Int) -> Completion = { _, _ in .none }
  ) -> Outcome {
    search = nil
    let offered = offer
    if act != .complete, act != .completeBack { offer = nil }
    switch act {
    case .submit:
      let line = edited.take()
      history.add(line)
      return .submitted([line])
    case .leave:
      guard let offered else { return leave() }
      edited = offered.typed
    case .interrupt: return leave()
    case .complete: complete(forward: true, completer)
    case .completeBack: complete(forward: false, completer)
    case .older: look(history.older(than: text))
    case .newer: look(history.newer(than: text))
    case .search: search = Search(before: edited)
    }
    return .edited
  }

  /// Looks for a line given before.
  package mutating func perform(_ act: Binding.SearchAct) {
    guard var current = search else { return }
    switch act {
    case .older: find(in: &current, before: current.place ?? history.lines.count)
    case .rubOut:
      current.text = String(current.text.dropLast())
      current.place = nil
      find(in: &current, before: history.lines.count)
    case .leave:
      edited = current.before
      return search = nil
    }
    search = current
  }

  /// Puts a candidate in the line, as the mouse chooses it.
  package mutating func choose(_ candidate: Int) {
    guard var offer, offer.completion.candidates.indices.contains(candidate) else { return }
    offer.chosen = candidate
    put(offer.completion.candidates[candidate], in: offer)
    self.offer = offer
  }

  private mutating func leave() -> Outcome {
    _ = edited.take()
    history.stopLooking()
    return .cancelled
  }

  private mutating func look(_ line: String?) {
    if let line { edited.replace(with: line) }
  }

  /// The part of the line that fits into so many cells with the cursor among them, and the cursor's column in it.
  package func view(width: Int) -> (text: String, cursor: Int) {
    guard width > 0 else { return ("", 0) }
    // The cursor needs a cell of its own at the end of the line.
    var shown = Substring(edited.before)
    var column = edited.before.displayWidth
    while column > width - 1, let first = shown.popFirst() { column -= first.displayWidth }
    var room = width - column
    let rest = edited.after.prefix { character in
      room -= character.displayWidth
      return room >= 0
    }
    return (String(shown) + rest, column)
  }
}

// MARK: - Pasting

extension LineEditor {
  /// Every line but the last of what is pasted is given, as if it had been typed; the last stays to be edited. Tabs
  /// are blanks, other control characters are left out.
  package mutating func paste(_ pasted: String) -> Outcome {
    search = nil
    offer = nil
    let lines = pasted.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
    var given: [String] = []
    for (index, line) in lines.enumerated() {
      let scalars = line.unicodeScalars.compactMap { scalar -> Unicode.Scalar? in
        scalar == "\t" ? " " : scalar.properties.generalCategory == .control ? nil : scalar
      }
      edited.insert(String(String.UnicodeScalarView(scalars)))
      guard index < lines.count - 1 else { break }
      let whole = edited.take()
      history.add(whole)
      given.append(whole)
    }
    history.stopLooking()
    return given.isEmpty ? .edited : .submitted(given)
  }
}

// MARK: - Completion

extension LineEditor {
  /// Words on offer while Tab is pressed again and again.
  private struct Offer: Equatable, Sendable {
    var completion: Completion
    /// The line before Tab.
    var typed: EditedText
    /// What stands behind the word.
    var chosen: Int?
  }

  /// The first Tab puts in what all candidates share, those after it one candidate after another.
  private mutating func complete(forward: Bool, _ completer: (String, Int) -> Completion) {
    history.stopLooking()
    if var current = offer {
      let count = current.completion.candidates.count
      let next = current.chosen.map { $0 + (forward ? 1 : count - 1) } ?? (forward ? 0 : count - 1)
      current.chosen = next % count
      put(current.completion.candidates[next % count], in: current)
      return offer = current
    }
    let completion = completer(text, cursor)
    guard !completion.candidates.isEmpty, completion.start >= 0, completion.start <= cursor else { return }
    let new = Offer(completion: completion, typed: edited, chosen: nil)
    if completion.candidates.count == 1 {
      let word = completion.candidates[0]
      let isOpen = word.last.map { "/=([,.'".contains($0) } ?? true
      put(isOpen || edited.after.first == " " ? word : word + " ", in: new)
    } else {
      let typed = edited.before.dropFirst(completion.start)
      // Candidates that merely contain what was typed share no beginning with it; then it stays.
      if completion.commonPrefix.hasPrefix(typed) { put(completion.commonPrefix, in: new) }
      offer = new
    }
  }

  private mutating func put(_ word: String, in offer: Offer) {
    let start = offer.typed.before.prefix(offer.completion.start)
    edited.replace(with: start + word + offer.typed.after, cursor: start.count + word.count)
  }
}

// MARK: - Looking for a line given before

extension LineEditor {
  /// A search backwards through the history.
  private struct Search: Equatable, Sendable {
    /// The line before the search.
    var before: EditedText
    var text = ""
    /// The place of the line found.
    var place: Int?
  }

  private mutating func look(for character: Character) {
    guard var current = search else { return }
    current.text.append(character)
    find(in: &current, before: current.place.map { $0 + 1 } ?? history.lines.count)
    search = current
  }

  private mutating func find(in search: inout Search, before place: Int) {
    guard !search.text.isEmpty, let found = history.search(search.text, before: place) else { return }
    search.place = found
    edited.replace(with: history.lines[found])
  }
}
